package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import dev.confab.spi.Audience;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many connections on several lanes, to which several threads hand over at once. */
abstract class TransportCrowds extends TransportFixture {

    private static final int MEMBERS = 24;
    private static final int PUBLISHERS = 4;
    private static final int EACH = 500;

    @Test
    void aCrowdIsSharedAmongLanes() throws Exception {
        assertThat(enterAll(MEMBERS))
                .extracting(member -> member.connection().lane())
                .as("lanes of %s connections", MEMBERS)
                .satisfies(
                        lanes -> assertThat(lanes.stream().distinct().count()).isGreaterThan(1));
    }

    @Test
    void everybodyIsAnsweredAndNothingIsMixedUp() throws Exception {
        List<Party> crowd = enterAll(MEMBERS);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < MEMBERS; i++) {
                crowd.get(i).client().request("ask" + i, Plain.values(round));
            }
            for (int i = 0; i < MEMBERS; i++) {
                var request = crowd.get(i).guest().nextCustom();
                assertThat(request.name()).isEqualTo("ask" + i);
                assertThat(request.args()).isEqualTo(Plain.values(round));
                request.reply().accept(Outcome.success(Value.of("to " + i + " in " + round)));
            }
            for (int i = 0; i < MEMBERS; i++) {
                assertThat(crowd.get(i).nextReply().values()).isEqualTo(Plain.values(null, "to " + i + " in " + round));
            }
        }
    }

    @Test
    void everyMemberOnEveryLaneHearsAllThatSeveralPublishInOneOrder() throws Exception {
        List<Party> crowd = enterAll(MEMBERS);
        var room = new Room();
        crowd.forEach(room::add);
        publish(room);
        for (Party member : crowd) {
            assertThat(idsHeard(member, PUBLISHERS * EACH)).isEqualTo(idsBetween(0, PUBLISHERS * EACH));
            member.hearsNothingMore();
        }
    }

    @Test
    void whoComesAndGoesHearsExactlyWhatWasSaidBetween() throws Exception {
        List<Party> crowd = enterAll(MEMBERS);
        var room = new Room();
        var stays = new ArrayList<CompletableFuture<Stay>>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MEMBERS; i++) {
                Party member = crowd.get(i);
                long from = 50L * i;
                stays.add(CompletableFuture.supplyAsync(() -> room.visit(member, from, from + 700), threads));
            }
            publish(room);
        }
        for (int i = 0; i < MEMBERS; i++) {
            Stay stay = stays.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            crowd.get(i).guest().tell("end");
            assertThat(idsHeardUntilTheEnd(crowd.get(i))).isEqualTo(idsBetween(stay.from(), stay.to()));
        }
    }

    private static void publish(Room room) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < PUBLISHERS; i++) {
                all.add(CompletableFuture.runAsync(() -> room.say(EACH), threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<Long> idsBetween(long after, long last) {
        return LongStream.rangeClosed(after + 1, last).boxed().toList();
    }

    private static List<Long> idsHeard(Party member, int count) throws Exception {
        var ids = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            ids.add(idOf(member.nextEvent()));
        }
        return ids;
    }

    private static List<Long> idsHeardUntilTheEnd(Party member) throws Exception {
        var ids = new ArrayList<Long>();
        for (Heard.Event event = member.nextEvent(); !event.name().equals("end"); event = member.nextEvent()) {
            ids.add(idOf(event));
        }
        return ids;
    }

    private static long idOf(Heard.Event event) {
        return ((Value.Num) event.arg(0)).asLong();
    }

    /** From which id on, and up to which, somebody was a member. */
    private record Stay(long from, long to) {}

    /** What the engine does for a room: one order of ids and of members who come and go, and an audience for each lane. */
    private static final class Room {
        private final IdentityHashMap<Lane, Audience> audiences = new IdentityHashMap<>();
        private final List<Party> everybody = new ArrayList<>();
        private long last;

        synchronized long add(Party member) {
            everybody.add(member);
            audience(member).add(member.connection());
            return last;
        }

        private synchronized long remove(Party member) {
            audience(member).remove(member.connection());
            return last;
        }

        /** Comes once an id is reached, and goes once another one is. */
        Stay visit(Party member, long from, long to) {
            awaitId(from);
            long came = add(member);
            awaitId(to);
            return new Stay(came, remove(member));
        }

        private synchronized void awaitId(long id) {
            try {
                while (last < id) {
                    wait(PATIENCE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        void say(int times) {
            for (int i = 0; i < times; i++) {
                sayOnce();
            }
        }

        private synchronized void sayOnce() {
            last++;
            notifyAll();
            if (!everybody.isEmpty()) {
                Frame frame = everybody.getFirst().guest().encode("said", last);
                audiences.values().forEach(audience -> audience.send(frame));
            }
        }

        private Audience audience(Party member) {
            return audiences.computeIfAbsent(member.connection().lane(), Lane::newAudience);
        }
    }
}
