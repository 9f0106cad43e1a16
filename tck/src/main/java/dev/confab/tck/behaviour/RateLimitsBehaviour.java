package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.RateLimit;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Body;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.RoomRecentHistory;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients who ask for more than they may in a time. */
abstract class RateLimitsBehaviour extends Behaviour {

    private static final List<Value> ANSWER = done(false);

    private final Gate gate = new Gate();

    /** Where the end of a connection arrives when all that it asked has been seen to. */
    private final CompletableFuture<Boolean> over = new CompletableFuture<>();

    private static List<Value> tooMany(long millis) {
        return refused("Too many requests, try again in " + millis + " ms");
    }

    private static List<Value> ask(LoopbackClient client) {
        return client.request("directGetWhitelistMode");
    }

    private static void asksAtOnce(LoopbackClient client, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(ask(client)).as("request %s of %s", i + 1, times).isEqualTo(ANSWER);
        }
    }

    private List<Value> say(LoopbackClient client) {
        return client.request("roomMessage", ROOM, text("Hi"));
    }

    // How much

    @Test
    void nothingIsLimitedUnlessItIsSetToBe() {
        start();
        asksAtOnce(login("ann"), 2_000);
        assertThat(chat().statistics().rateLimited()).isZero();
    }

    @Test
    void aBurstIsAnsweredAndWhatIsMoreIsToldWhenToComeAgain() {
        options.connectionCommands(RateLimit.of(4, 10));
        start();
        LoopbackClient ann = login("ann");
        asksAtOnce(ann, 10);
        assertThat(ask(ann)).isEqualTo(tooMany(250));
        assertThat(chat().statistics().rateLimited()).isEqualTo(1);
        assertThat(chat().statistics().closed()).isEmpty();
    }

    @Test
    void whoComesAgainWhenToldToIsAnsweredAndNotAMillisecondEarlier() {
        options.connectionCommands(RateLimit.of(3, 10));
        start();
        LoopbackClient ann = login("ann");
        asksAtOnce(ann, 10);
        assertThat(ask(ann)).isEqualTo(tooMany(334));
        clock.advance(Duration.ofMillis(333));
        assertThat(ask(ann)).isEqualTo(tooMany(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(ask(ann)).isEqualTo(ANSWER);
        assertThat(ask(ann)).isEqualTo(tooMany(333));
    }

    @Test
    void theBurstComesBackAtTheRateAndNoMoreThanTheBurst() {
        options.connectionCommands(RateLimit.of(4, 10));
        start();
        LoopbackClient ann = login("ann");
        asksAtOnce(ann, 10);
        clock.advance(Duration.ofSeconds(1));
        asksAtOnce(ann, 4);
        assertThat(ask(ann)).isEqualTo(tooMany(250));
        clock.advance(Duration.ofDays(1));
        asksAtOnce(ann, 10);
        assertThat(ask(ann)).isEqualTo(tooMany(250));
    }

    @Test
    void whatIsRefusedCostsNothingOfWhatIsLeft() {
        options.connectionCommands(RateLimit.of(4)).connectionMessages(RateLimit.of(1));
        startWithRoom();
        LoopbackClient ann = login("ann");
        ann.result("roomJoin", ROOM);
        assertThat(say(ann)).isEqualTo(done(1));
        for (int i = 0; i < 10; i++) {
            assertThat(say(ann)).isEqualTo(tooMany(1_000));
        }
        asksAtOnce(ann, 2);
        assertThat(ask(ann)).isEqualTo(tooMany(250));
        assertThat(say(ann)).isEqualTo(tooMany(1_000));
        assertThat(chat().asServer().execute(RoomRecentHistory.of(ROOM))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void overAnyTimeNobodyGetsMoreThanTheBurstAndTheRateNorLess(long seed) {
        var random = new Random(seed);
        int rate = 1 + random.nextInt(50);
        int burst = 1 + random.nextInt(20);
        options.connectionCommands(RateLimit.of(rate, burst));
        start();
        LoopbackClient ann = login("ann");
        double left = burst;
        for (int i = 0; i < 500; i++) {
            long millis = random.nextInt(4) == 0 ? random.nextInt(2_000 / rate) : 0;
            clock.advance(Duration.ofMillis(millis));
            left = Math.min(burst, left + millis * rate / 1000.0);
            boolean mayPass = left > 1 - 1e-6;
            assertThat(ask(ann).equals(ANSWER))
                    .as("request %s, with %s left", i, left)
                    .isEqualTo(mayPass);
            left -= mayPass ? 1 : 0;
        }
    }

    @Test
    void aClockThatIsPutBackOrForwardLocksNobodyOut() {
        options.connectionCommands(RateLimit.of(1, 2));
        start();
        LoopbackClient ann = login("ann");
        asksAtOnce(ann, 2);
        clock.advance(Duration.ofHours(-1));
        assertThat(ask(ann)).isEqualTo(tooMany(1_000));
        clock.advance(Duration.ofSeconds(1));
        asksAtOnce(ann, 1);
        clock.advance(Duration.ofHours(1));
        asksAtOnce(ann, 2);
        assertThat(ask(ann)).isEqualTo(tooMany(1_000));
    }

    // Of what

    @Test
    void messagesToRoomsAndToUsersCountAsMessagesAndNothingElseDoes() {
        options.enableDirectMessages(true).connectionMessages(RateLimit.of(1, 3));
        startWithRoom();
        LoopbackClient ann = member("ann");
        login("bob");
        assertThat(say(ann)).isEqualTo(done(1));
        ann.result("directMessage", "bob", text("Hi"));
        ann.result("systemMessage", "Hi");
        asksAtOnce(ann, 10);
        assertThat(say(ann)).isEqualTo(done(2));
        assertThat(say(ann)).isEqualTo(tooMany(1_000));
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(tooMany(1_000));
        asksAtOnce(ann, 10);
    }

    @Test
    void aMessageThatIsRefusedForAnotherReasonCountsToo() {
        options.connectionMessages(RateLimit.of(1, 2));
        startWithRoom();
        LoopbackClient ann = login("ann");
        assertThat(say(ann)).isEqualTo(refused("Not joined to room lobby"));
        assertThat(say(ann)).isEqualTo(refused("Not joined to room lobby"));
        assertThat(say(ann)).isEqualTo(tooMany(1_000));
    }

    @Test
    void unknownAndMisfitRequestsCountAsCommandsAndSoDoThoseThatWantNoReply() {
        options.connectionCommands(RateLimit.of(1, 5));
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("nothing")).isEqualTo(refused("No such command nothing"));
        assertThat(ann.request("roomJoin")).isEqualTo(refused("Expected 1 arguments, got 0"));
        ann.emit("nothing");
        ann.emit("directGetWhitelistMode");
        asksAtOnce(ann, 1);
        assertThat(ann.request("nothing")).isEqualTo(tooMany(1_000));
        assertThat(ann.request("roomJoin")).isEqualTo(tooMany(1_000));
        ann.emit("nothing");
        assertThat(ask(ann)).isEqualTo(tooMany(1_000));
        assertThat(chat().statistics().rateLimited()).isEqualTo(4);
    }

    @Test
    void requestsOfTheEmbeddersOwnCountToo() {
        options.connectionCommands(RateLimit.of(1, 2));
        var handled = new AtomicInteger();
        start();
        LoopbackClient ann = login("ann");
        chat().connections().find(ann.id()).orElseThrow().handle("own", (connection, args) -> {
            handled.incrementAndGet();
            return List.of();
        });
        ann.request("own");
        ann.request("own");
        assertThat(ann.request("own")).isEqualTo(tooMany(1_000));
        assertThat(handled).hasValue(2);
    }

    @Test
    void bytesCountWhateverTheyAreOf() {
        options.connectionBytes(RateLimit.of(1_000_000));
        start();
        LoopbackClient ann = login("ann");
        Object fifth = "x".repeat(100_000);
        assertThat(ann.request("nothing", fifth)).isEqualTo(refused("No such command nothing"));
        assertThat(ann.request("roomJoin", List.of(fifth)).getFirst()).isNotEqualTo(Value.NULL);
        ann.result("systemMessage", fifth);
        ann.result("systemMessage", fifth);
        assertThat(ann.refusal("systemMessage", fifth).toString()).contains("Too many requests");
        clock.advance(Duration.ofMillis(500));
        ann.result("systemMessage", fifth);
    }

    @Test
    void aRequestThatIsLargerThanTheBurstPassesAloneAndIsPaidOffAfterwards() {
        options.connectionBytes(RateLimit.of(10_000, 1_000));
        start();
        LoopbackClient ann = login("ann");
        Object large = "x".repeat(50_000);
        ann.result("systemMessage", large);
        ann.refusal("systemMessage", large);
        clock.advance(Duration.ofSeconds(4));
        ann.refusal("directGetWhitelistMode");
        clock.advance(Duration.ofSeconds(60));
        asksAtOnce(ann, 1);
        clock.advance(Duration.ofSeconds(1));
        ann.result("systemMessage", large);
    }

    // Whose

    @Test
    void theLimitsOfAConnectionAreItsOwn() {
        options.connectionCommands(RateLimit.of(1, 3));
        start();
        LoopbackClient one = login("ann");
        LoopbackClient other = login("ann");
        asksAtOnce(one, 3);
        assertThat(ask(one)).isEqualTo(tooMany(1_000));
        asksAtOnce(other, 3);
    }

    @Test
    void theLimitsOfAUserAreSharedByAllItsConnectionsAndByNobodyElse() {
        options.userCommands(RateLimit.of(1, 3));
        start();
        LoopbackClient one = login("ann");
        LoopbackClient other = login("ann");
        asksAtOnce(one, 2);
        asksAtOnce(other, 1);
        assertThat(ask(one)).isEqualTo(tooMany(1_000));
        assertThat(ask(other)).isEqualTo(tooMany(1_000));
        asksAtOnce(login("bob"), 3);
    }

    @Test
    void bothLimitsHoldAndTheLongerWaitIsTold() {
        options.connectionCommands(RateLimit.of(10, 4)).userCommands(RateLimit.of(1, 6));
        start();
        LoopbackClient one = login("ann");
        LoopbackClient other = login("ann");
        asksAtOnce(one, 4);
        assertThat(ask(one)).isEqualTo(tooMany(100));
        asksAtOnce(other, 2);
        assertThat(ask(one)).isEqualTo(tooMany(1_000));
        clock.advance(Duration.ofSeconds(1));
        asksAtOnce(one, 1);
        assertThat(ask(other)).isEqualTo(tooMany(1_000));
    }

    @Test
    void whoComesBackHasNoMoreThanBefore() {
        options.userCommands(RateLimit.of(1, 3));
        start();
        LoopbackClient ann = login("ann");
        asksAtOnce(ann, 3);
        ann.close();
        LoopbackClient back = login("ann");
        assertThat(ask(back)).isEqualTo(tooMany(1_000));
        clock.advance(Duration.ofSeconds(2));
        asksAtOnce(back, 2);
    }

    @Test
    void connectionsOfAUserThatAskAtOnceGetTogetherWhatTheUserMay() {
        options.userCommands(RateLimit.of(1, 50));
        start();
        var replies = new ArrayList<CompletableFuture<List<Value>>>();
        List<LoopbackClient> anns = List.of(login("ann"), login("ann"), login("ann"), login("ann"));
        for (int i = 0; i < 100; i++) {
            anns.forEach(ann -> replies.add(ann.send("directGetWhitelistMode")));
        }
        assertThat(replies).allSatisfy(reply -> assertThat(reply).succeedsWithin(PATIENCE));
        assertThat(replies).filteredOn(reply -> reply.join().equals(ANSWER)).hasSize(50);
        assertThat(chat().statistics().rateLimited()).isEqualTo(350);
    }

    @Test
    void theServersOwnCallsAreNeverLimited() {
        options.connectionCommands(RateLimit.of(1))
                .userCommands(RateLimit.of(1))
                .userMessages(RateLimit.of(1))
                .closeOverLimit(true);
        server.before(RoomGetOwner.class, call -> {
            for (int i = 0; i < 10; i++) {
                call.chat().asUser("ann").on(call.connection().orElseThrow()).execute(say("of a hook"));
            }
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = join(login("ann"));
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            chat().asServer().execute(say("of the server"));
            chat().asUser("ann").execute(say("in a user's name"));
        }
        ann.result("roomGetOwner", ROOM);
        assertThat(ann.events("roomMessage")).hasSize(30);
        assertThat(chat().statistics().rateLimited()).isZero();
    }

    private static RoomMessage say(String text) {
        return RoomMessage.of(ROOM, Body.text(text));
    }

    // How it is told

    @Test
    void aRefusalComesInItsTurnAndNoHookHearsOfIt() {
        var hooked = new AtomicInteger();
        options.connectionCommands(RateLimit.of(1, 3));
        server.before(RoomGetOwner.class, call -> {
            gate.pass();
            hooked.incrementAndGet();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        clock.advance(Duration.ofSeconds(5));
        int before = ann.heard().size();
        var replies = new ArrayList<CompletableFuture<List<Value>>>();
        for (int i = 0; i < 4; i++) {
            replies.add(ann.send("roomGetOwner", ROOM));
        }
        CompletableFuture<List<Value>> last = replies.getLast();
        gate.awaitArrival();
        assertThat(last).isNotDone();
        gate.open();
        assertThat(last).succeedsWithin(PATIENCE).isEqualTo(tooMany(1_000));
        assertThat(ann.heard().subList(before, before + 4))
                .extracting(heard -> ((Heard.Reply) heard).values())
                .containsExactly(done(null), done(null), done(null), tooMany(1_000));
        assertThat(hooked).hasValue(3);
    }

    @Test
    void inTheOtherFormatTheWaitIsTheErrorsArgument() {
        LoopbackTransport raw = door(ErrorFormat.OBJECT);
        server = serverWithoutDoor().door(raw);
        options.connectionCommands(RateLimit.of(4, 1));
        start();
        LoopbackClient ann = raw.login("ann");
        asksAtOnce(ann, 1);
        assertThat(ask(ann).getFirst())
                .isEqualTo(Value.of(Map.of("name", "ChatServiceError", "code", "rateLimited", "args", List.of(250))));
    }

    // Or closed

    @Test
    void bySettingTheConnectionIsClosedToComeBackInstead() {
        options.connectionCommands(RateLimit.of(1, 3)).closeOverLimit(true);
        server.onDisconnect(_ -> over.complete(true));
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        asksAtOnce(ann, 3);
        ann.emit("directGetWhitelistMode");
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.RATE_LIMITED);
        assertThat(CloseReason.RATE_LIMITED.comeBack()).isTrue();
        asksAtOnce(bob, 3);
        assertThat(over).succeedsWithin(PATIENCE);
        assertThat(chat().statistics().rateLimited()).isEqualTo(1);
        assertThat(chat().statistics().closed()).isEqualTo(Map.of(CloseReason.RATE_LIMITED, 1L));
        asksAtOnce(login("ann"), 3);
    }

    @Test
    void nothingThatIsBehindTheRequestThatWasTooMuchIsCarriedOut() {
        options.connectionMessages(RateLimit.of(1, 2)).closeOverLimit(true);
        server.before(RoomGetOwner.class, call -> {
            gate.pass();
            return Before.proceed(call.command());
        });
        server.onDisconnect(_ -> over.complete(true));
        startWithRoom();
        LoopbackClient bob = member("bob");
        LoopbackClient ann = member("ann");
        ann.emit("roomGetOwner", ROOM);
        gate.awaitArrival();
        for (int i = 0; i < 5; i++) {
            ann.emit("roomMessage", ROOM, text("Hi"));
        }
        ann.emit("roomLeave", ROOM);
        gate.open();
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.RATE_LIMITED);
        assertThat(over).succeedsWithin(PATIENCE);
        bob.settle();
        assertThat(bob.events("roomMessage")).hasSize(2);
        assertThat(chat().statistics().rateLimited()).isEqualTo(1);
    }

    @Test
    void theUsersOtherConnectionsStayUntilTheyAskForTooMuchThemselves() {
        options.userCommands(RateLimit.of(1, 3)).closeOverLimit(true);
        start();
        LoopbackClient quiet = login("ann");
        LoopbackClient loud = login("ann");
        asksAtOnce(loud, 3);
        loud.emit("directGetWhitelistMode");
        assertThat(loud.awaitClosed()).isEqualTo(CloseReason.RATE_LIMITED);
        clock.advance(Duration.ofSeconds(1));
        asksAtOnce(quiet, 1);
        assertThat(quiet.closedReason()).isEmpty();
    }
}
