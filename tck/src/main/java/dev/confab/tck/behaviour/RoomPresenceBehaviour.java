package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who is in a room, and who is told of those who come and go. */
abstract class RoomPresenceBehaviour extends Behaviour {

    private static RoomSettings.Builder updates() {
        return RoomSettings.builder().enableUserlistUpdates(true);
    }

    @Test
    void aJoinAnswersHowManyOfTheUsersConnectionsAreMembers() {
        startWithRoom();
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        assertThat(first.request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(second.request("roomJoin", ROOM)).isEqualTo(done(2));
        assertThat(second.request("roomJoin", ROOM)).isEqualTo(done(2));
        assertThat(first.request("roomLeave", ROOM)).isEqualTo(done(1));
        assertThat(first.request("roomLeave", ROOM)).isEqualTo(done(1));
        assertThat(second.request("roomLeave", ROOM)).isEqualTo(done(0));
        assertThat(second.request("roomLeave", ROOM)).isEqualTo(done(0));
    }

    @Test
    void aMissingRoomCanBeNeitherJoinedNorLeft() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("No such room lobby"));
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(refused("No such room lobby"));
    }

    // Echoes among the connections of one user

    @Test
    void aConnectionThatIsNotInTheRoomHearsOfTheJoinsAndLeavesOfItsUser() {
        startWithRoom();
        LoopbackClient aside = login("ann");
        LoopbackClient ann = login("ann");
        takeNote(aside);
        ann.result("roomJoin", ROOM);
        assertThat(aside.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, ann.id(), 1));
        ann.result("roomLeave", ROOM);
        assertThat(aside.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ann.id(), 0));
        assertNothingMore(aside, ann);
    }

    @Test
    void aConnectionThatIsInTheRoomHearsOfThemToo() {
        startWithRoom();
        LoopbackClient first = member("ann");
        LoopbackClient second = login("ann");
        takeNote(first);
        second.result("roomJoin", ROOM);
        assertThat(first.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, second.id(), 2));
        second.result("roomLeave", ROOM);
        assertThat(first.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, second.id(), 1));
        assertNothingMore(first, second);
    }

    @Test
    void aConnectionThatEndsIsEchoedToThoseInTheRoomAndToTheOthers() {
        startWithRoom();
        LoopbackClient in = member("ann");
        LoopbackClient out = login("ann");
        LoopbackClient ending = member("ann");
        takeNote(in, out);
        ending.disconnect();
        for (LoopbackClient other : List.of(in, out)) {
            assertThat(other.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ending.id(), 1));
            assertThat(other.nextEvent()).isEqualTo(event("socketDisconnectEcho", ending.id(), 2));
        }
        in.disconnect();
        assertThat(out.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, in.id(), 0));
        assertThat(out.nextEvent()).isEqualTo(event("socketDisconnectEcho", in.id(), 1));
        out.assertNothingMore();
    }

    @Test
    void otherUsersHearNoEchoes() {
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = login("ann");
        LoopbackClient again = login("ann");
        ann.result("roomJoin", ROOM);
        again.result("roomJoin", ROOM);
        again.result("roomLeave", ROOM);
        ann.result("roomLeave", ROOM);
        bob.assertNothingMore();
    }

    @Test
    void joiningAgainAndLeavingWhatWasNotJoinedIsHeardByNobody() {
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        LoopbackClient aside = login("ann");
        takeNote(bob, ann);
        ann.result("roomJoin", ROOM);
        assertNothingMore(ann, bob, aside);
        aside.result("roomLeave", ROOM);
        assertNothingMore(ann, bob, aside);
    }

    // What the room hears

    @Test
    void theRoomHearsOfAUsersFirstJoinAndOfTheLastLeaveOnly() {
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        first.result("roomJoin", ROOM);
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserJoined", ROOM, "ann"));
        second.result("roomJoin", ROOM);
        second.result("roomLeave", ROOM);
        bob.assertNothingMore();
        first.result("roomLeave", ROOM);
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        bob.assertNothingMore();
    }

    @Test
    void aJoinerHearsOfItsOwnArrivalBeforeItsReply() {
        startWithRoom(updates());
        LoopbackClient ann = login("ann");
        assertThat(toldBeforeReply(ann, "roomJoin", ROOM)).containsExactly(event("roomUserJoined", ROOM, "ann"));
        ann.assertNothingMore();
    }

    @Test
    void aSecondConnectionOfTheUserHearsOfNoArrival() {
        startWithRoom(updates());
        LoopbackClient first = member("ann");
        LoopbackClient second = login("ann");
        takeNote(first);
        assertThat(toldBeforeReply(second, "roomJoin", ROOM)).isEmpty();
        assertThat(first.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, second.id(), 2));
        assertNothingMore(first, second);
    }

    @Test
    void aLeaverDoesNotHearOfItsOwnLeave() {
        startWithRoom(updates());
        LoopbackClient ann = member("ann");
        assertThat(toldBeforeReply(ann, "roomLeave", ROOM)).isEmpty();
        ann.assertNothingMore();
    }

    @Test
    void theUsersOtherConnectionInTheRoomHearsTheEchoOfALeaveThatIsNotTheLast() {
        startWithRoom(updates());
        LoopbackClient first = member("ann");
        LoopbackClient second = member("ann");
        takeNote(first);
        second.result("roomLeave", ROOM);
        assertThat(first.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, second.id(), 1));
        first.assertNothingMore();
    }

    @Test
    void theRoomHearsOfAUserWhoseLastConnectionEnds() {
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient first = member("ann");
        LoopbackClient second = member("ann");
        takeNote(bob);
        first.close();
        second.expect("socketDisconnectEcho");
        bob.assertNothingMore();
        second.close();
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        bob.assertNothingMore();
    }

    @Test
    void aRoomThatAnnouncesNobodyIsQuietAboutThoseWhoComeAndGo() {
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = login("ann");
        assertThat(toldBeforeReply(ann, "roomJoin", ROOM)).isEmpty();
        ann.result("roomLeave", ROOM);
        bob.assertNothingMore();
    }

    @Test
    void whatANewRoomAnnouncesIsAsTheServersOptionsHaveItUnlessTheRoomSaysOtherwise() {
        options.enableUserlistUpdates(true);
        startWithRoom(RoomSettings.builder().enableAccessListsUpdates(true));
        chat().rooms()
                .create(
                        "quiet",
                        RoomSettings.builder().enableUserlistUpdates(false).build());
        LoopbackClient ann = member("ann");
        ann.result("roomJoin", "quiet");
        assertThat(ann.request("roomNotificationsInfo", ROOM)).isEqualTo(done(announces(true, true)));
        assertThat(ann.request("roomNotificationsInfo", "quiet")).isEqualTo(done(announces(false, false)));
    }

    // Who is there

    @Test
    void theUserlistHoldsEachUserWithAMemberConnectionOnce() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient again = member("ann");
        LoopbackClient bob = member("bob");
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist")))
                .containsExactlyInAnyOrder(names("ann", "bob"));
        again.result("roomLeave", ROOM);
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist")))
                .containsExactlyInAnyOrder(names("ann", "bob"));
        ann.result("roomLeave", ROOM);
        assertThat(items(bob.result("roomGetAccessList", ROOM, "userlist"))).containsExactly(names("bob"));
    }

    @Test
    void theUserlistForgetsWhoseConnectionsEnded() {
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        ann.disconnect();
        bob.expect("roomUserLeft");
        assertThat(bob.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("bob")));
    }

    @Test
    void eachConnectionOfAUserIsListedWithItsRooms() {
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient two = member("ann");
        LoopbackClient one = member("ann");
        LoopbackClient none = login("ann");
        two.result("roomJoin", "other");
        login("bob").result("roomJoin", ROOM);
        var sockets = none.result("listOwnSockets");
        assertThat(fieldNames(sockets)).containsExactlyInAnyOrder(two.id(), one.id(), none.id());
        assertThat(items(Objects.requireNonNull(field(sockets, two.id()))))
                .containsExactlyInAnyOrder(names(ROOM, "other"));
        assertThat(field(sockets, one.id())).isEqualTo(Value.of(List.of(ROOM)));
        assertThat(field(sockets, none.id())).isEqualTo(Value.of(List.of()));
    }

    @Test
    void aUserIsSeenFromTheFirstJoinAndUntilTheLastLeave() {
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient first = member("ann");
        long joined = clock.millis();
        clock.advance(Duration.ofSeconds(1));
        LoopbackClient second = member("ann");
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(true, joined)));
        clock.advance(Duration.ofSeconds(1));
        first.result("roomLeave", ROOM);
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(true, joined)));
        clock.advance(Duration.ofSeconds(1));
        long left = clock.millis();
        second.result("roomLeave", ROOM);
        clock.advance(Duration.ofSeconds(1));
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(false, left)));
    }

    @Test
    void theEndOfAConnectionIsWhenItsUserWasSeen() {
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        clock.advance(Duration.ofSeconds(1));
        long ended = clock.millis();
        ann.disconnect();
        bob.expect("roomUserLeft");
        clock.advance(Duration.ofSeconds(1));
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(false, ended)));
    }

    @Test
    void aUserWhoWasNeverThereWasNeverSeen() {
        startWithRoom();
        LoopbackClient bob = member("bob");
        login("ann");
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(false, null)));
        assertThat(bob.request("roomUserSeen", ROOM, "nobody")).isEqualTo(done(seen(false, null)));
    }

    private static Value[] names(String... names) {
        return Arrays.stream(names).map(Value::of).toArray(Value[]::new);
    }

    private static Map<String, Object> announces(boolean userlist, boolean accessLists) {
        return Map.of("enableUserlistUpdates", userlist, "enableAccessListsUpdates", accessLists);
    }
}
