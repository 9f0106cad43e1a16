package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.Closing;
import dev.confab.Confab;
import dev.confab.ConfabListener;
import dev.confab.Disconnect;
import dev.confab.Join;
import dev.confab.Leave;
import dev.confab.RoomSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomLeave;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Code of the embedder's at the turns of life: start and close, join and leave, disconnect. */
abstract class LifecycleBehaviour extends Behaviour {

    private final BlockingQueue<Object> journal = new LinkedBlockingQueue<>();
    private final Gate gate = new Gate();

    private static RoomSettings.Builder updates() {
        return RoomSettings.builder().enableUserlistUpdates(true);
    }

    // Start and close

    @Test
    void theStartHookPreparesRoomsBeforeTheServerIsReady() {
        server.onStart(chat -> {
            chat.rooms().create(ROOM, RoomSettings.DEFAULT);
            journal.add("start");
        });
        server.listener(new ConfabListener() {
            @Override
            public void ready(Confab chat) {
                journal.add("ready");
            }
        });
        start();
        assertThat(journal).containsExactly("start", "ready");
        assertThat(login("ann").request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    @Test
    void whileTheStartHookRunsNobodyGetsIn() {
        server.onStart(chat -> {
            assertThatThrownBy(() -> net.connect(Map.of("user", "ann"))).isInstanceOf(IllegalStateException.class);
            journal.add("checked");
        });
        start();
        assertThat(journal).containsExactly("checked");
    }

    @Test
    void theCloseHookFindsTheDoorsClosedAndTheStoreOpen() {
        server.onClose((Closing closing) -> {
            journal.add(closing.cause() == null ? "well" : closing.cause());
            journal.add(closing.chat().rooms().exists(ROOM));
            journal.add(closing.chat().connections().users().isEmpty());
        });
        startWithRoom();
        member("ann");
        chat().close();
        assertThat(journal).containsExactly("well", true, true);
    }

    // Join

    @Test
    void theJoinHookKnowsWhoJoinsWhatAndHow() {
        server.onJoin(journal::add);
        startWithRoom();
        LoopbackClient first = member("ann");
        LoopbackClient second = member("ann");
        assertThat(journal)
                .containsExactly(
                        new Join(chat(), "ann", ROOM, first.id(), 1), new Join(chat(), "ann", ROOM, second.id(), 2));
    }

    @Test
    void theJoinHookRunsForNewMembershipsOnly() {
        server.onJoin(journal::add);
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomJoin", ROOM);
        assertThat(journal).hasSize(1);
    }

    @Test
    void whileTheJoinHookRunsTheMembershipIsStoredAndNobodyHasHeardOfIt() {
        server.onJoin(this::annWaits);
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient aside = login("ann");
        LoopbackClient ann = login("ann");
        takeNote(bob, aside);
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        gate.awaitArrival();
        assertThat(chat().rooms().lists(ROOM, RoomList.USERLIST, "ann")).isTrue();
        assertThat(join).isNotDone();
        assertNothingMore(bob, aside);
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserJoined", ROOM, "ann"));
        assertThat(aside.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, ann.id(), 1));
    }

    @Test
    void whatIsSaidWhileAJoinIsUnderWayIsHeardOnceAndBehindItsReply() {
        server.onJoin(this::annWaits);
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = login("ann");
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        gate.awaitArrival();
        bob.result("roomMessage", ROOM, text("one"));
        chat().rooms().emit(ROOM, "news");
        bob.result("roomMessage", ROOM, text("two"));
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE);
        bob.result("roomMessage", ROOM, text("three"));
        ann.settle();
        assertThat(ann.heard().subList(1, ann.heard().size()))
                .containsExactly(
                        new Heard.Reply(1, done(1)),
                        event("roomMessage", ROOM, message(1, "bob", "one")),
                        event("news"),
                        event("roomMessage", ROOM, message(2, "bob", "two")),
                        event("roomMessage", ROOM, message(3, "bob", "three")));
    }

    @Test
    void aJoinThatItsHookRefusesLeavesNothingBehind() {
        server.onJoin(join -> {
            if (join.user().equals("ann")) {
                throw new ChatException(ChatError.of("full"));
            }
        });
        server.onLeave(journal::add);
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient aside = login("ann");
        LoopbackClient ann = login("ann");
        takeNote(bob, aside);
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("full"));
        assertThat(bob.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("bob")));
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen(false, null)));
        assertThat(ann.request("listOwnSockets")).isEqualTo(done(Map.of(ann.id(), List.of(), aside.id(), List.of())));
        bob.result("roomMessage", ROOM, text("Hi"));
        bob.expect("roomMessage");
        assertNothingMore(bob, aside, ann);
        assertThat(journal).isEmpty();
    }

    @Test
    void aRefusedJoinLeavesWhenTheUserWasSeenAsItWas() {
        server.onJoin(join -> {
            if (join.connections() > 1 || clock.instant().getEpochSecond() % 2 == 1) {
                throw new ChatException(ChatError.of("full"));
            }
        });
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        ann.result("roomLeave", ROOM);
        Value seen = bob.result("roomUserSeen", ROOM, "ann");
        clock.advance(Duration.ofSeconds(1));
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("full"));
        assertThat(bob.request("roomUserSeen", ROOM, "ann")).isEqualTo(done(seen));
    }

    @Test
    void aRefusedSecondJoinLeavesTheFirstOneInPeace() {
        server.onJoin(join -> {
            if (join.connections() > 1) {
                throw new ChatException(ChatError.of("one is enough"));
            }
        });
        startWithRoom(updates());
        LoopbackClient first = member("ann");
        LoopbackClient second = login("ann");
        takeNote(first);
        assertThat(second.request("roomJoin", ROOM)).isEqualTo(refused("one is enough"));
        first.assertNothingMore();
        assertThat(first.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
        first.expect("roomMessage");
        second.assertNothingMore();
    }

    @Test
    void aJoinHookThatTakesLongIsReportedAndTheJoinGoesWell() throws InterruptedException {
        options.lockLease(Duration.ofSeconds(5));
        server.onJoin(join -> clock.advance(Duration.ofSeconds(6)));
        server.listener(new ConfabListener() {
            @Override
            public void lockTimeExceeded(String user, String room) {
                journal.add(user + " in " + room);
            }
        });
        startWithRoom();
        assertThat(login("ann").request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(journal.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ann in lobby");
    }

    @Test
    void joinsAndLeavesOfOneUserInOneRoomTakeTurns() {
        server.onJoin(this::annWaits);
        startWithRoom();
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        CompletableFuture<List<Value>> join = first.send("roomJoin", ROOM);
        gate.awaitArrival();
        CompletableFuture<List<Value>> leave = second.send("roomLeave", ROOM);
        LoopbackClient bob = login("bob");
        bob.result("roomLeave", ROOM);
        assertThat(leave).isNotDone();
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(leave).succeedsWithin(PATIENCE).isEqualTo(done(1));
    }

    @Test
    void whoWaitsTooLongForATurnIsAnsweredTimeout() {
        options.lockPatience(Duration.ofMillis(20));
        server.onJoin(this::annWaits);
        startWithRoom();
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        CompletableFuture<List<Value>> join = first.send("roomJoin", ROOM);
        gate.awaitArrival();
        assertThat(second.request("roomJoin", ROOM)).isEqualTo(refused("Server operation timeout"));
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(second.request("roomJoin", ROOM)).isEqualTo(done(2));
    }

    @Test
    void joiningOrLeavingTheSameInsideItsOwnHookThrowsAtOnce() {
        server.onJoin(join -> {
            var self = join.chat().asUser(join.user()).on(join.connection());
            journal.add(thrownBy(() -> self.execute(RoomJoin.of(join.room()))));
            journal.add(thrownBy(() -> self.execute(RoomLeave.of(join.room()))));
        });
        server.onLeave(leave -> {
            var self = leave.chat().asUser(leave.user()).on(leave.connection());
            journal.add(thrownBy(() -> self.execute(RoomJoin.of(leave.room()))));
        });
        startWithRoom();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(done(0));
        assertThat(journal).hasSize(3).allMatch(IllegalStateException.class::isInstance);
    }

    @Test
    void theJoinHookMayJoinOtherRooms() {
        server.onJoin(join -> {
            if (join.room().equals(ROOM)) {
                join.chat().asUser(join.user()).on(join.connection()).execute(RoomJoin.of("other"));
            }
        });
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(items(Objects.requireNonNull(field(ann.result("listOwnSockets"), ann.id()))))
                .containsExactlyInAnyOrder(Value.of(ROOM), Value.of("other"));
    }

    // Leave

    @Test
    void theLeaveHookRunsWhenTheOthersHaveHeardAndBeforeTheReply() {
        server.onLeave(leave -> {
            journal.add(leave);
            gate.pass();
        });
        startWithRoom(updates());
        LoopbackClient bob = member("bob");
        LoopbackClient aside = login("ann");
        LoopbackClient ann = member("ann");
        takeNote(bob, aside);
        CompletableFuture<List<Value>> leaving = ann.send("roomLeave", ROOM);
        gate.awaitArrival();
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
        assertThat(aside.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ann.id(), 0));
        assertThat(leaving).isNotDone();
        gate.open();
        assertThat(leaving).succeedsWithin(PATIENCE).isEqualTo(done(0));
        assertThat(journal).containsExactly(new Leave(chat(), "ann", ROOM, ann.id(), 0));
    }

    @Test
    void theLeaveHookDoesNotRunForWhatWasNotJoined() {
        server.onLeave(journal::add);
        startWithRoom();
        login("ann").result("roomLeave", ROOM);
        assertThat(journal).isEmpty();
    }

    @Test
    void aFailingLeaveHookChangesNothing() {
        server.onLeave(leave -> {
            throw new IllegalStateException("nobody hears this");
        });
        server.onLeave(journal::add);
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomLeave", ROOM)).isEqualTo(done(0));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Not joined to room lobby"));
        assertThat(journal).hasSize(1);
    }

    @Test
    void theLeaveHookRunsForAConnectionThatEndsBeforeTheEcho() {
        server.onLeave(leave -> {
            journal.add(leave);
            gate.pass();
        });
        startWithRoom();
        LoopbackClient stays = member("ann");
        LoopbackClient ends = member("ann");
        takeNote(stays);
        ends.disconnect();
        gate.awaitArrival();
        stays.assertNothingMore();
        gate.open();
        assertThat(stays.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ends.id(), 1));
        assertThat(journal).containsExactly(new Leave(chat(), "ann", ROOM, ends.id(), 1));
    }

    @Test
    void theLeaveHookRunsForEachConnectionOfARemovedUserBeforeTheUserIsTold() {
        server.onLeave(leave -> {
            journal.add(leave);
            gate.pass();
        });
        startWithRoom(updates().owner("ann"));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        LoopbackClient again = member("bob");
        takeNote(ann, bob, again);
        CompletableFuture<List<Value>> ban = ann.send("roomAddToList", ROOM, "blacklist", List.of("bob"));
        gate.awaitArrival();
        assertNothingMore(bob, again);
        gate.open();
        assertThat(bob.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        assertThat(ban).succeedsWithin(PATIENCE);
        assertThat(journal)
                .containsExactlyInAnyOrder(
                        new Leave(chat(), "bob", ROOM, bob.id(), 0), new Leave(chat(), "bob", ROOM, again.id(), 0));
    }

    @Test
    void theLeaveHookRunsForEveryMemberOfADeletedRoom() {
        options.enableRoomsManagement(true);
        server.onLeave(journal::add);
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        ann.result("roomDelete", ROOM);
        assertThat(journal)
                .containsExactlyInAnyOrder(
                        new Leave(chat(), "ann", ROOM, ann.id(), 0), new Leave(chat(), "bob", ROOM, bob.id(), 0));
    }

    // Disconnect

    @Test
    void theDisconnectHookRunsLastAndKnowsWhatTheConnectionHad() throws InterruptedException {
        server.onDisconnect(journal::add);
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient stays = member("ann");
        LoopbackClient ends = member("ann");
        ends.result("roomJoin", "other");
        takeNote(stays);
        ends.disconnect();
        assertThat(journal.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo(new Disconnect(chat(), "ann", ends.id(), 1, Map.of(ROOM, 1, "other", 0)));
        assertThat(stays.takeAll())
                .containsExactlyInAnyOrder(
                        event("roomLeftEcho", ROOM, ends.id(), 1),
                        event("roomLeftEcho", "other", ends.id(), 0),
                        event("socketDisconnectEcho", ends.id(), 1))
                .last()
                .isEqualTo(event("socketDisconnectEcho", ends.id(), 1));
    }

    @Test
    void theDisconnectHookRunsForAllWhenTheServerCloses() {
        server.onDisconnect(journal::add);
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().close();
        assertThat(journal).containsExactly(new Disconnect(chat(), "ann", ann.id(), 0, Map.of(ROOM, 0)));
    }

    @Test
    void theDisconnectHookDoesNotRunForOneWhoNeverLoggedIn() {
        server.onDisconnect(journal::add);
        start();
        net.connect(Map.of()).awaitClosed();
        chat().close();
        assertThat(journal).isEmpty();
    }

    private void annWaits(Join join) {
        if (join.user().equals("ann")) {
            gate.pass();
        }
    }

    private static Object thrownBy(Runnable action) {
        try {
            action.run();
            return "nothing";
        } catch (RuntimeException e) {
            return e;
        }
    }
}
