package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Event;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Disconnected;
import dev.confab.spi.PresenceStore.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is connected, who is told, and whose turn it is. */
abstract class StorePresence extends StoreFixture {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void connectionsAreCounted() {
        assertThat(presence().isOnline("ann")).isFalse();
        assertThat(presence().connect("ann", "ann-1")).isEqualTo(1);
        assertThat(presence().connect("ann", "ann-2")).isEqualTo(2);
        assertThat(presence().connect("bob", "bob-1")).isEqualTo(1);
        assertThat(presence().isOnline("ann")).isTrue();
        assertThat(presence().disconnect("ann", "ann-1")).isEqualTo(new Disconnected(1, List.of()));
        assertThat(presence().isOnline("ann")).isTrue();
        assertThat(presence().disconnect("ann", "ann-2")).isEqualTo(new Disconnected(0, List.of()));
        assertThat(presence().isOnline("ann")).isFalse();
        assertThat(presence().isOnline("bob")).isTrue();
    }

    @Test
    void aConnectionIsRegisteredOnce() {
        createRoom();
        join("ann", "ann-1");
        assertThat(presence().connect("ann", "ann-1")).isEqualTo(1);
        assertThat(connections("ann")).isEqualTo(Map.of("ann-1", Set.of(ROOM)));
    }

    @Test
    void endingWhatIsNotRegisteredChangesNothing() {
        connect("ann", "ann-1");
        assertThat(presence().disconnect("ann", "ghost")).isEqualTo(new Disconnected(1, List.of()));
        assertThat(presence().disconnect("ghost", "ann-1")).isEqualTo(new Disconnected(0, List.of()));
        assertThat(presence().connections("ann")).containsOnlyKeys("ann-1");
        presence().disconnect("ann", "ann-1");
        assertThat(presence().disconnect("ann", "ann-1")).isEqualTo(new Disconnected(0, List.of()));
    }

    @Test
    void comingAndGoingAnnouncesNothing() {
        connect("ann", "ann-1");
        presence().disconnect("ann", "ann-1");
        nothingMoreIsAnnounced();
    }

    @Test
    void whoIsOfflineOrUnknownHasNoConnections() {
        connect("ann", "ann-1");
        presence().disconnect("ann", "ann-1");
        assertThat(presence().connections("ann")).isEmpty();
        assertThat(presence().connections("ghost")).isEmpty();
        assertThat(presence().isOnline("ghost")).isFalse();
    }

    @Test
    void aNodeHasTheConnectionsThatItRegistered() {
        assertThat(presence().connectionsOf(NODE)).isEmpty();
        connect("ann", "ann-1");
        connect("ann", "ann-2");
        connect("bob", "bob-1");
        assertThat(presence().connectionsOf(NODE)).isEqualTo(Map.of("ann-1", "ann", "ann-2", "ann", "bob-1", "bob"));
        presence().disconnect("ann", "ann-1");
        assertThat(presence().connectionsOf(NODE)).isEqualTo(Map.of("ann-2", "ann", "bob-1", "bob"));
        assertThat(presence().connectionsOf("another node")).isEmpty();
    }

    @Test
    void aNodesLastBeatIsKnown() {
        assertThat(presence().lastBeat(NODE)).isEqualTo(now());
        clock.advance(Duration.ofSeconds(10));
        presence().beat();
        assertThat(presence().lastBeat(NODE)).isEqualTo(now());
        assertThat(presence().lastBeat("another node")).isNull();
    }

    @Test
    void membersAreToldOfAnEventOfTheirRoom() {
        createRoom();
        Event event = new Event.RoomUserJoined(ROOM, "ann");
        presence().notify(ROOM, event);
        assertThat(ear.next()).isEqualTo(new Announced.Notified(ROOM, event));
    }

    @Test
    void anEventOfARoomThatIsNoneIsHeardByNobody() {
        presence().notify(ROOM, new Event.RoomUserJoined(ROOM, "ann"));
        createRoom();
        rooms().delete(ROOM, Guard.NONE);
        presence().notify(ROOM, new Event.RoomUserJoined(ROOM, "ann"));
        nothingMoreIsAnnounced();
    }

    @Test
    void aUserIsToldOnAllConnectionsButOne() {
        connect("ann", "ann-1");
        Event event = new Event.SystemMessageReceived(Value.of("hi"));
        presence().tell("ann", event, "ann-1");
        assertThat(ear.next()).isEqualTo(new Announced.Told("ann", event, "ann-1"));
        presence().tell("ann", event, null);
        assertThat(ear.next()).isEqualTo(new Announced.Told("ann", event, null));
    }

    @Test
    void theEndOfAUsersConnectionsIsAnnounced() {
        connect("ann", "ann-1");
        presence().dismiss("ann");
        assertThat(ear.next()).isEqualTo(new Announced.Dismissed("ann"));
        assertThat(presence().isOnline("ann")).as("until they have ended").isTrue();
    }

    @Test
    void connectionsThatAreNotAliveAreDroppedWithTheirMemberships() {
        createRoom();
        rooms().create("other", settings().build());
        joinAll("bob");
        join("ann", "ann-1");
        join("ann", "ann-2");
        join("ann", "ann-3");
        presence().join("other", Guard.NONE, "ann", "ann-1");
        clock.advance(Duration.ofSeconds(1));
        Map<String, Departure> dropped = presence().retain("ann", List.of("ann-2", "ann-9"));
        assertThat(dropped).containsOnlyKeys(ROOM, "other");
        Map<String, Map<String, Set<String>>> expected =
                Map.of(ROOM, Map.of("ann", Set.of("ann-1", "ann-3")), "other", Map.of("ann", Set.of("ann-1")));
        dropped.forEach(
                (room, departure) -> assertThat(gone(List.of(departure))).isEqualTo(expected.get(room)));
        for (var departed : List.of(ear.nextDeparted(), ear.nextDeparted())) {
            assertThat(gone(departed.departures())).isEqualTo(expected.get(departed.room()));
        }
        assertThat(connections("ann")).isEqualTo(Map.of("ann-2", Set.of(ROOM)));
        assertThat(members(ROOM)).isEqualTo(Map.of("bob", Set.of("bob-1"), "ann", Set.of("ann-2")));
        assertThat(presence().members("other")).isEmpty();
        assertThat(rooms().seen("other", Guard.NONE, "ann").timestamp()).isEqualTo(now());
        nothingMoreIsAnnounced();
    }

    @Test
    void whereAllAreAliveNothingIsDropped() {
        createRoom();
        joinAll("ann");
        assertThat(presence().retain("ann", List.of("ann-1"))).isEmpty();
        assertThat(presence().retain("ghost", List.of())).isEmpty();
        assertThat(list(RoomList.USERLIST)).containsExactly("ann");
        nothingMoreIsAnnounced();
    }

    @Test
    void whereNoneIsAliveTheUserIsOffline() {
        connect("ann", "ann-1");
        assertThat(presence().retain("ann", List.of())).isEmpty();
        assertThat(presence().isOnline("ann")).isFalse();
        assertThat(presence().connectionsOf(NODE)).isEmpty();
    }

    @Test
    void oneAtATimeHoldsTheReservationOfAUserAndRoom() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = presence().reserve("ann", ROOM, PATIENCE, LEASE);
            var second = threads.submit(() -> presence().reserve("ann", ROOM, PATIENCE, LEASE));
            refused(ChatError.timeout(), () -> presence().reserve("ann", ROOM, Duration.ofMillis(50), LEASE));
            assertThat(second.isDone()).isFalse();
            first.close();
            second.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
        }
    }

    @Test
    void reservationsOfOtherUsersAndRoomsDontWait() throws Exception {
        try (Reservation one = presence().reserve("ann", ROOM, Duration.ZERO, LEASE);
                Reservation two = presence().reserve("bob", ROOM, Duration.ZERO, LEASE);
                Reservation three = presence().reserve("ann", "other", Duration.ZERO, LEASE)) {
            assertThat(List.of(one, two, three)).doesNotContainNull();
        }
    }

    @Test
    void aReservationGivenBackTwiceIsGivenBackOnce() throws Exception {
        Reservation first = presence().reserve("ann", ROOM, PATIENCE, LEASE);
        first.close();
        Reservation second = presence().reserve("ann", ROOM, PATIENCE, LEASE);
        first.close();
        refused(ChatError.timeout(), () -> presence().reserve("ann", ROOM, Duration.ofMillis(50), LEASE));
        second.close();
    }

    @Test
    void aReservationMayBeGivenBackOnAnotherThread() throws Exception {
        Reservation first = presence().reserve("ann", ROOM, PATIENCE, LEASE);
        Thread.ofVirtual().start(first::close).join();
        presence().reserve("ann", ROOM, PATIENCE, LEASE).close();
    }

    @Test
    void whoWaitsForAReservationCanBeInterrupted() throws Exception {
        try (Reservation _ = presence().reserve("ann", ROOM, PATIENCE, LEASE)) {
            var outcome = new CompletableFuture<Boolean>();
            Thread waiting = Thread.ofVirtual().start(() -> {
                try (Reservation _ = presence().reserve("ann", ROOM, PATIENCE, LEASE)) {
                    outcome.complete(false);
                } catch (InterruptedException e) {
                    outcome.complete(true);
                }
            });
            waiting.interrupt();
            assertThat(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        presence().reserve("ann", ROOM, Duration.ZERO, LEASE).close();
    }

    @Test
    void noAnnouncementFollowsTheEndOfTheStore() {
        createRoom();
        joinAll("ann");
        store().close();
        store().close();
        for (RoomAct act : RoomAct.values()) {
            attempt(() -> act.run(store(), ROOM, Guard.NONE));
        }
        attempt(() -> presence().tell("ann", new Event.RoomAccessRemoved(ROOM), null));
        attempt(() -> presence().notify(ROOM, new Event.RoomUserJoined(ROOM, "ann")));
        attempt(() -> presence().dismiss("ann"));
        assertThat(ear.untaken()).isEmpty();
    }

    /** A closed store may do what it likes, but announce. */
    private static void attempt(Runnable act) {
        try {
            act.run();
        } catch (RuntimeException e) {
            assertThat(e).isNotNull();
        }
    }
}
