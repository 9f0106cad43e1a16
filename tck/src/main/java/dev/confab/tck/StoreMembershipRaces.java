package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Disconnected;
import dev.confab.spi.PresenceStore.Leaving;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.PresenceStore.Reservation;
import dev.confab.spi.RoomStore.ListChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins and leaves against whatever ends memberships: one of the two comes first, and nothing is left between them. */
abstract class StoreMembershipRaces extends StoreFixture {

    private static final String ANN = "ann";
    private static final String ANNS = "ann-1";

    @Test
    void aJoinThatLosesAgainstADeletionLeavesNothingBehind() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            connect(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                var join = race.enter(() -> joinUntilRefused(ChatError.noRoom(ROOM)));
                var departures = race.enter(() -> rooms().delete(ROOM, Guard.NONE));
                race.run();
                departedIfJoined(join.get(), departures.get());
            }
            assertThat(connections(ANN)).isEqualTo(Map.of(ANNS, Set.of()));
            createRoom();
            assertThat(presence().members(ROOM)).isEmpty();
            assertThat(rooms().seen(ROOM, Guard.NONE, ANN)).isEqualTo(Seen.NEVER);
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void aJoinThatLosesAgainstABanLeavesNothingBehind() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            connect(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                var join = race.enter(() -> joinUntilRefused(ChatError.notAllowed()));
                var departures = race.enter(() -> change(adding(RoomList.BLACKLIST, ANN)));
                race.run();
                departedIfJoined(join.get(), departures.get());
            }
            nobodyIsIn();
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void aJoinThatLosesAgainstWhitelistModeLeavesNothingBehind() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            connect(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                var join = race.enter(() -> joinUntilRefused(ChatError.notAllowed()));
                var departures = race.enter(() -> rooms().setWhitelistMode(ROOM, Guard.NONE, true));
                race.run();
                departedIfJoined(join.get(), departures.get());
            }
            nobodyIsIn();
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void aJoinThatLosesAgainstTheEndOfItsConnectionLeavesNothingBehind() throws Exception {
        createRoom();
        for (int round = 0; round < contract().rounds(); round++) {
            connect(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                var join = race.enter(() -> joinUntilRefused(ChatError.invalidSocket(ANNS)));
                var end = race.enter(() -> presence().disconnect(ANN, ANNS));
                race.run();
                Disconnected left = end.get();
                assertThat(left.rooms()).isEqualTo(join.get() ? List.of(ROOM) : List.of());
                left.rooms().forEach(room -> presence().leave(room, ANN, ANNS));
            }
            assertThat(presence().members(ROOM)).isEmpty();
            assertThat(presence().connections(ANN)).isEmpty();
        }
    }

    @Test
    void aMembershipEndsOnceEitherByLeavingOrByABan() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            join(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                var leaving = race.enter(() -> presence().leave(ROOM, ANN, ANNS));
                var departures = race.enter(() -> change(adding(RoomList.BLACKLIST, ANN)));
                race.run();
                assertThat(leaving.get().connections()).isZero();
                assertThat(leaving.get().wasMember()).isEqualTo(departures.get().isEmpty());
            }
            assertThat(ear.takeAll())
                    .containsExactly(new Announced.Departed(ROOM, List.of(new Departure(ANN, List.of(ANNS)))));
            nobodyIsIn();
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void aMembershipEndsOnceEitherByBeingTakenBackOrByABan() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            Membership membership = join(ANN, ANNS);
            try (var race = new Race(PATIENCE)) {
                race.enterToo(() -> {
                    presence().undoJoin(ROOM, ANN, ANNS, membership);
                    return true;
                });
                var departures = race.enter(() -> change(adding(RoomList.BLACKLIST, ANN)));
                race.run();
                assertThat(ear.takeAll()).hasSize(departures.get().size());
                assertThat(rooms().seen(ROOM, Guard.NONE, ANN).timestamp() == null)
                        .isEqualTo(departures.get().isEmpty());
            }
            nobodyIsIn();
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void connectionsOfAUserThatJoinAtOnceAreCountedOneByOne() throws Exception {
        createRoom();
        for (int round = 0; round < contract().rounds(); round++) {
            connect(ANN, "ann-1");
            connect(ANN, "ann-2");
            try (var race = new Race(PATIENCE)) {
                var one = race.enter(() -> presence().join(ROOM, Guard.NONE, ANN, "ann-1"));
                var two = race.enter(() -> presence().join(ROOM, Guard.NONE, ANN, "ann-2"));
                race.run();
                assertThat(List.of(one.get().connections(), two.get().connections()))
                        .containsExactlyInAnyOrder(1, 2);
            }
            try (var race = new Race(PATIENCE)) {
                var one = race.enter(() -> presence().leave(ROOM, ANN, "ann-1"));
                var two = race.enter(() -> presence().leave(ROOM, ANN, "ann-2"));
                race.run();
                assertThat(List.of(one.get(), two.get()))
                        .containsExactlyInAnyOrder(new Leaving(true, 1, false), new Leaving(true, 0, false));
            }
            nobodyIsIn();
        }
    }

    @Test
    void oneOfManyCreatesARoom() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            try (var race = new Race(PATIENCE)) {
                var creations = new ArrayList<Future<@Nullable Position>>();
                for (int i = 0; i < 4; i++) {
                    creations.add(race.enter(() -> unless(ChatError.roomExists(ROOM), this::createRoom)));
                }
                race.run();
                var created = new ArrayList<Position>();
                for (Future<@Nullable Position> creation : creations) {
                    Position position = creation.get();
                    if (position != null) {
                        created.add(position);
                    }
                }
                assertThat(created)
                        .containsExactly(rooms().view(ROOM, Guard.NONE).head());
            }
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void manyWhoFillAListDontOverfillIt() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            try (var race = new Race(PATIENCE)) {
                for (int i = 0; i < 6; i++) {
                    var change = new ListChange(RoomList.WHITELIST, true, List.of("a" + i, "b" + i), 7);
                    race.enterToo(() -> unless(ChatError.listLimitExceeded("whitelist"), () -> change(change)));
                }
                race.run();
            }
            assertThat(list(RoomList.WHITELIST)).hasSize(6);
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void reservationsKeepTheirHoldersApart() throws Exception {
        var inside = new AtomicInteger();
        var done = new AtomicInteger();
        try (var race = new Race(PATIENCE)) {
            for (int i = 0; i < 20; i++) {
                race.enterToo(() -> {
                    for (int turn = 0; turn < 10; turn++) {
                        try (Reservation _ = presence().reserve(ANN, ROOM, PATIENCE, Duration.ofMinutes(1))) {
                            assertThat(inside.incrementAndGet()).isEqualTo(1);
                            presence().isOnline(ANN);
                            inside.decrementAndGet();
                            done.incrementAndGet();
                        }
                    }
                    return true;
                });
            }
            race.run();
        }
        assertThat(done).hasValue(200);
    }

    /** Joins again and again, so that one of the joins is under way when what refuses it comes. */
    private boolean joinUntilRefused(ChatError refusal) {
        boolean joined = false;
        while (true) {
            Membership membership = unless(refusal, () -> presence().join(ROOM, new Guard.Joiner(ANN), ANN, ANNS));
            if (membership == null) {
                return joined;
            }
            assertThat(membership.isNew()).isEqualTo(!joined);
            joined = true;
        }
    }

    /** What an act returns, or null where it was refused in the way expected. */
    private static <T> @Nullable T unless(ChatError refusal, java.util.function.Supplier<T> act) {
        try {
            return act.get();
        } catch (ChatException e) {
            assertThat(e.error()).isEqualTo(refusal);
            return null;
        }
    }

    private void departedIfJoined(boolean joined, List<Departure> departures) {
        List<Departure> expected = joined ? List.of(new Departure(ANN, List.of(ANNS))) : List.of();
        assertThat(departures).isEqualTo(expected);
        assertThat(ear.takeAll()).isEqualTo(joined ? List.of(new Announced.Departed(ROOM, expected)) : List.of());
    }

    private void nobodyIsIn() {
        assertThat(presence().members(ROOM)).isEmpty();
        assertThat(presence().connections(ANN).values()).allMatch(List::isEmpty);
    }
}
