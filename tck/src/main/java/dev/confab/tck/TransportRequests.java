package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.Value;
import dev.confab.spi.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients send, and how fast it is read. */
abstract class TransportRequests extends TransportFixture {

    @Test
    void whatTheClientSaysOfItselfArrives() throws Exception {
        Party ann = enter("ann", Map.of("color", "blue & green", "empty", ""));
        assertThat(ann.connection().handshake().query("color")).contains("blue & green");
        assertThat(ann.connection().handshake().query("empty")).contains("");
        assertThat(ann.connection().handshake().query("none")).isEmpty();
    }

    @Test
    void noTwoConnectionsShareAnId() throws Exception {
        var ids = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            ids.add(enter("guest" + i).connection().id());
        }
        assertThat(ids).hasSize(20);
    }

    @Test
    void clientsOfOneKindShareTheirEncodings() throws Exception {
        assertThat(enter("ann").connection().dialect())
                .isSameAs(enter("bob").connection().dialect());
    }

    @Test
    void requestsArriveInTheOrderInWhichTheyWereSent() throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 500; i++) {
            ann.client().emit("step" + i, List.of());
        }
        assertThat(ann.guest().nextNames(500))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "step" + i).toList());
    }

    @Test
    void aCommandArrivesUnderstoodWithWhatWasSentBeyondIt() throws Exception {
        Party ann = enter("ann");
        ann.client().request("roomJoin", Plain.values("lobby", 7, "more"));
        Request request = ann.guest().nextRequest();
        assertThat(request).isInstanceOf(Request.Ask.class);
        assertThat(((Request.Ask<?>) request).command()).isEqualTo(RoomJoin.of("lobby"));
        assertThat(((Request.Ask<?>) request).rest()).isEqualTo(Plain.values(7, "more"));
    }

    @Test
    void wrongArgumentsArriveAsARefusalThatTheClientHears() throws Exception {
        Party ann = enter("ann");
        long number = ann.client().request("roomJoin", Plain.values(7));
        Request request = ann.guest().nextRequest();
        assertThat(request).isInstanceOfSatisfying(Request.Misfit.class, misfit -> {
            assertThat(misfit.error()).isEqualTo(ChatError.badArgument(0, Value.of(7)));
            misfit.reply().accept(Outcome.failure(misfit.error()));
        });
        Heard.Reply reply = ann.nextReply();
        assertThat(reply.request()).isEqualTo(number);
        assertThat(reply.values().getFirst()).isNotEqualTo(Value.NULL);
        assertThat(reply.values().get(1)).isEqualTo(Value.NULL);
    }

    @Test
    void aRequestWeighsAtLeastWhatItHolds() throws Exception {
        Party ann = enter("ann");
        ann.client().emit("light", List.of());
        ann.client().emit("heavy", Plain.values("x".repeat(20_000)));
        assertThat(ann.guest().nextRequest().weight()).isPositive();
        assertThat(ann.guest().nextRequest().weight()).isGreaterThanOrEqualTo(20_000);
    }

    @ParameterizedTest
    @MethodSource("dev.confab.tck.Samples#values")
    void everyValueArrivesEqualThereAndBack(Value value) throws Exception {
        Party ann = enter("ann");
        ann.client().request("echo", List.of(value, Value.of("behind")));
        Request.Custom request = ann.guest().nextCustom();
        assertThat(request.args()).isEqualTo(List.of(value, Value.of("behind")));
        ann.guest().tell("told", value, "behind");
        request.reply().accept(Outcome.success(value));
        assertThat(ann.nextEvent()).isEqualTo(Heard.Event.of("told", value, "behind"));
        assertThat(ann.nextReply().values()).isEqualTo(List.of(Value.NULL, value));
    }

    @Test
    void aPausedClientIsHeardNoFurtherUntilItIsReadAgain() throws Exception {
        Party ann = enter("ann");
        Party bob = enter("bob");
        ann.connection().pauseReading();
        String heavy = "x".repeat(32_000);
        int messages = 400;
        Thread sender = Thread.startVirtualThread(() -> sendMany(ann, messages, heavy));
        for (int i = 0; i < 20; i++) {
            bob.roundTrip();
        }
        assertThat(ann.guest().brought())
                .as("brought of %s while reading was paused", messages)
                .isLessThan(messages);
        ann.connection().resumeReading();
        assertThat(ann.guest().nextNames(messages))
                .containsExactlyElementsOf(
                        IntStream.range(0, messages).mapToObj(i -> "step" + i).toList());
        sender.join();
    }

    @Test
    void aPausedClientIsStillWrittenToAndClosed() throws Exception {
        Party ann = enter("ann");
        ann.connection().pauseReading();
        ann.guest().tell("news");
        ann.connection().close(CloseReason.KICKED);
        assertThat(ann.next()).isEqualTo(Heard.Event.of("news"));
        assertThat(ann.guest().awaitEnd()).isEqualTo(CloseReason.KICKED);
    }

    private static void sendMany(Party party, int messages, String load) {
        try {
            for (int i = 0; i < messages; i++) {
                party.client().emit("step" + i, Plain.values(load));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
