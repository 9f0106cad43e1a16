package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Joined;
import dev.confab.protocol.ListOwnConnections;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is left of a join, or of a message, that loses a race. */
abstract class RacesBehaviour extends Behaviour {

    private final Gate gate = new Gate();

    private static RoomSettings.Builder owned() {
        return RoomSettings.builder().owner("ann").enableUserlistUpdates(true);
    }

    // Before the act that makes a member

    @Test
    void aRoomDeletedBeforeAJoinIsStoredIsNoRoom() throws InterruptedException {
        FaultyStore store = faultyStore();
        startWithRoom(owned());
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.before(Op.JOIN).hold()) {
            join = bob.send("roomJoin", ROOM);
            hold.awaitHeld();
            chat().rooms().delete(ROOM);
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("No such room lobby"));
        assertIsNowhere(bob);
    }

    @Test
    void aBanBeforeAJoinIsStoredRefusesIt() throws InterruptedException {
        FaultyStore store = faultyStore();
        startWithRoom(owned());
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.before(Op.JOIN).hold()) {
            join = bob.send("roomJoin", ROOM);
            hold.awaitHeld();
            ban("bob");
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("Action is not allowed"));
        assertIsNowhere(bob);
    }

    @Test
    void whatIsSaidBeforeAJoinIsStoredIsNotHeard() throws InterruptedException {
        FaultyStore store = faultyStore();
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.before(Op.JOIN).hold()) {
            join = bob.send("roomJoin", ROOM);
            hold.awaitHeld();
            ann.result("roomMessage", ROOM, text("before"));
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        ann.result("roomMessage", ROOM, text("after"));
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(message(2, "ann", "after"));
        assertThat(bob.events("roomMessage")).hasSize(1);
    }

    // Behind it, and before the join is answered

    @Test
    void aRoomDeletedWhileAJoinIsUnderWayRefusesIt() throws InterruptedException {
        Hold deleted = faultyStore().after(Op.DELETE_ROOM).hold();
        server.onJoin(join -> gate.pass());
        startWithRoom(owned());
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM);
        gate.awaitArrival();
        CompletableFuture<Void> deletion =
                CompletableFuture.runAsync(() -> chat().rooms().delete(ROOM));
        deleted.awaitHeld();
        deleted.release();
        chat().rooms().create(ROOM, owned().build());
        gate.open();
        assertThat(join)
                .succeedsWithin(PATIENCE)
                .matches(reply -> !reply.getFirst().equals(Value.NULL));
        assertThat(deletion).succeedsWithin(PATIENCE);
        assertIsNowhere(bob);
        assertThat(chat().rooms().lists(ROOM, RoomList.USERLIST, "bob")).isFalse();
        assertHearsNothingOfTheRoom(bob);
    }

    @Test
    void aBanWhileAJoinIsUnderWayRefusesIt() throws InterruptedException {
        Hold banned = faultyStore().after(Op.CHANGE_LIST).hold();
        server.onJoin(join -> {
            if (join.user().equals("bob")) {
                gate.pass();
            }
        });
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM);
        gate.awaitArrival();
        CompletableFuture<List<Value>> ban = ann.send("roomAddToList", ROOM, "blacklist", List.of("bob"));
        banned.awaitHeld();
        banned.release();
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("Action is not allowed"));
        assertThat(ban).succeedsWithin(PATIENCE).isEqualTo(done(null));
        assertIsNowhere(bob);
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
        assertHearsNothingOfTheRoom(bob);
        assertThat(ann.takeAll())
                .doesNotContain(event("roomUserJoined", ROOM, "bob"), event("roomUserLeft", ROOM, "bob"));
    }

    @Test
    void aBanWhileTheAfterHooksOfAJoinRunRefusesIt() {
        server.after(RoomJoin.class, (call, outcome) -> {
            if (call.user().orElseThrow().equals("bob")) {
                gate.pass();
            }
            return outcome;
        });
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM);
        gate.awaitArrival();
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        gate.open();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("Action is not allowed"));
        assertIsNowhere(bob);
        assertHearsNothingOfTheRoom(bob);
        assertThat(ann.takeAll())
                .containsSubsequence(event("roomUserJoined", ROOM, "bob"), event("roomUserLeft", ROOM, "bob"));
    }

    @Test
    void aConnectionThatEndsWhileItsJoinIsUnderWayIsNoMember() {
        var ended = new CountDownLatch(1);
        server.onJoin(join -> {
            if (join.user().equals("bob")) {
                gate.pass();
            }
        });
        server.onDisconnect(disconnect -> ended.countDown());
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        bob.emit("roomJoin", ROOM);
        gate.awaitArrival();
        bob.drop();
        bob.awaitClosed();
        gate.open();
        await(ended);
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
    }

    @Test
    void aConnectionThatEndsBeforeTheServersJoinIsStoredIsNoMember() throws InterruptedException {
        var ended = new CountDownLatch(1);
        FaultyStore store = faultyStore();
        server.onDisconnect(disconnect -> ended.countDown());
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<Outcome<Joined>> join;
        try (Hold hold = store.before(Op.JOIN).hold()) {
            join = CompletableFuture.supplyAsync(
                    () -> chat().asUser("bob").on(bob.id()).call(RoomJoin.of(ROOM)));
            hold.awaitHeld();
            bob.drop();
            await(ended);
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(Outcome.failure(ChatError.invalidSocket(bob.id())));
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
    }

    @Test
    void aConnectionThatEndsBehindTheServersJoinHasLeft() throws InterruptedException {
        var ended = new CountDownLatch(1);
        FaultyStore store = faultyStore();
        server.onDisconnect(disconnect -> ended.countDown());
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<Outcome<Joined>> join;
        try (Hold hold = store.after(Op.JOIN).hold()) {
            join = CompletableFuture.supplyAsync(
                    () -> chat().asUser("bob").on(bob.id()).call(RoomJoin.of(ROOM)));
            hold.awaitHeld();
            bob.drop();
            bob.awaitClosed();
        }
        assertThat(join).succeedsWithin(PATIENCE);
        await(ended);
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
        assertThat(chat().asUser("bob").execute(ListOwnConnections.of())).isEmpty();
    }

    @Test
    void whatIsSaidWhileAJoinTakesLongAndCanNotWaitIsReadFromTheLog() {
        options.anyObject(true);
        server.onJoin(join -> {
            if (join.user().equals("bob")) {
                gate.pass();
            }
        });
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        bob.emit("roomJoin", ROOM);
        gate.awaitArrival();
        for (int i = 0; i < 5; i++) {
            ann.result("roomMessage", ROOM, Map.of("data", new byte[300_000]));
        }
        gate.open();
        for (long id = 1; id <= 5; id++) {
            assertThat(field(bob.expect("roomMessage").arg(1), "id")).isEqualTo(Value.of(id));
        }
        bob.settle();
        assertThat(bob.events("roomMessage")).hasSize(5);
        assertThat(ann.events("roomMessage")).hasSize(5);
    }

    @Test
    void aRefusedJoinCostsItsConnectionNothingLater() {
        options.anyObject(true);
        server.onJoin(join -> {
            if (join.user().equals("cat")) {
                throw new ChatException(ChatError.of("full"));
            }
        });
        startWithRoom(owned().blacklist("bob"));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        LoopbackClient cat = login("cat");
        bob.refusal("roomJoin", ROOM);
        cat.refusal("roomJoin", ROOM);
        for (int i = 0; i < 5; i++) {
            ann.result("roomMessage", ROOM, Map.of("data", new byte[300_000]));
        }
        assertNothingMore(bob, cat);
        assertThat(bob.closedReason()).isEmpty();
        assertThat(cat.closedReason()).isEmpty();
    }

    // Messages

    @Test
    void aMessageIsGuardedInTheActThatStoresIt() throws InterruptedException {
        FaultyStore store = faultyStore();
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        CompletableFuture<List<Value>> message;
        try (Hold hold = store.before(Op.APPEND).hold()) {
            message = bob.send("roomMessage", ROOM, text("too late"));
            hold.awaitHeld();
            ban("bob");
        }
        assertThat(message).succeedsWithin(PATIENCE).isEqualTo(refused("Not joined to room lobby"));
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
    }

    @Test
    void onceARemovalIsAnsweredNothingOfTheRemovedIsStoredWhateverWasUnderWay() {
        server.before(RoomMessage.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        CompletableFuture<List<Value>> message = bob.send("roomMessage", ROOM, text("too late"));
        gate.awaitArrival();
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        gate.open();
        assertThat(message).succeedsWithin(PATIENCE).isEqualTo(refused("Not joined to room lobby"));
    }

    @Test
    void aDeletedAndRecreatedRoomHasNoMemberOfTheOldOne() {
        startWithRoom(owned());
        LoopbackClient bob = member("bob");
        chat().rooms().delete(ROOM);
        chat().rooms().create(ROOM, owned().build());
        assertThat(bob.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Not joined to room lobby"));
        assertHearsNothingOfTheRoom(bob);
        assertThat(bob.request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    // Logins

    @Test
    void aUserDeletedWhileLoggingInAgainIsCreatedAnew() throws InterruptedException {
        var ended = new CountDownLatch(1);
        FaultyStore store = faultyStore();
        server.onDisconnect(disconnect -> ended.countDown());
        start();
        login("ann").close();
        await(ended);
        LoopbackClient ann;
        try (Hold hold = store.before(Op.CONNECT).hold()) {
            ann = net.connect(Map.of("user", "ann"));
            hold.awaitHeld();
            chat().users().delete("ann");
        }
        ann.expect("loginConfirmed");
        assertThat(ann.request("listOwnSockets")).isEqualTo(done(Map.of(ann.id(), List.of())));
    }

    private void ban(String user) {
        chat().asServer().execute(RoomAddToList.of(ROOM, RoomList.BLACKLIST, user));
    }

    private static void assertIsNowhere(LoopbackClient client) {
        assertThat(client.request("listOwnSockets")).isEqualTo(done(Map.of(client.id(), List.of())));
        assertThat(client.request("roomMessage", ROOM, text("Hi")).getFirst()).isNotEqualTo(Value.NULL);
    }

    private void assertHearsNothingOfTheRoom(LoopbackClient client) {
        client.takeAll();
        chat().rooms().emit(ROOM, "anything");
        chat().asServer().execute(RoomMessage.of(ROOM, Body.text("anything")));
        client.assertNothingMore();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aJoinDuringWhichTheRoomIsMadeAnewHearsTheNewOne() throws Exception {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("old 1"));
        ann.result("roomMessage", ROOM, text("old 2"));
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.before(Op.JOIN).hold()) {
            join = bob.send("roomJoin", ROOM);
            hold.awaitHeld();
            ann.result("roomMessage", ROOM, text("old 3"));
            chat().rooms().delete(ROOM);
            chat().rooms().create(ROOM, RoomSettings.DEFAULT);
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        bob.result("roomMessage", ROOM, text("new"));
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(message(1, "bob", "new"));
    }

    @Test
    void ofTwoJoinsOfOneConnectionNoneLosesWhatWasSaidBetween() throws Exception {
        server.after(RoomJoin.class, (call, outcome) -> {
            if (!call.isServerSide() && call.user().orElse("").equals("bob")) {
                gate.pass();
            }
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> first = bob.send("roomJoin", ROOM);
        gate.awaitArrival();
        ann.result("roomMessage", ROOM, text("between"));
        chat().asUser("bob").on(bob.id()).execute(RoomJoin.of(ROOM));
        gate.open();
        assertThat(first).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(message(1, "ann", "between"));
    }
}
