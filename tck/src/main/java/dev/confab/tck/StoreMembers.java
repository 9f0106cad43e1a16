package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Disconnected;
import dev.confab.spi.PresenceStore.Leaving;
import dev.confab.spi.PresenceStore.Membership;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How connections become members, and cease to be. */
abstract class StoreMembers extends StoreFixture {

    private Position start = new Position("", 0);

    @BeforeEach
    void createTheRoom() {
        start = createRoom();
    }

    @Test
    void aJoinSaysHowItStandsAndAnnouncesNothing() {
        assertThat(join("ann", "ann-1")).isEqualTo(new Membership(start, 1, 1, true, false, null));
        assertThat(join("ann", "ann-2")).isEqualTo(new Membership(start, 1, 2, true, false, now()));
        assertThat(join("bob", "bob-1")).isEqualTo(new Membership(start, 1, 1, true, false, null));
        nothingMoreIsAnnounced();
        assertThat(members(ROOM)).isEqualTo(Map.of("ann", Set.of("ann-1", "ann-2"), "bob", Set.of("bob-1")));
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("ann", "bob");
        assertThat(rooms().lists(ROOM, RoomList.USERLIST, "ann")).isTrue();
        assertThat(connections("ann")).isEqualTo(Map.of("ann-1", Set.of(ROOM), "ann-2", Set.of(ROOM)));
    }

    @Test
    void aJoinBeginsAtTheHeadOfTheLog() {
        appendMany(3);
        assertThat(join("ann", "ann-1").position()).isEqualTo(start.at(3));
    }

    @Test
    void aJoinSaysWhetherUsersWhoComeAndGoAreAnnounced() {
        rooms().setUpdates(ROOM, true, null);
        assertThat(join("ann", "ann-1").userlistUpdates()).isTrue();
    }

    @Test
    void aMemberThatJoinsAgainStaysOne() {
        join("ann", "ann-1");
        append("a");
        clock.advance(Duration.ofSeconds(1));
        Membership again = presence().join(ROOM, Guard.NONE, "ann", "ann-1");
        assertThat(again.isNew()).isFalse();
        assertThat(again.connections()).isEqualTo(1);
        assertThat(again.position()).isEqualTo(start.at(1));
        assertThat(members(ROOM)).isEqualTo(Map.of("ann", Set.of("ann-1")));
    }

    @Test
    void aMemberThatJoinsAgainIsRefusedWhereTheGuardHoldsNoMore() {
        rooms().setOwner(ROOM, "ann");
        rooms().setWhitelistMode(ROOM, Guard.NONE, true);
        connect("ann", "ann-1");
        presence().join(ROOM, new Guard.Joiner("ann"), "ann", "ann-1");
        rooms().setOwner(ROOM, null);
        refused(ChatError.notAllowed(), () -> presence().join(ROOM, new Guard.Joiner("ann"), "ann", "ann-1"));
        assertThat(hasMember("ann", "ann-1")).isTrue();
    }

    @Test
    void onlyARegisteredConnectionOfTheUserMayJoin() {
        connect("ann", "ann-1");
        refused(ChatError.invalidSocket("ghost"), () -> presence().join(ROOM, Guard.NONE, "ann", "ghost"));
        refused(ChatError.invalidSocket("ann-1"), () -> presence().join(ROOM, Guard.NONE, "bob", "ann-1"));
        presence().disconnect("ann", "ann-1");
        refused(ChatError.invalidSocket("ann-1"), () -> presence().join(ROOM, Guard.NONE, "ann", "ann-1"));
        assertThat(presence().members(ROOM)).isEmpty();
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(Seen.NEVER);
    }

    @Test
    void aConnectionMayBeAMemberOfManyRooms() {
        connect("ann", "ann-1");
        for (String room : List.of("a", "b", "c")) {
            rooms().create(room, settings().build());
            presence().join(room, Guard.NONE, "ann", "ann-1");
        }
        assertThat(presence().connections("ann").get("ann-1")).containsExactlyInAnyOrder("a", "b", "c");
        presence().leave("b", "ann", "ann-1");
        assertThat(presence().connections("ann").get("ann-1")).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void aConnectionIsAMemberOfOneEpochOnly() {
        join("ann", "ann-1");
        assertThat(presence().isMember(ROOM, start.epoch(), "ann", "ann-1")).isTrue();
        assertThat(presence().isMember(ROOM, start.epoch(), "ann", "ann-2")).isFalse();
        assertThat(presence().isMember(ROOM, start.epoch(), "bob", "ann-1")).isFalse();
        assertThat(presence().isMember(ROOM, "another epoch", "ann", "ann-1")).isFalse();
        assertThat(presence().isMember("no room", start.epoch(), "ann", "ann-1"))
                .isFalse();
    }

    @Test
    void aLeaveAnnouncesTheDepartureAndSaysHowItStands() {
        join("ann", "ann-1");
        join("ann", "ann-2");
        rooms().setUpdates(ROOM, true, null);
        assertThat(presence().leave(ROOM, "ann", "ann-1")).isEqualTo(new Leaving(true, 1, true));
        assertThat(ear.next()).isEqualTo(new Announced.Departed(ROOM, List.of(new Departure("ann", List.of("ann-1")))));
        assertThat(list(RoomList.USERLIST)).containsExactly("ann");
        assertThat(presence().leave(ROOM, "ann", "ann-2")).isEqualTo(new Leaving(true, 0, true));
        assertThat(ear.next()).isEqualTo(new Announced.Departed(ROOM, List.of(new Departure("ann", List.of("ann-2")))));
        assertThat(list(RoomList.USERLIST)).isEmpty();
        assertThat(connections("ann")).isEqualTo(Map.of("ann-1", Set.of(), "ann-2", Set.of()));
        nothingMoreIsAnnounced();
    }

    @Test
    void leavingWhatWasNotJoinedChangesAndAnnouncesNothing() {
        join("ann", "ann-1");
        connect("ann", "ann-2");
        assertThat(presence().leave(ROOM, "ann", "ann-2")).isEqualTo(new Leaving(false, 1, false));
        assertThat(presence().leave(ROOM, "bob", "ann-1")).isEqualTo(new Leaving(false, 0, false));
        assertThat(presence().leave(ROOM, "ann", "ghost")).isEqualTo(new Leaving(false, 1, false));
        assertThat(members(ROOM)).isEqualTo(Map.of("ann", Set.of("ann-1")));
        nothingMoreIsAnnounced();
    }

    @Test
    void membershipsOutliveTheirConnectionUntilEachIsLeft() {
        rooms().create("other", settings().build());
        join("ann", "ann-1");
        presence().join("other", Guard.NONE, "ann", "ann-1");
        Disconnected disconnected = presence().disconnect("ann", "ann-1");
        assertThat(disconnected.connections()).isZero();
        assertThat(disconnected.rooms()).containsExactlyInAnyOrder(ROOM, "other");
        assertThat(hasMember("ann", "ann-1")).isTrue();
        assertThat(list(RoomList.USERLIST)).containsExactly("ann");
        nothingMoreIsAnnounced();
        assertThat(presence().leave(ROOM, "ann", "ann-1").wasMember()).isTrue();
        assertThat(presence().members(ROOM)).isEmpty();
        assertThat(presence().members("other")).containsOnlyKeys("ann");
    }

    @Test
    void aUserIsSeenWhenTheFirstConnectionJoinsAndWhenTheLastOneLeaves() {
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(Seen.NEVER);
        join("ann", "ann-1");
        Instant joined = now();
        clock.advance(Duration.ofSeconds(1));
        join("ann", "ann-2");
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(new Seen(true, joined));
        clock.advance(Duration.ofSeconds(1));
        presence().leave(ROOM, "ann", "ann-1");
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(new Seen(true, joined));
        clock.advance(Duration.ofSeconds(1));
        presence().leave(ROOM, "ann", "ann-2");
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(new Seen(false, now()));
        Instant left = now();
        clock.advance(Duration.ofSeconds(1));
        assertThat(presence().join(ROOM, Guard.NONE, "ann", "ann-1").seenBefore())
                .isEqualTo(left);
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(new Seen(true, now()));
    }

    @Test
    void aFirstJoinTakenBackLeavesNoTrace() {
        Membership membership = join("ann", "ann-1");
        presence().undoJoin(ROOM, "ann", "ann-1", membership);
        assertThat(presence().members(ROOM)).isEmpty();
        assertThat(list(RoomList.USERLIST)).isEmpty();
        assertThat(connections("ann")).isEqualTo(Map.of("ann-1", Set.of()));
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(Seen.NEVER);
        nothingMoreIsAnnounced();
    }

    @Test
    void aLaterJoinTakenBackLeavesTheUserSeenAsBefore() {
        join("ann", "ann-1");
        presence().leave(ROOM, "ann", "ann-1");
        ear.nextDeparted();
        Seen before = rooms().seen(ROOM, Guard.NONE, "ann");
        clock.advance(Duration.ofSeconds(5));
        Membership membership = presence().join(ROOM, Guard.NONE, "ann", "ann-1");
        presence().undoJoin(ROOM, "ann", "ann-1", membership);
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(before);
        nothingMoreIsAnnounced();
    }

    @Test
    void aSecondConnectionsJoinTakenBackLeavesTheFirst() {
        join("ann", "ann-1");
        Seen before = rooms().seen(ROOM, Guard.NONE, "ann");
        clock.advance(Duration.ofSeconds(5));
        Membership membership = join("ann", "ann-2");
        presence().undoJoin(ROOM, "ann", "ann-2", membership);
        assertThat(members(ROOM)).isEqualTo(Map.of("ann", Set.of("ann-1")));
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(before);
    }

    @Test
    void takingBackAJoinThatIsGoneAlreadyDoesNothing() {
        Membership membership = join("ann", "ann-1");
        presence().leave(ROOM, "ann", "ann-1");
        ear.nextDeparted();
        Seen seen = rooms().seen(ROOM, Guard.NONE, "ann");
        presence().undoJoin(ROOM, "ann", "ann-1", membership);
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(seen);
        rooms().delete(ROOM, Guard.NONE);
        presence().undoJoin(ROOM, "ann", "ann-1", membership);
        nothingMoreIsAnnounced();
    }

    @Test
    void takingBackAJoinThatWasNotNewDoesNothing() {
        join("ann", "ann-1");
        Membership again = presence().join(ROOM, Guard.NONE, "ann", "ann-1");
        presence().undoJoin(ROOM, "ann", "ann-1", again);
        assertThat(hasMember("ann", "ann-1")).isTrue();
    }

    @Test
    void takingBackAJoinOfAnotherEpochDoesNothing() {
        Membership old = join("ann", "ann-1");
        rooms().delete(ROOM, Guard.NONE);
        createRoom();
        presence().join(ROOM, Guard.NONE, "ann", "ann-1");
        presence().undoJoin(ROOM, "ann", "ann-1", old);
        assertThat(hasMember("ann", "ann-1")).isTrue();
    }
}
