package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms that clients create and delete. */
abstract class RoomManagementBehaviour extends Behaviour {

    @BeforeEach
    void clientsManageRooms() {
        options.enableRoomsManagement(true);
    }

    @Test
    void aRoomIsCreatedJoinedAndDeleted() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomCreate", ROOM, false)).isEqualTo(done(null));
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(ann.request("roomCreate", ROOM, false)).isEqualTo(refused("Room lobby already exists"));
        assertThat(toldBeforeReply(ann, "roomDelete", ROOM)).containsExactly(event("roomAccessRemoved", ROOM));
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("No such room lobby"));
    }

    @Test
    void whoeverCreatesARoomOwnsItAndIsNotInIt() {
        start();
        LoopbackClient ann = login("ann");
        ann.result("roomCreate", ROOM, true);
        assertThat(ann.request("roomGetOwner", ROOM)).isEqualTo(done("ann"));
        assertThat(ann.request("roomGetWhitelistMode", ROOM)).isEqualTo(done(true));
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of()));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Not joined to room lobby"));
    }

    @Test
    void aRoomWithoutMembersIsDeletedWithoutANotice() {
        start();
        LoopbackClient ann = login("ann");
        ann.result("roomCreate", ROOM, false);
        assertThat(ann.request("roomDelete", ROOM)).isEqualTo(done(null));
        ann.assertNothingMore();
        assertThat(chat().rooms().exists(ROOM)).isFalse();
    }

    @Test
    void onlyTheOwnerDeletesARoom() {
        startWithRoom(RoomSettings.builder().owner("ann").adminlist("bob"));
        LoopbackClient admin = member("bob");
        LoopbackClient other = member("cat");
        assertThat(admin.request("roomDelete", ROOM)).isEqualTo(refused("Action is not allowed"));
        assertThat(other.request("roomDelete", ROOM)).isEqualTo(refused("Action is not allowed"));
        assertThat(chat().rooms().exists(ROOM)).isTrue();
    }

    @Test
    void nobodyDeletesARoomThatHasNoOwner() {
        startWithRoom();
        assertThat(member("ann").request("roomDelete", ROOM)).isEqualTo(refused("Action is not allowed"));
    }

    @Test
    void aRoomsNameIsChecked() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomCreate", "room}1", false))
                .isEqualTo(refused("String room}1 contains invalid characters"));
        assertThat(ann.request("roomCreate", "", false)).isEqualTo(refused("String  contains invalid characters"));
    }

    @Test
    void clientsManageNoRoomsUnlessTheServerLetsThem() {
        options.enableRoomsManagement(false);
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomCreate", "other", false)).isEqualTo(refused("Action is not allowed"));
        assertThat(ann.request("roomCreate", "room}1", false)).isEqualTo(refused("Action is not allowed"));
        assertThat(ann.request("roomDelete", ROOM)).isEqualTo(refused("Action is not allowed"));
        assertThat(chat().rooms().exists(ROOM)).isTrue();
        assertThat(chat().rooms().exists("other")).isFalse();
    }

    @Test
    void aDeletionIsToldToAllConnectionsOfAllMembersAndNobodyIsToldToHaveLeft() {
        options.enableUserlistUpdates(true);
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        LoopbackClient aside = login("bob");
        LoopbackClient stranger = login("cat");
        takeNote(ann, bob);
        assertThat(toldBeforeReply(ann, "roomDelete", ROOM)).containsExactly(event("roomAccessRemoved", ROOM));
        assertThat(bob.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        assertThat(aside.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        assertNothingMore(ann, bob, aside, stranger);
    }

    @Test
    void ofADeletedRoomNothingIsLeft() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("Hi"));
        ann.result("roomDelete", ROOM);
        assertThat(ann.request("listOwnSockets")).isEqualTo(done(Map.of(ann.id(), List.of())));
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(refused("No such room lobby"));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("No such room lobby"));
    }

    @Test
    void aRoomCreatedAgainBeginsAnew() {
        start();
        LoopbackClient ann = login("ann");
        ann.result("roomCreate", ROOM, false);
        join(ann).result("roomMessage", ROOM, text("Hi"));
        ann.result("roomDelete", ROOM);
        ann.result("roomCreate", ROOM, false);
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(ann.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(false, null)));
        assertThat(join(ann).request("roomMessage", ROOM, text("Hi again"))).isEqualTo(done(1));
    }
}
