package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.Joined;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Position;
import dev.confab.protocol.Replay;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Heard;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins with a position: what was missed comes first, and the reply says whether it was all. */
abstract class ResumeBehaviour extends Behaviour {

    /** The room's position; its epoch is the store's choice. */
    private Position head() {
        return chat().asServer()
                .bypassingPermissions()
                .execute(RoomHistoryInfo.of(ROOM))
                .position();
    }

    private void say(LoopbackClient author, int messages) {
        for (int i = 0; i < messages; i++) {
            author.result("roomMessage", ROOM, text("one of many"));
        }
    }

    private static Map<String, @Nullable Object> since(@Nullable Position position) {
        var extra = new HashMap<String, @Nullable Object>();
        extra.put("since", position == null ? null : Map.of("epoch", position.epoch(), "id", position.id()));
        return extra;
    }

    private Value brought(long first, long last, boolean recovered, int missed) {
        return Value.Obj.builder()
                .put("epoch", Value.of(head().epoch()))
                .put("firstMessageId", Value.of(first))
                .put("lastMessageId", Value.of(last))
                .put("recovered", Value.of(recovered))
                .put("missed", Value.of(missed))
                .build();
    }

    private static List<Long> idsHeard(List<? extends Heard> heard) {
        return heard.stream()
                .filter(one -> one instanceof Heard.Event event && event.name().equals("roomMessage"))
                .map(one -> ((Value.Num) Objects.requireNonNull(field(((Heard.Event) one).arg(1), "id"))).asLong())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void whatWasMissedComesInOrderBeforeTheReplyAndWhatIsNewBehindIt() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 5);
        LoopbackClient bob = login("bob");
        List<Value> reply = bob.request("roomJoin", ROOM, since(head().at(2)));
        assertThat(reply).isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 5, true, 3)));
        say(ann, 1);
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(message(3, "ann", "one of many"));
        bob.settle();
        List<Heard> heard = bob.heard();
        int replied = heard.indexOf(new Heard.Reply(1, reply));
        assertThat(idsHeard(heard.subList(0, replied))).isEqualTo(range(3, 5));
        assertThat(idsHeard(heard.subList(replied, heard.size()))).isEqualTo(range(6, 6));
    }

    @Test
    void aJoinWithoutAPositionIsAnsweredAsEver() {
        startWithRoom();
        say(member("ann"), 2);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM)).isEqualTo(done(1));
        bob.result("roomLeave", ROOM);
        assertThat(bob.request("roomJoin", ROOM, Map.of("other", 1))).isEqualTo(done(1));
        bob.result("roomLeave", ROOM);
        assertThat(bob.request("roomJoin", ROOM, "more", since(head().at(0)))).isEqualTo(done(1));
        bob.result("roomLeave", ROOM);
        var two = new HashMap<>(since(head().at(0)));
        two.put("other", 1);
        assertThat(bob.request("roomJoin", ROOM, two)).isEqualTo(done(1));
        assertThat(bob.events("roomMessage")).isEmpty();
    }

    @Test
    void nullAsksForThePositionAlone() {
        startWithRoom();
        say(member("ann"), 2);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(null)))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, false, 0)));
        assertThat(bob.events("roomMessage")).isEmpty();
    }

    @Test
    void theHeadIsRecoveredEvenWhereNothingIsKept() {
        startWithRoom(RoomSettings.builder().historyMaxSize(0));
        say(member("ann"), 2);
        assertThat(login("bob").request("roomJoin", ROOM, since(head())))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(3, 2, true, 0)));
        assertThat(login("cid").request("roomJoin", ROOM, since(head().at(1))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(3, 2, false, 0)));
    }

    @Test
    void whatIsLeftOfATrimmedLogIsBroughtAndNotCalledRecovered() {
        startWithRoom(RoomSettings.builder().historyMaxSize(3));
        say(member("ann"), 10);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(head().at(6))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(8, 10, false, 3)));
        assertThat(idsHeard(bob.events())).isEqualTo(range(8, 10));
        LoopbackClient cid = login("cid");
        assertThat(cid.request("roomJoin", ROOM, since(head().at(7))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(8, 10, true, 3)));
    }

    @Test
    void aPositionOfAnotherLogOrAheadOfTheHeadBringsNothing() {
        startWithRoom();
        say(member("ann"), 2);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(new Position("another", 1))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, false, 0)));
        assertThat(login("cid").request("roomJoin", ROOM, since(head().at(3))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, false, 0)));
        assertThat(bob.events("roomMessage")).isEmpty();
    }

    @Test
    void aReplayIsCappedAtTheNewest() {
        options.replayMaxMessages(4);
        startWithRoom();
        say(member("ann"), 10);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(head().at(5))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 10, false, 4)));
        assertThat(idsHeard(bob.events())).isEqualTo(range(7, 10));
    }

    @Test
    void aReplayOfManyPagesIsComplete() {
        startWithRoom();
        say(member("ann"), 950);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(head().at(0))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 950, true, 950)));
        assertThat(idsHeard(bob.events())).isEqualTo(range(1, 950));
    }

    @Test
    void whereHistoryIsOffNothingIsReplayed() {
        options.historyMaxGetMessages(0);
        startWithRoom();
        say(member("ann"), 2);
        LoopbackClient bob = login("bob");
        assertThat(bob.request("roomJoin", ROOM, since(head().at(1))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, false, 0)));
        assertThat(login("cid").request("roomJoin", ROOM, since(head())))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, true, 0)));
        assertThat(bob.events("roomMessage")).isEmpty();
    }

    @Test
    void whoIsAMemberAlreadyLearnsThePositionAndHearsNothingAgain() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        ann.takeAll();
        assertThat(ann.request("roomJoin", ROOM, since(head().at(1))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, false, 0)));
        ann.assertNothingMore();
    }

    @Test
    void whatIsNoPositionIsRefused() {
        startWithRoom();
        LoopbackClient bob = login("bob");
        for (Object bad : Arrays.asList(
                "x",
                5,
                true,
                List.of(),
                Map.of(),
                Map.of("epoch", "e"),
                Map.of("id", 1),
                Map.of("epoch", "e", "id", -1),
                Map.of("epoch", "e", "id", 1.5),
                Map.of("epoch", "e", "id", 1e300),
                Map.of("epoch", "e", "id", "1"),
                Map.of("epoch", 1, "id", 1),
                Map.of("epoch", "e", "id", 1, "more", 1))) {
            assertThat(bob.refusal("roomJoin", ROOM, Map.of("since", bad)).toString())
                    .contains("argument at position 1");
        }
        assertThat(bob.refusal("roomMessage", ROOM, text("am I in?"))).isEqualTo(error("Not joined to room lobby"));
    }

    @Test
    void hooksSeeThePositionAndMayChangeOrClearIt() {
        server.before(RoomJoin.class, call -> {
            assertThat(call.rest()).hasSize(1);
            RoomJoin join = call.command();
            return Before.proceed(
                    call.user().orElse("").equals("bob")
                            ? RoomJoin.of(join.room())
                            : RoomJoin.since(
                                    join.room(),
                                    Objects.requireNonNull(Objects.requireNonNull(join.resume())
                                                    .since())
                                            .at(1)));
        });
        startWithRoom();
        LoopbackClient ann = login("ann");
        chat().asServer().bypassingPermissions().execute(RoomMessage.of(ROOM, Body.text("one")));
        chat().asServer().bypassingPermissions().execute(RoomMessage.of(ROOM, Body.text("two")));
        assertThat(login("bob").request("roomJoin", ROOM, since(head().at(0)))).isEqualTo(done(1));
        assertThat(ann.request("roomJoin", ROOM, since(head().at(0))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, true, 1)));
    }

    @Test
    void whileALongReplayRunsOnlyItsReplyWaits() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        bob.stopReading();
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM, since(head().at(0)));
        CompletableFuture<List<Value>> post = bob.send("roomMessage", ROOM, text("meanwhile"));
        ann.expect("roomMessage");
        Heard.Event heard = ann.expect("roomMessage");
        while (!Value.of("bob").equals(field(heard.arg(1), "author"))) {
            heard = ann.expect("roomMessage");
        }
        assertThat(join).isNotDone();
        bob.readAgain();
        assertThat(join)
                .succeedsWithin(PATIENCE)
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 300, true, 300)));
        assertThat(post).succeedsWithin(PATIENCE).isEqualTo(done(301));
        bob.settle();
        List<Heard> all = bob.heard();
        int joined = all.indexOf(new Heard.Reply(1, join.join()));
        assertThat(idsHeard(all.subList(0, joined))).isEqualTo(range(1, 300));
        assertThat(idsHeard(all.subList(joined, all.size()))).isEqualTo(range(301, 301));
    }

    @Test
    void whoLosesAccessDuringTheReplayIsToldAndHearsNothingMore() {
        startWithRoom(RoomSettings.builder().owner("ann").enableUserlistUpdates(true));
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        bob.stopReading();
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM, since(head().at(0)));
        ann.expect("roomUserJoined");
        ann.takeAll();
        bob.emit("roomMessage", ROOM, text("Behind the join, which waits for its replay by now"));
        ann.expect("roomMessage");
        chat().asUser("ann").execute(new RoomAddToList(ROOM, "blacklist", List.of("bob")));
        say(ann, 3);
        bob.readAgain();
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("Action is not allowed"));
        bob.settle();
        List<Heard> heard = bob.heard();
        int removed = heard.indexOf(event("roomAccessRemoved", ROOM));
        assertThat(heard.indexOf(new Heard.Reply(1, join.join()))).isGreaterThan(removed);
        assertThat(idsHeard(heard.subList(removed, heard.size()))).isEmpty();
    }

    @Test
    void aJoinWhoseMembershipHasEndedIsRefusedWhereItsConnectionIsAMemberAgain() throws Exception {
        var gate = new Gate();
        var first = new CompletableFuture<String>();
        server.onLeave(leave -> {
            if (first.complete(leave.user())) {
                gate.pass();
            }
        });
        startWithRoom(RoomSettings.builder().owner("ann").enableUserlistUpdates(true));
        LoopbackClient ann = member("ann");
        LoopbackClient other = login("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        LoopbackClient cat = login("cat");
        bob.stopReading();
        cat.stopReading();
        CompletableFuture<List<Value>> bobs = bob.send("roomJoin", ROOM, since(head().at(0)));
        CompletableFuture<List<Value>> cats = cat.send("roomJoin", ROOM, since(head().at(0)));
        ann.takeAll();
        // a request behind the join is carried out only when the join is under way
        for (LoopbackClient one : List.of(bob, cat)) {
            one.emit("roomMessage", ROOM, text("Here I am"));
            while (!ann.nextEvent().name().equals("roomMessage")) {
                // others come and go
            }
        }
        var names = List.of("bob", "cat");
        var added = ann.send("roomAddToList", ROOM, "blacklist", names);
        gate.awaitArrival();
        other.result("roomRemoveFromList", ROOM, "blacklist", names);
        boolean bobIsFirst = first.join().equals("bob");
        LoopbackClient second = bobIsFirst ? cat : bob;
        CompletableFuture<List<Value>> again = second.send("roomJoin", ROOM);
        second.emit("roomMessage", ROOM, text("Here I am again"));
        while (!ann.nextEvent().name().equals("roomMessage")) {
            // others come and go
        }
        gate.open();
        assertThat(added).succeedsWithin(PATIENCE);
        bob.readAgain();
        cat.readAgain();
        assertThat(again).succeedsWithin(PATIENCE).isEqualTo(done(Value.of(1)));
        for (CompletableFuture<List<Value>> join : List.of(bobs, cats)) {
            assertThat(join).succeedsWithin(PATIENCE);
            assertThat(join.join()).isEqualTo(refused("Action is not allowed"));
        }
    }

    @Test
    void whoLeavesDuringTheReplayHasTheJoinRefused() {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        bob.stopReading();
        CompletableFuture<List<Value>> join = bob.send("roomJoin", ROOM, since(head().at(0)));
        CompletableFuture<List<Value>> leave = bob.send("roomLeave", ROOM);
        ann.expect("roomUserLeft");
        bob.readAgain();
        assertThat(leave).succeedsWithin(PATIENCE).isEqualTo(done(0));
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(refused("Action is not allowed"));
        int heard = bob.events("roomMessage").size();
        say(ann, 1);
        bob.settle();
        assertThat(bob.events("roomMessage")).hasSize(heard);
    }

    @Test
    void theLogMayBeTrimmedDuringTheReplay() throws Exception {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.before(Op.READ_AFTER).hold()) {
            join = bob.send("roomJoin", ROOM, since(head().at(0)));
            hold.awaitHeld();
            chat().rooms().setHistoryMaxSize(ROOM, 10);
        }
        assertThat(join)
                .succeedsWithin(PATIENCE)
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 300, false, 10)));
        assertThat(idsHeard(bob.events())).isEqualTo(range(291, 300));
        say(ann, 1);
        bob.settle();
        assertThat(idsHeard(bob.events())).isEqualTo(range(291, 301));
    }

    @Test
    void theServerMayJoinWithAPositionOnAUsersBehalf() {
        startWithRoom();
        say(member("ann"), 250);
        LoopbackClient bob = login("bob");
        Joined joined = chat().asUser("bob").on(bob.id()).execute(RoomJoin.since(ROOM, head().at(100)));
        assertThat(joined).isEqualTo(new Joined(1, head(), new Replay(1, true, 150)));
        bob.settle();
        assertThat(idsHeard(bob.events())).isEqualTo(range(101, 250));
    }

    @Test
    void afterHooksRunBeforeTheReplay() {
        server.after(RoomJoin.class, (_, outcome) -> {
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Outcome.Success.class,
                            success -> assertThat(((Joined) success.result()).replay())
                                    .isNull());
            return outcome;
        });
        startWithRoom();
        say(member("ann"), 2);
        assertThat(login("bob").request("roomJoin", ROOM, since(head().at(1))))
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 2, true, 1)));
    }

    @Test
    void theHistoryInfoTellsThePositionToWhoAsks() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        List<Value> plain = ann.request("roomHistoryInfo", ROOM);
        assertThat(plain).hasSize(2);
        assertThat(ann.request("roomHistoryInfo", ROOM, since(null)))
                .isEqualTo(List.of(plain.get(0), plain.get(1), Value.of(Map.of("epoch", head().epoch(), "id", 2))));
        assertThat(ann.refusal("roomHistoryInfo", ROOM, Map.of("since", 1)).toString())
                .contains("argument at position 1");
    }

    @Test
    void aSecondJoinDuringTheReplayLeavesNoneUnanswered() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        bob.stopReading();
        CompletableFuture<List<Value>> first = bob.send("roomJoin", ROOM, since(head().at(0)));
        CompletableFuture<List<Value>> second = bob.send("roomJoin", ROOM);
        CompletableFuture<List<Value>> post = bob.send("roomMessage", ROOM, text("both are under way"));
        while (head().id() < 301) {
            Thread.onSpinWait();
        }
        bob.readAgain();
        assertThat(post).succeedsWithin(PATIENCE).isEqualTo(done(301));
        assertThat(second).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(first)
                .succeedsWithin(PATIENCE)
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 300, false, 0)));
        bob.settle();
        assertThat(idsHeard(bob.heard())).containsExactly(301L);
    }

    @Test
    void aSecondJoinThatFailsDuringTheReplayChangesNothing() {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 300);
        LoopbackClient bob = login("bob");
        bob.stopReading();
        CompletableFuture<List<Value>> first = bob.send("roomJoin", ROOM, since(head().at(0)));
        CompletableFuture<List<Value>> post = bob.send("roomMessage", ROOM, text("the first is under way"));
        while (head().id() < 301) {
            Thread.onSpinWait();
        }
        store.before(Op.JOIN).failOnce(down());
        bob.emit("roomJoin", ROOM);
        bob.emit("roomMessage", ROOM, text("the second has failed"));
        while (head().id() < 302) {
            Thread.onSpinWait();
        }
        bob.readAgain();
        assertThat(post).succeedsWithin(PATIENCE).isEqualTo(done(301));
        assertThat(first)
                .succeedsWithin(PATIENCE)
                .isEqualTo(List.of(Value.NULL, Value.of(1), brought(1, 300, true, 300)));
        say(ann, 1);
        bob.settle();
        assertThat(idsHeard(bob.events())).isEqualTo(range(1, 303));
    }
}
