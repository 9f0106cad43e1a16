package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomStore.Once;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything at once: no two acts wait for each other for ever, and what users and rooms say of members agrees. */
final class MemoryStoreStressTest {

    private static final int ROOMS = 4;
    private static final int USERS = 6;
    private static final int THREADS = 6;
    private static final int STEPS = 4000;

    private final Cellar cellar = Cellar.withHistory(1 << 14, 1 << 15);

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverHappensAtOnceRoomsAndUsersAgreeInTheEnd() throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var work = new ArrayList<Callable<Boolean>>();
            for (int seed = 0; seed < THREADS; seed++) {
                var random = new Random(seed);
                work.add(() -> {
                    for (int step = 0; step < STEPS; step++) {
                        attempt(random);
                    }
                    return true;
                });
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                assertThat(done.get()).isTrue();
            }
        }
        membersAgree();
        for (int room = 0; room < ROOMS; room++) {
            if (cellar.rooms.exists(room(room))) {
                cellar.rooms.delete(room(room), Guard.NONE);
            }
        }
        assertThat(cellar.budget.total()).isZero();
        assertThat(cellar.keys.total()).isZero();
        for (int user = 0; user < USERS; user++) {
            assertThat(cellar.presence.connections(user(user)).values()).allMatch(List::isEmpty);
        }
    }

    private void attempt(Random random) {
        String room = room(random.nextInt(ROOMS));
        String user = user(random.nextInt(USERS));
        String connection = user + "-" + random.nextInt(3);
        try {
            switch (random.nextInt(14)) {
                case 0 -> cellar.rooms.create(room, RoomSettings.DEFAULT);
                case 1 -> {
                    if (random.nextInt(10) == 0) {
                        cellar.rooms.delete(room, Guard.NONE);
                    }
                }
                case 2, 3 -> cellar.presence.connect(user, connection);
                case 4 ->
                    cellar.presence.disconnect(user, connection).rooms().forEach(left -> leave(left, user, connection));
                case 5, 6, 7 -> cellar.presence.join(room, new Guard.Joiner(user), user, connection);
                case 8 -> cellar.presence.leave(room, user, connection);
                case 9 -> {
                    Membership membership = cellar.presence.join(room, Guard.NONE, user, connection);
                    cellar.presence.undoJoin(room, user, connection, membership);
                }
                case 10 ->
                    cellar.rooms.changeList(
                            room,
                            Guard.NONE,
                            new ListChange(RoomList.BLACKLIST, random.nextBoolean(), List.of(user), 100));
                case 11 -> cellar.rooms.setWhitelistMode(room, Guard.NONE, random.nextInt(5) == 0);
                case 12 -> cellar.presence.retain(user, List.of(connection));
                default -> {
                    var once = new Once("key " + random.nextInt(20), 5, Duration.ofMinutes(1));
                    cellar.rooms.append(
                            room, new Guard.Member(user), user, Body.text("hello"), random.nextBoolean() ? once : null);
                }
            }
        } catch (ChatException refused) {
            assertThat(refused.error().code()).isIn("noRoom", "roomExists", "notAllowed", "notJoined", "invalidSocket");
        }
    }

    private void leave(String room, String user, String connection) {
        try {
            cellar.presence.leave(room, user, connection);
        } catch (ChatException deletedMeanwhile) {
            assertThat(deletedMeanwhile.error().code()).isEqualTo("noRoom");
        }
    }

    private void membersAgree() {
        Set<String> byRooms = new HashSet<>();
        Set<String> byUsers = new HashSet<>();
        for (int i = 0; i < ROOMS; i++) {
            String room = room(i);
            if (cellar.rooms.exists(room)) {
                cellar.presence
                        .members(room)
                        .values()
                        .forEach(connections ->
                                connections.forEach(connection -> byRooms.add(connection + " in " + room)));
            }
        }
        for (int i = 0; i < USERS; i++) {
            cellar.presence
                    .connections(user(i))
                    .forEach((connection, rooms) -> rooms.forEach(room -> byUsers.add(connection + " in " + room)));
        }
        assertThat(byRooms).isEqualTo(byUsers);
    }

    private static String room(int number) {
        return "room " + number;
    }

    private static String user(int number) {
        return "user " + number;
    }
}
