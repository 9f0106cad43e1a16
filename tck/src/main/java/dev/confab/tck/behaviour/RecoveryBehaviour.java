package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ConfabListener;
import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.ListOwnConnections;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomList;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told when a store or a door fails half-way, and how presence is repaired. */
abstract class RecoveryBehaviour extends Behaviour {

    private final BlockingQueue<ConfabListener.Inconsistency> ofTheStore = new LinkedBlockingQueue<>();
    private final BlockingQueue<ConfabListener.Inconsistency> ofTheDoor = new LinkedBlockingQueue<>();
    private FaultyStore store;

    @BeforeEach
    void listen() {
        store = faultyStore();
        server.listener(new ConfabListener() {
            @Override
            public void storeInconsistent(Throwable cause, Inconsistency where) {
                assertThat(cause).hasMessageContaining("the store is down");
                ofTheStore.add(where);
            }

            @Override
            public void transportInconsistent(Throwable cause, Inconsistency where) {
                ofTheDoor.add(where);
            }
        });
    }

    @Test
    void aRefusedJoinThatCannotBeTakenBackIsReportedAndTheRoomCanBeRepaired() throws InterruptedException {
        server.onJoin(join -> {
            if (join.user().equals("ann")) {
                throw new ChatException(ChatError.of("full"));
            }
        });
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = login("ann");
        store.before(Op.UNDO_JOIN).failOnce(down());
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("full"));
        assertReported(ConfabListener.Kind.USER_ROOMS, "ann", ROOM, ann.id());
        bob.result("roomMessage", ROOM, text("Hi"));
        ann.assertNothingMore();
        assertThat(isThere("ann")).isTrue();
        chat().recovery().syncRoom(ROOM);
        assertThat(isThere("ann")).isFalse();
        assertThat(isThere("bob")).isTrue();
    }

    @Test
    void aLeaveThatTheStoreFailsIsReportedAndTheClientHasLeft() throws InterruptedException {
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        store.before(Op.LEAVE).failOnce(down());
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(done(0));
        assertReported(ConfabListener.Kind.ROOM_USERLIST, "ann", ROOM, ann.id());
        bob.result("roomMessage", ROOM, text("Hi"));
        ann.assertNothingMore();
        assertThat(isThere("ann")).isTrue();
        chat().recovery().syncRoom(ROOM);
        assertThat(isThere("ann")).isFalse();
        assertThat(isThere("bob")).isTrue();
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    @Test
    void aJoinThatOthersCannotBeToldOfIsReportedAndIsAJoin() throws InterruptedException {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient aside = login("ann");
        LoopbackClient ann = login("ann");
        takeNote(aside, ann);
        store.before(Op.NOTIFY).failOnce(down());
        assertThat(toldBeforeReply(ann, "roomJoin", ROOM)).containsExactly(event("roomUserJoined", ROOM, "ann"));
        assertReported(ConfabListener.Kind.ROOM_USERLIST, "ann", ROOM, ann.id());
        assertThat(aside.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, ann.id(), 1));
        assertThat(isThere("ann")).isTrue();
        bob.result("roomMessage", ROOM, text("Hi"));
        assertThat(ann.nextEvent().name()).isEqualTo("roomMessage");
    }

    @Test
    void aLeaveThatItsUserCannotBeToldOfIsReportedAndOthersAreTold() throws InterruptedException {
        var left = new LinkedBlockingQueue<String>();
        server.onLeave(leave -> left.add(leave.user()));
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        takeNote(bob);
        store.before(Op.TELL).failOnce(down());
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(done(0));
        assertReported(ConfabListener.Kind.ROOM_USERLIST, "ann", ROOM, ann.id());
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        assertThat(left.poll(10, TimeUnit.SECONDS)).isEqualTo("ann");
        assertThat(isThere("ann")).isFalse();
    }

    @Test
    void anEndThatItsUserCannotBeToldOfIsReportedAndItsHookRuns() throws InterruptedException {
        var gone = new LinkedBlockingQueue<String>();
        server.onDisconnect(disconnect -> gone.add(disconnect.user()));
        startWithRoom();
        LoopbackClient ann = login("ann");
        store.before(Op.TELL).failOnce(down());
        ann.disconnect();
        assertReported(ConfabListener.Kind.USER_CONNECTIONS, "ann", null, ann.id());
        assertThat(gone.poll(10, TimeUnit.SECONDS)).isEqualTo("ann");
        LoopbackClient back = login("ann");
        assertThat(back.request("listOwnSockets")).isEqualTo(done(Map.of(back.id(), List.of())));
    }

    @Test
    void anEndThatTheStoreFailsIsReportedAndTheUserCanBeRepaired() throws InterruptedException {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        takeNote(bob);
        store.before(Op.DISCONNECT).failOnce(down());
        ann.disconnect();
        assertReported(ConfabListener.Kind.USER_CONNECTIONS, "ann", null, ann.id());
        LoopbackClient back = login("ann");
        assertThat(back.request("listOwnSockets"))
                .isEqualTo(done(Map.of(ann.id(), List.of(ROOM), back.id(), List.of())));
        bob.assertNothingMore();
        chat().recovery().syncUser("ann");
        assertThat(back.request("listOwnSockets")).isEqualTo(done(Map.of(back.id(), List.of())));
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        assertThat(isThere("ann")).isFalse();
    }

    @Test
    void anEndThatCannotLeaveItsRoomIsReportedAndTheRoomCanBeRepaired() throws InterruptedException {
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        store.before(Op.LEAVE).failOnce(down());
        ann.disconnect();
        assertReported(ConfabListener.Kind.ROOM_USERLIST, "ann", ROOM, ann.id());
        assertThat(isThere("ann")).isTrue();
        chat().recovery().syncRoom(ROOM);
        assertThat(isThere("ann")).isFalse();
        assertThat(bob.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("bob")));
    }

    @Test
    void aBanWhoseFollowUpFailsIsReportedAndTheBannedAreOutAllTheSame() throws InterruptedException {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        store.before(Op.RESERVE).failOnce(down());
        assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of("bob")))
                .isEqualTo(done(null));
        assertReported(ConfabListener.Kind.ROOM_USERLIST, "bob", ROOM, null);
        assertThat(isThere("bob")).isFalse();
        assertThat(bob.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Not joined to room lobby"));
        ann.result("roomMessage", ROOM, text("Hi"));
        bob.assertNothingMore();
    }

    @Test
    void aConnectionThatItsDoorCannotMakeHearTheRoomEndsAndIsReported() throws InterruptedException {
        LoopbackTransport deaf = door(ErrorFormat.TEXT);
        server.door(new DeafDoor(deaf));
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = deaf.login("ann");
        ann.emit("roomJoin", ROOM);
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(ofTheDoor.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(
                        new ConfabListener.Inconsistency(ConfabListener.Kind.TRANSPORT_CHANNEL, "ann", ROOM, ann.id()));
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserJoined", ROOM, "ann"));
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        assertThat(bob.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
        bob.expect("roomMessage");
    }

    @Test
    void theConnectionsOfANodeThatIsGoneAreDropped() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().recovery().recoverNode("another node");
        assertThat(ann.request("listOwnSockets")).isEqualTo(done(Map.of(ann.id(), List.of(ROOM))));
        chat().recovery().recoverNode(chat().node());
        assertThat(chat().asUser("ann").execute(ListOwnConnections.of())).isEmpty();
        assertThat(isThere("ann")).isFalse();
    }

    @Test
    void whereNothingIsWrongRepairsChangeNothing() {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        takeNote(bob);
        chat().recovery().syncUser("ann");
        chat().recovery().syncRoom(ROOM);
        chat().recovery().syncUser("nobody");
        assertThat(ann.request("listOwnSockets")).isEqualTo(done(Map.of(ann.id(), List.of(ROOM))));
        bob.result("roomMessage", ROOM, text("Hi"));
        assertThat(ann.nextEvent().name()).isEqualTo("roomMessage");
        assertThat(bob.nextEvent().name()).isEqualTo("roomMessage");
        assertNothingMore(ann, bob);
    }

    @Test
    void whatGoesWellIsNotReported() {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        member("ann");
        member("bob").close();
        LoopbackClient cat = member("cat");
        chat().asServer().execute(RoomAddToList.of(ROOM, RoomList.BLACKLIST, "cat"));
        cat.refusal("roomJoin", ROOM);
        chat().rooms().delete(ROOM);
        chat().close();
        assertThat(ofTheStore).isEmpty();
        assertThat(ofTheDoor).isEmpty();
    }

    private boolean isThere(String user) {
        return chat().rooms().lists(ROOM, RoomList.USERLIST, user);
    }

    private void assertReported(
            ConfabListener.Kind kind, String user, @Nullable String room, @Nullable String connection)
            throws InterruptedException {
        assertThat(ofTheStore.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new ConfabListener.Inconsistency(kind, user, room, connection));
    }
}
