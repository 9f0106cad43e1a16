package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.Call;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Joined;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Code of the embedder's before and after commands, and in place of the message format. */
abstract class HooksBehaviour extends Behaviour {

    private final BlockingQueue<String> journal = new LinkedBlockingQueue<>();

    // Before

    @Test
    void aHookSeesWhoAsksWhatAndHow() {
        var seen = new CompletableFuture<Call<RoomMessage>>();
        server.before(RoomMessage.class, call -> {
            seen.complete(call);
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("Hi"), "extra", 7);
        Call<RoomMessage> call = seen.join();
        assertThat(call.chat()).isSameAs(chat());
        assertThat(call.command()).isEqualTo(RoomMessage.of(ROOM, Body.text("Hi")));
        assertThat(call.user()).contains("ann");
        assertThat(call.connection()).contains(ann.id());
        assertThat(call.rest()).containsExactly(Value.of("extra"), Value.of(7));
        assertThat(call.isServerSide()).isFalse();
        assertThat(call.bypassesPermissions()).isFalse();
    }

    @Test
    void aBeforeHookMayChangeTheCommand() {
        server.before(RoomMessage.class, call -> Before.proceed(RoomMessage.of(ROOM, Body.text("changed"))));
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("original"));
        assertThat(ann.expect("roomMessage").arg(1)).isEqualTo(message(1, "ann", "changed"));
    }

    @Test
    void whatABeforeHookMakesOfACommandIsGuardedLikeAnyOther() {
        server.before(RoomJoin.class, call -> Before.proceed(RoomJoin.of("missing")));
        startWithRoom();
        assertThat(login("ann").request("roomJoin", ROOM)).isEqualTo(refused("No such room missing"));
    }

    @Test
    void aBeforeHookMayAnswerInTheCommandsPlaceAndNothingElseRuns() {
        server.before(RoomHistoryInfo.class, call -> Before.answerWith(Value.of("v1"), Value.of("v2")));
        server.after(RoomHistoryInfo.class, (call, outcome) -> {
            journal.add("after");
            return outcome;
        });
        start();
        assertThat(login("ann").request("roomHistoryInfo", "missing"))
                .isEqualTo(List.of(Value.NULL, Value.of("v1"), Value.of("v2")));
        assertThat(journal).isEmpty();
    }

    @Test
    void anAnswerIsTheResultThatTheCommandWouldHaveGiven() {
        server.before(RoomGetOwner.class, call -> Before.answer(Optional.of("somebody")));
        start();
        assertThat(login("ann").request("roomGetOwner", "missing")).isEqualTo(done("somebody"));
    }

    @Test
    void aBeforeHookThatThrowsPreventsTheCommandAndItsAfterHooks() {
        server.before(RoomMessage.class, call -> {
            throw new ChatException(ChatError.of("not today", Value.of(1)));
        });
        server.after(RoomMessage.class, (call, outcome) -> {
            journal.add("after");
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("not today"));
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(journal).isEmpty();
        ann.assertNothingMore();
    }

    @Test
    void aFaultInAHookIsToldWithoutItsText() {
        server.before(RoomMessage.class, call -> {
            throw new IllegalStateException("secret");
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Internal server error"));
        assertThat(ann.request("roomHistoryInfo", ROOM).getFirst()).isEqualTo(Value.NULL);
    }

    @Test
    void aBeforeHookThatGoesOnWithAnotherCommandIsAFault() {
        server.before(RoomJoin.class, call -> {
            @SuppressWarnings({"unchecked", "rawtypes"})
            Before<Joined> wrong = (Before) Before.proceed(RoomGetOwner.of(ROOM));
            return wrong;
        });
        startWithRoom();
        assertThat(login("ann").request("roomJoin", ROOM)).isEqualTo(refused("Internal server error"));
    }

    @Test
    void argumentsInDisorderMeetNoHook() {
        server.before(RoomMessage.class, call -> {
            journal.add("before");
            return Before.proceed(call.command());
        });
        server.after(RoomMessage.class, (call, outcome) -> {
            journal.add("after");
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.refusal("roomMessage", ROOM);
        ann.refusal("roomMessage", ROOM, "text");
        ann.refusal("roomMessage", ROOM, Map.of("textMessage", 7));
        assertThat(journal).isEmpty();
    }

    // After

    @Test
    void anAfterHookSeesHowTheCommandEnded() {
        server.after(RoomJoin.class, (call, outcome) -> {
            journal.add(
                    switch (outcome) {
                        case Outcome.Success<?> _ -> "success";
                        case Outcome.Failure<?>(ChatError error) -> error.code();
                        case Outcome.Answered<?> _ -> "answered";
                    });
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = login("ann");
        ann.result("roomJoin", ROOM);
        ann.refusal("roomJoin", "missing");
        assertThat(journal).containsExactly("success", "noRoom");
    }

    @Test
    void anAfterHookMayAnswerSomethingElse() {
        server.after(RoomHistoryInfo.class, (call, outcome) -> Outcome.answered(Value.of("replaced")));
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomHistoryInfo", ROOM)).isEqualTo(done("replaced"));
        assertThat(ann.request("roomHistoryInfo", "missing")).isEqualTo(done("replaced"));
    }

    @Test
    void anAfterHookMayAddToTheReply() {
        server.after(
                RoomGetOwner.class,
                (call, outcome) -> outcome instanceof Outcome.Success<?>
                        ? Outcome.success(Optional.<String>empty(), Value.of("more"), Value.of(7))
                        : outcome);
        startWithRoom();
        assertThat(member("ann").request("roomGetOwner", ROOM))
                .isEqualTo(List.of(Value.NULL, Value.NULL, Value.of("more"), Value.of(7)));
    }

    @Test
    void aFailingAfterHookAnswersItsErrorAlthoughTheMessageIsStoredAndHeard() {
        server.after(RoomMessage.class, (call, outcome) -> {
            throw new ChatException(ChatError.of("audit failed"));
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("audit failed"));
        assertThat(bob.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(1, "ann", "Hi")));
        assertThat(ids(bob.result("roomRecentHistory", ROOM))).containsExactly(1L);
    }

    @Test
    void hooksOfOneCommandNestAndLeaveEachOtherNotes() {
        for (String name : List.of("outer", "inner")) {
            server.before(RoomHistoryInfo.class, call -> {
                journal.add("before " + name);
                call.notes().put(name, journal.size());
                return Before.proceed(call.command());
            });
            server.after(RoomHistoryInfo.class, (call, outcome) -> {
                journal.add("after " + name + " " + call.notes().get(name));
                return outcome;
            });
        }
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomHistoryInfo", ROOM);
        assertThat(journal).containsExactly("before outer", "before inner", "after inner 2", "after outer 1");
    }

    @Test
    void notesAreForOneCommandOnly() {
        server.before(RoomHistoryInfo.class, call -> {
            journal.add(call.notes().isEmpty() ? "clean" : "dirty");
            call.notes().put("mine", 1);
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomHistoryInfo", ROOM);
        ann.result("roomHistoryInfo", ROOM);
        assertThat(journal).containsExactly("clean", "clean");
    }

    // Deadline

    @Test
    void aHookPastItsDeadlineIsInterruptedAndItsResultCountsForNothing() throws InterruptedException {
        var never = new CountDownLatch(1);
        options.hookDeadline(Duration.ofSeconds(1));
        server.before(RoomMessage.class, call -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                journal.add("interrupted");
            }
            return Before.answerWith(Value.of("too late"));
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Server operation timeout"));
        assertThat(journal.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(ann.heard()).filteredOn(Heard.Reply.class::isInstance).hasSize(3);
    }

    @Test
    void anAfterHookPastItsDeadlineAnswersTimeoutAlthoughTheMessageIsStored() {
        var never = new CountDownLatch(1);
        options.hookDeadline(Duration.ofSeconds(1));
        server.after(RoomMessage.class, (call, outcome) -> {
            never.await();
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Server operation timeout"));
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(1L);
    }

    @Test
    void aSlowHookOfOneConnectionHoldsUpNoOther() {
        var gate = new Gate();
        server.before(RoomMessage.class, call -> {
            if (call.user().orElseThrow().equals("ann")) {
                gate.pass();
            }
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        CompletableFuture<List<Value>> slow = ann.send("roomMessage", ROOM, text("slow"));
        assertThat(bob.request("roomMessage", ROOM, text("quick"))).isEqualTo(done(1));
        assertThat(slow).isNotDone();
        gate.open();
        assertThat(slow).succeedsWithin(PATIENCE).isEqualTo(done(2));
    }

    // The message format

    @Test
    void aCheckDecidesWhichRoomMessagesAreInOrder() {
        server.checkRoomMessages(HooksBehaviour::needsKind);
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, Map.of("kind", "move", "data", new byte[] {1, 2})))
                .isEqualTo(done(1));
        assertThat(ann.expect("roomMessage").arg(1))
                .isEqualTo(Value.of(Map.of(
                        "kind",
                        "move",
                        "data",
                        new byte[] {1, 2},
                        "author",
                        "ann",
                        "timestamp",
                        clock.millis(),
                        "id",
                        1)));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("no kind"));
    }

    @Test
    void aCheckDecidesWhichDirectMessagesAreInOrder() {
        options.enableDirectMessages(true);
        server.checkDirectMessages(HooksBehaviour::needsKind);
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        ann.result("directMessage", "bob", Map.of("kind", "wave"));
        assertThat(bob.nextEvent())
                .isEqualTo(
                        event("directMessage", Map.of("kind", "wave", "author", "ann", "timestamp", clock.millis())));
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(refused("no kind"));
    }

    @Test
    void binaryMessagesComeBackEqualLiveAndFromTheHistory() {
        server.checkRoomMessages(body -> {});
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, Map.of("data", new byte[] {5}, "deep", List.of(Map.of("d", new byte[] {7, 8
        }))));
        Value heard = ann.expect("roomMessage").arg(1);
        assertThat(field(heard, "data")).isEqualTo(Value.Bytes.copyOf(new byte[] {5}));
        assertThat(field(heard, "deep")).isEqualTo(Value.of(List.of(Map.of("d", new byte[] {7, 8}))));
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of(heard)));
    }

    @Test
    void aCheckSeesTheBodyWithoutTheReservedFieldsAndBeforeAnyHook() {
        var hooked = new AtomicInteger();
        server.checkRoomMessages(body -> {
            journal.add(body.fields().toString());
            if (hooked.get() > 0) {
                throw new ChatException(ChatError.of("too late"));
            }
        });
        server.before(RoomMessage.class, call -> {
            hooked.incrementAndGet();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, Map.of("x", 1, "id", 5));
        assertThat(journal).containsExactly("{\"x\":1}");
    }

    @Test
    void whatIsNoObjectMeetsNoCheck() {
        server.checkRoomMessages(body -> journal.add("checked"));
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (Object wrong : Arrays.asList(null, "text", 7, List.of())) {
            assertThat(ann.refusal("roomMessage", ROOM, wrong))
                    .isEqualTo(error("Bad argument at position 1, value " + Value.of(wrong)));
        }
        assertThat(journal).isEmpty();
    }

    @Test
    void aCheckOfOneKindOfMessageIsNothingToTheOther() {
        options.enableDirectMessages(true);
        server.checkRoomMessages(HooksBehaviour::needsKind);
        start();
        LoopbackClient ann = login("ann");
        login("bob");
        ann.result("directMessage", "bob", text("Hi"));
        ann.refusal("directMessage", "bob", Map.of("kind", "wave"));
    }

    private static void needsKind(Body body) {
        if (body.fields().get("kind") == null) {
            throw new ChatException(ChatError.of("no kind"));
        }
    }
}
