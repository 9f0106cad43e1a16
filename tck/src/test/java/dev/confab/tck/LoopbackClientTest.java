package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.Handshake;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import dev.confab.spi.Frame;
import dev.confab.spi.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a test may rely on when it says what a client should hear, and above all: that it fails when it should. */
final class LoopbackClientTest {

    private final FakeHost host = new FakeHost(Duration.ofSeconds(10));
    private final LoopbackTransport net = LoopbackTransport.create();
    private final LoopbackTransport hastyNet =
            LoopbackTransport.builder().patience(Duration.ofMillis(50)).build();
    private LoopbackClient ann;
    private LoopbackClient hasty;
    private Guest server;

    @BeforeEach
    void connect() {
        net.open(host);
        ann = net.connect(Map.of(FakeHost.NAME, "ann"));
        server = host.guest("ann");
        hastyNet.open(host);
        hasty = hastyNet.connect(Map.of(FakeHost.NAME, "hasty"));
    }

    @AfterEach
    void close() {
        net.close();
        hastyNet.close();
    }

    @Test
    void anEventIsExpectedByNameWhateverComesBefore() {
        server.tell("other", 1);
        server.tell("wanted", 2);
        assertThat(ann.expect("wanted")).isEqualTo(Heard.Event.of("wanted", 2));
        assertThat(ann.nextEvent()).isEqualTo(Heard.Event.of("other", 1));
    }

    @Test
    void anEventIsTakenOnce() {
        host.guest("hasty").tell("once");
        assertThat(hasty.heard(0, Duration.ofSeconds(10))).isEqualTo(Heard.Event.of("once"));
        hasty.expect("once");
        assertThatThrownBy(() -> hasty.expect("once"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the event once")
                .hasMessageContaining("[once[]]");
    }

    @Test
    void anEventThatDoesNotComeIsMissedInTime() {
        assertThatThrownBy(hasty::nextEvent).isInstanceOf(AssertionError.class).hasMessageContaining("PT0.05S");
    }

    @Test
    void afterTheEndNothingIsWaitedFor() {
        server.tell("last");
        server.connection().close(CloseReason.KICKED);
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.KICKED);
        assertThat(ann.closedReason()).contains(CloseReason.KICKED);
        assertThat(ann.expect("last").args()).isEmpty();
        assertThatThrownBy(ann::nextEvent).isInstanceOf(AssertionError.class).hasMessageContaining("KICKED");
        assertThatThrownBy(() -> ann.request("anything"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("KICKED");
        assertThatCode(ann::settle).doesNotThrowAnyException();
        assertThatCode(ann::close).doesNotThrowAnyException();
    }

    @Test
    void aConnectionThatLivesHasNoReasonToHaveEnded() {
        assertThat(ann.closedReason()).isEmpty();
        assertThatThrownBy(hasty::awaitClosed)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the end");
    }

    @Test
    void aRequestWithoutReplyIsMissedInTime() {
        assertThatThrownBy(() -> hasty.request("ask", 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a reply to ask");
    }

    @Test
    void aRequestUnderWayFailsWhenTheConnectionEnds() {
        CompletableFuture<List<Value>> reply = ann.send("ask");
        ann.drop();
        assertThat(reply)
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withMessageContaining("CONNECTION_LOST");
    }

    @Test
    void aResultIsNoError() {
        answerAll(request -> request.reply().accept(Outcome.success(Value.of(7))));
        assertThat(ann.request("ask")).containsExactly(Value.NULL, Value.of(7));
        assertThat(ann.result("ask")).isEqualTo(Value.of(7));
        assertThatThrownBy(() -> ann.refusal("ask", "arg"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("ask[\"arg\"] should have failed");
    }

    @Test
    void anErrorIsNoResult() {
        answerAll(request -> request.reply().accept(Outcome.failure(ChatError.notAllowed())));
        assertThat(ann.refusal("ask")).isEqualTo(Value.of("ChatServiceError: Action is not allowed"));
        assertThatThrownBy(() -> ann.result("ask"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Action is not allowed");
    }

    @Test
    void nothingMoreMeansThatEverythingWasTaken() {
        answerAll(request -> {
            server.tell("told before the answer");
            request.reply().accept(Outcome.failure(ChatError.noCommand(request.name())));
        });
        assertThatThrownBy(ann::assertNothingMore)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("told before the answer");
        assertThat(ann.takeAll()).hasSize(2);
    }

    @Test
    void settlingLeavesNoTraceAndIsMissedInTime() {
        assertThatThrownBy(hasty::settle).isInstanceOf(AssertionError.class);
        answerAll(request -> request.reply().accept(Outcome.failure(ChatError.noCommand(request.name()))));
        ann.assertNothingMore();
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void allThatWasHeardIsKeptInOrder() {
        answerAll(request -> {
            server.tell("before");
            request.reply().accept(Outcome.success(Value.NULL));
            server.tell("after");
        });
        ann.request("ask");
        ann.expect("after");
        assertThat(ann.heard())
                .containsExactly(
                        Heard.Event.of("before"),
                        new Heard.Reply(1, List.of(Value.NULL, Value.NULL)),
                        Heard.Event.of("after"));
        assertThat(ann.events()).hasSize(2);
        assertThat(ann.events("before")).hasSize(1);
    }

    @Test
    void aReplyGivenTwiceIsHeardTwice() {
        CompletableFuture<List<Value>> reply = ann.send("ask");
        Request.Custom request = server.nextCustom();
        request.reply().accept(Outcome.success(Value.of(1)));
        request.reply().accept(Outcome.success(Value.of(2)));
        server.tell("then");
        ann.expect("then");
        assertThat(reply).isCompletedWithValue(List.of(Value.NULL, Value.of(1)));
        assertThat(ann.heard()).filteredOn(Heard.Reply.class::isInstance).hasSize(2);
    }

    @Test
    void whatIsUnreadIsCounted() {
        server.connection().pauseReading();
        ann.emit("one");
        ann.emit("two");
        assertThat(ann.unread()).isEqualTo(2);
        server.connection().resumeReading();
        assertThat(ann.unread()).isZero();
        assertThat(server.nextNames(2)).containsExactly("one", "two");
    }

    @Test
    void loginWaitsForItsConfirmationAndFailsWithoutIt() {
        assertThatThrownBy(() -> hastyNet.login("bob"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("loginConfirmed");
    }

    @Test
    void aDoorThatIsNotOpenLetsNobodyIn() {
        LoopbackTransport closed = LoopbackTransport.create();
        assertThatThrownBy(() -> closed.connect(Map.of())).isInstanceOf(IllegalStateException.class);
        net.stopAccepting();
        assertThatThrownBy(() -> net.connect(Handshake.EMPTY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void encodingsAreCountedByName() {
        Frame frame = server.encode("one");
        server.connection().send(frame);
        server.connection().send(frame);
        server.tell("two");
        ann.expect("two");
        assertThat(net.encodings("one")).isEqualTo(1);
        assertThat(net.encodings("two")).isEqualTo(1);
        assertThat(net.encodings("three")).isZero();
    }

    @Test
    void framesAndConnectionsOfAnotherDoorAreRefused() {
        LoopbackTransport other =
                LoopbackTransport.builder().errors(ErrorFormat.OBJECT).build();
        other.open(host);
        other.connect(Map.of(FakeHost.NAME, "bob"));
        Guest bob = host.guest("bob");
        var audience = server.connection().lane().newAudience();
        assertThatThrownBy(() -> audience.add(bob.connection())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> audience.send(bob.encode("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        server.connection().send(bob.connection().dialect().encode(new Event.Custom("x", List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        other.close();
    }

    @Test
    void aDoorsOptionsHaveRanges() {
        var builder = LoopbackTransport.builder();
        assertThatThrownBy(() -> builder.lanes(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.patience(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.patience(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    private void answerAll(Consumer<Request.Custom> answer) {
        Thread.ofVirtual().start(() -> {
            while (server.next() instanceof Guest.Asked(Request.Custom request)) {
                answer.accept(request);
            }
        });
    }
}
