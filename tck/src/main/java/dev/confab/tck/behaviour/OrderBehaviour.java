package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.RoomSettings;
import dev.confab.protocol.Joined;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens in which order, and what waits for what. */
abstract class OrderBehaviour extends Behaviour {

    private final Gate gate = new Gate();

    @Test
    void commandsOfOneConnectionRunOneAfterTheOther() {
        server.before(RoomJoin.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = login("ann");
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        CompletableFuture<List<Value>> post = ann.send("roomMessage", ROOM, text("Hi"));
        CompletableFuture<List<Value>> leave = ann.send("roomLeave", ROOM);
        gate.awaitArrival();
        assertThat(post).isNotDone();
        gate.open();
        assertThat(leave).succeedsWithin(PATIENCE);
        assertThat(join).isCompletedWithValue(done(1));
        assertThat(post).isCompletedWithValue(done(1));
        assertThat(leave).isCompletedWithValue(done(0));
        assertThat(ann.heard())
                .endsWith(
                        new Heard.Reply(1, done(1)),
                        event("roomMessage", ROOM, message(1, "ann", "Hi")),
                        new Heard.Reply(2, done(1)),
                        new Heard.Reply(3, done(0)));
    }

    @Test
    void refusalsOfArgumentsWaitForTheirTurnToo() {
        server.before(RoomJoin.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = login("ann");
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        CompletableFuture<List<Value>> misfit = ann.send("roomJoin");
        CompletableFuture<List<Value>> unknown = ann.send("nothing");
        gate.awaitArrival();
        gate.open();
        assertThat(unknown).succeedsWithin(PATIENCE);
        assertThat(List.of(join, misfit)).allMatch(CompletableFuture::isDone);
        assertThat(ann.heard())
                .endsWith(
                        new Heard.Reply(1, done(1)),
                        new Heard.Reply(2, refused("Expected 1 arguments, got 0")),
                        new Heard.Reply(3, refused("No such command nothing")));
    }

    @Test
    void manyRequestsSentAtOnceAreAllAnsweredInOrder() {
        var ran = new AtomicInteger();
        options.commandQueueSize(4);
        server.before(RoomMessage.class, call -> {
            gate.pass();
            ran.incrementAndGet();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        var replies = new ArrayList<CompletableFuture<List<Value>>>();
        for (int i = 0; i < 100; i++) {
            replies.add(ann.send("roomMessage", ROOM, text("Hi")));
        }
        gate.awaitArrival();
        assertThat(ran).hasValue(0);
        gate.open();
        for (int i = 0; i < 100; i++) {
            assertThat(replies.get(i)).succeedsWithin(PATIENCE).isEqualTo(done(i + 1));
        }
    }

    @Test
    void aClientWhoseRequestsPileUpIsReadNoFurtherUntilThereIsRoom() {
        options.commandQueueSize(4);
        server.before(RoomMessage.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (int i = 0; i < 20; i++) {
            ann.emit("roomMessage", ROOM, text("Hi"));
        }
        gate.awaitArrival();
        assertThat(ann.unread()).isGreaterThanOrEqualTo(20 - 1 - 4);
        gate.open();
        ann.settle();
        assertThat(ann.unread()).isZero();
        assertThat(ann.events("roomMessage")).hasSize(20);
    }

    @Test
    void aClientWhoseRequestsAreHeavyIsReadNoFurtherEither() {
        options.commandQueueBytes(10_000);
        server.before(RoomMessage.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (int i = 0; i < 10; i++) {
            ann.emit("roomMessage", ROOM, text("x".repeat(5_000)));
        }
        gate.awaitArrival();
        assertThat(ann.unread()).isGreaterThanOrEqualTo(10 - 1 - 1);
        gate.open();
        ann.settle();
        assertThat(ann.events("roomMessage")).hasSize(10);
    }

    @Test
    void anUnknownRequestIsAnsweredIfAReplyIsWantedAndIgnoredIfNot() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("noSuchThing", 1, 2)).isEqualTo(refused("No such command noSuchThing"));
        ann.emit("noSuchThing", 1, 2);
        ann.settle();
        assertThat(ann.heard()).filteredOn(Heard.Reply.class::isInstance).hasSize(1);
        ann.assertNothingMore();
    }

    @Test
    void whatTheServerAsksNeverWaitsBehindAConnectionsRequests() {
        server.before(RoomMessage.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient ann = member("ann");
        CompletableFuture<List<Value>> post = ann.send("roomMessage", ROOM, text("Hi"));
        gate.awaitArrival();
        Joined joined = chat().asUser("ann").on(ann.id()).execute(RoomJoin.of("other"));
        assertThat(joined.connections()).isEqualTo(1);
        assertThat(post).isNotDone();
        gate.open();
        assertThat(post).succeedsWithin(PATIENCE).isEqualTo(done(1));
    }

    @Test
    void aHookMayAskAsItsOwnConnection() {
        server.before(RoomMessage.class, call -> {
            var self = call.chat()
                    .asUser(call.user().orElseThrow())
                    .on(call.connection().orElseThrow());
            self.execute(RoomJoin.of(call.command().room()));
            assertThat(self.execute(RoomHistoryInfo.of(ROOM)).lastMessageId()).isZero();
            return Before.proceed(call.command());
        });
        startWithRoom();
        assertThat(login("ann").request("roomMessage", ROOM, text("joined on the way")))
                .isEqualTo(done(1));
    }

    @Test
    void whatWasSentBeforeAGoodbyeStillHappens() {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        takeNote(bob);
        ann.emit("roomMessage", ROOM, text("one"));
        ann.emit("roomMessage", ROOM, text("two"));
        ann.drop();
        assertThat(bob.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(1, "ann", "one")));
        assertThat(bob.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(2, "ann", "two")));
        assertThat(bob.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "ann"));
    }

    @Test
    void whatACommandLeadsToIsToldBeforeItsReply() {
        startWithRoom(RoomSettings.builder()
                .owner("ann")
                .enableAccessListsUpdates(true)
                .enableUserlistUpdates(true));
        LoopbackClient ann = login("ann");
        assertThat(toldBeforeReply(ann, "roomJoin", ROOM)).hasSize(1);
        assertThat(toldBeforeReply(ann, "roomMessage", ROOM, text("Hi"))).hasSize(1);
        assertThat(toldBeforeReply(ann, "roomAddToList", ROOM, "whitelist", List.of("bob")))
                .hasSize(1);
        assertThat(toldBeforeReply(ann, "roomSetWhitelistMode", ROOM, true)).hasSize(1);
        ann.assertNothingMore();
    }

    @Test
    void commandsOfDifferentConnectionsOfOneUserDoNotWaitForEachOther() {
        server.before(RoomMessage.class, call -> {
            if ("slow".equals(call.command().body().text())) {
                gate.pass();
            }
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient first = member("ann");
        LoopbackClient second = login("ann");
        CompletableFuture<List<Value>> slow = first.send("roomMessage", ROOM, text("slow"));
        gate.awaitArrival();
        assertThat(second.request("roomMessage", ROOM, text("quick"))).isEqualTo(done(1));
        gate.open();
        assertThat(slow).succeedsWithin(PATIENCE).isEqualTo(done(2));
    }
}
