package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Message;
import dev.confab.spi.Guard;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryLimitsTest {

    private static final long AMPLE = 1L << 40;
    private static final long ONE = Cellar.weight("hello");

    @Test
    void aRoomKeepsAsManyBytesAsItMay() {
        var cellar = Cellar.withHistory(3 * ONE, AMPLE);
        cellar.create("lobby", 100);
        for (int i = 0; i < 10; i++) {
            cellar.append("lobby", "hello");
        }
        assertThat(cellar.keptIds("lobby")).containsExactly(8L, 9L, 10L);
        assertThat(cellar.budget.total()).isEqualTo(3 * ONE);
    }

    @Test
    void aHeavyMessageTakesThePlaceOfSeveralLightOnes() {
        var cellar = Cellar.withHistory(5 * ONE, AMPLE);
        cellar.create("lobby", 100);
        for (int i = 0; i < 5; i++) {
            cellar.append("lobby", "hello");
        }
        String heavy = "x".repeat(100);
        assertThat(Cellar.weight(heavy)).isBetween(ONE + 1, 2 * ONE);
        cellar.append("lobby", heavy);
        assertThat(cellar.keptIds("lobby")).containsExactly(3L, 4L, 5L, 6L).hasSize(4);
        assertThat(cellar.budget.total()).isEqualTo(3 * ONE + Cellar.weight(heavy));
    }

    @Test
    void aMessageTooHeavyForItsRoomIsNotKeptAndNothingBeforeItEither() {
        var cellar = Cellar.withHistory(3 * ONE, AMPLE);
        cellar.create("lobby", 100);
        cellar.append("lobby", "hello");
        assertThat(cellar.append("lobby", "x".repeat(1000))).isEqualTo(2);
        var page = cellar.rooms.readNewest("lobby", Guard.NONE, Cellar.ALL);
        assertThat(page.messages()).isEmpty();
        assertThat(page.firstId()).isEqualTo(3);
        assertThat(page.lastId()).isEqualTo(2);
        assertThat(cellar.append("lobby", "hello")).isEqualTo(3);
        assertThat(cellar.keptIds("lobby")).containsExactly(3L);
    }

    @Test
    void aMessageTooHeavyForTheServerCostsOtherRoomsNothing() {
        var cellar = Cellar.withHistory(AMPLE, 3 * ONE);
        cellar.create("one", 100);
        cellar.create("two", 100);
        cellar.append("one", "hello");
        cellar.append("two", "hello");
        cellar.append("two", "x".repeat(1000));
        assertThat(cellar.keptIds("one")).containsExactly(1L);
        assertThat(cellar.keptIds("two")).isEmpty();
        assertThat(cellar.budget.total()).isEqualTo(ONE);
    }

    @Test
    void theOldestMessagesOfAllRoomsGoFirst() {
        var cellar = Cellar.withHistory(AMPLE, 4 * ONE);
        List.of("one", "two", "three").forEach(room -> cellar.create(room, 100));
        cellar.append("one", "hello");
        cellar.append("two", "hello");
        cellar.append("one", "hello");
        cellar.append("three", "hello");
        assertThat(cellar.budget.total()).isEqualTo(4 * ONE);
        cellar.append("three", "hello");
        assertThat(cellar.keptIds("one")).containsExactly(2L);
        assertThat(cellar.keptIds("two")).containsExactly(1L);
        cellar.append("three", "hello");
        assertThat(cellar.keptIds("two")).isEmpty();
        cellar.append("two", "hello");
        assertThat(cellar.keptIds("one")).isEmpty();
        assertThat(cellar.keptIds("two")).containsExactly(2L);
        assertThat(cellar.keptIds("three")).containsExactly(1L, 2L, 3L);
        assertThat(cellar.budget.total()).isEqualTo(4 * ONE);
    }

    @Test
    void aDeletedRoomGivesBackItsShare() {
        var cellar = Cellar.withHistory(AMPLE, 4 * ONE);
        cellar.create("one", 100);
        cellar.create("two", 100);
        for (int i = 0; i < 2; i++) {
            cellar.append("one", "hello");
            cellar.append("two", "hello");
        }
        cellar.rooms.delete("one", Guard.NONE);
        assertThat(cellar.budget.total()).isEqualTo(2 * ONE);
        cellar.append("two", "hello");
        cellar.append("two", "hello");
        assertThat(cellar.keptIds("two")).containsExactly(1L, 2L, 3L, 4L);
        cellar.rooms.delete("two", Guard.NONE);
        assertThat(cellar.budget.total()).isZero();
    }

    @Test
    void whereNothingMayBeKeptNothingIs() {
        var cellar = Cellar.withHistory(0, 0);
        cellar.create("lobby", 100);
        assertThat(cellar.append("lobby", "hello")).isEqualTo(1);
        assertThat(cellar.append("lobby", "hello")).isEqualTo(2);
        assertThat(cellar.keptIds("lobby")).isEmpty();
        assertThat(cellar.budget.total()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyMixOfRoomsAndLimitsKeepsWhatASimpleModelKeeps(long seed) {
        var random = new Random(seed);
        long perRoom = 2000L + random.nextInt(20_000);
        long total = perRoom + random.nextInt(40_000);
        var cellar = Cellar.withHistory(perRoom, total);
        var model = new Model(perRoom, total);
        for (int step = 0; step < 3000; step++) {
            String room = "room " + random.nextInt(5);
            if (!cellar.rooms.exists(room)) {
                int size = random.nextInt(60);
                cellar.create(room, size);
                model.create(room, size);
            } else {
                switch (random.nextInt(100)) {
                    case 0 -> {
                        cellar.rooms.delete(room, Guard.NONE);
                        model.delete(room);
                    }
                    case 1 -> {
                        int size = random.nextInt(100);
                        cellar.rooms.setHistoryMaxSize(room, size);
                        model.resize(room, size);
                    }
                    default -> {
                        String text = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 20_000 : 300));
                        long id = cellar.append(room, text);
                        model.append(room, id, Cellar.weight(text));
                    }
                }
            }
            assertThat(cellar.budget.total()).isEqualTo(model.total()).isLessThanOrEqualTo(total);
            if (cellar.rooms.exists(room)) {
                assertThat(cellar.keptIds(room)).isEqualTo(model.ids(room));
            }
        }
    }

    @Test
    void manyWhoAppendAtOnceStayWithinTheLimits() throws Exception {
        var cellar = Cellar.withHistory(AMPLE, 50 * ONE);
        for (int room = 0; room < 8; room++) {
            cellar.create("room " + room, 1000);
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                var random = new Random(i);
                writers.add(threads.submit(() -> {
                    for (int n = 0; n < 3000; n++) {
                        cellar.append("room " + random.nextInt(8), "hello");
                        assertThat(cellar.budget.total()).isLessThanOrEqualTo(54 * ONE);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(cellar.budget.total()).isEqualTo(50 * ONE);
        int kept = 0;
        long given = 0;
        for (int room = 0; room < 8; room++) {
            List<Message> messages = cellar.kept("room " + room);
            kept += messages.size();
            given += cellar.rooms.view("room " + room, Guard.NONE).head().id();
        }
        assertThat(kept).isEqualTo(50);
        assertThat(given).isEqualTo(12_000);
    }

    /** What rooms keep, said as simply as possible. */
    private static final class Model {
        private final long perRoom;
        private final long limit;
        private final Deque<Kept> all = new ArrayDeque<>();
        private final Map<String, Integer> sizes = new HashMap<>();

        Model(long perRoom, long limit) {
            this.perRoom = perRoom;
            this.limit = limit;
        }

        void create(String room, int size) {
            sizes.put(room, size);
        }

        void delete(String room) {
            all.removeIf(kept -> kept.room.equals(room));
            sizes.remove(room);
        }

        void resize(String room, int size) {
            sizes.put(room, size);
            trim(room);
        }

        void append(String room, long id, long weight) {
            all.addLast(new Kept(room, id, weight));
            trim(room);
            while (total() > limit) {
                all.removeFirst();
            }
        }

        long total() {
            return all.stream().mapToLong(Kept::weight).sum();
        }

        List<Long> ids(String room) {
            return of(room).stream().map(Kept::id).toList();
        }

        private List<Kept> of(String room) {
            return all.stream().filter(kept -> kept.room.equals(room)).toList();
        }

        private void trim(String room) {
            List<Kept> own = of(room);
            while (own.size() > sizes.getOrDefault(room, 0)
                    || own.stream().mapToLong(Kept::weight).sum() > perRoom) {
                all.remove(own.getFirst());
                own = of(room);
            }
        }
    }

    private record Kept(String room, long id, long weight) {}
}
