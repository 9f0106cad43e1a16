package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.Value;
import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Request;
import dev.confab.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Transport} that speaks the chat-service contract owes to the engine and to its clients. A
 * transport's own tests extend this class, once for each way in which its clients may come.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class TransportContract {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String FENCE = "fence";

    private final FakeHost host = new FakeHost(PATIENCE);
    private final List<Party> parties = new ArrayList<>();
    private @Nullable Transport door;

    /** For subclasses. */
    protected TransportContract() {}

    /**
     * Makes a door that is not open yet, and whose connections are shared among two lanes or more.
     *
     * @return the door
     * @throws Exception where that fails
     */
    protected abstract Transport newTransport() throws Exception;

    /**
     * Connects a client to a door, and waits until the door has let it in.
     *
     * @param open the door that {@link #newTransport} made, open by now
     * @param query the parameters of the client's URL
     * @return the client
     * @throws Exception where the door lets nobody in, or anything else fails
     */
    protected abstract Client connect(Transport open, Map<String, String> query) throws Exception;

    /** A client as this contract needs it: the least that speaks the transport's wire. Used by one thread at a time. */
    public interface Client extends AutoCloseable {

        /**
         * Sends a request that wants a reply, and goes on.
         *
         * @param name the request's name
         * @param args its arguments
         * @return the request's number, by which {@link Heard.Reply} names it
         * @throws Exception where that fails
         */
        long request(String name, List<Value> args) throws Exception;

        /**
         * Sends a request that wants no reply, and goes on.
         *
         * @param name the request's name
         * @param args its arguments
         * @throws Exception where that fails
         */
        void emit(String name, List<Value> args) throws Exception;

        /**
         * Waits for what is told next.
         *
         * @param patience how long to wait at most
         * @return the next event or reply in the order in which they were written; null where nothing came in time, or
         *     the connection has ended and all was taken
         * @throws Exception where that fails
         */
        @Nullable Heard next(Duration patience) throws Exception;

        /**
         * Says goodbye in the words of its protocol, behind all that was sent, and goes on.
         *
         * @throws Exception where that fails
         */
        void leave() throws Exception;

        /**
         * Breaks the link without a word, behind all that was sent, and goes on.
         *
         * @throws Exception where that fails
         */
        void drop() throws Exception;

        /**
         * Waits until it has noticed the end of its connection.
         *
         * @param patience how long to wait at most
         * @return whether such a client comes back by itself, from what it was told; null where there was no end in time
         * @throws Exception where that fails
         */
        @Nullable Boolean awaitEnd(Duration patience) throws Exception;

        /** Gives back what the client holds, whether or not its connection has ended. */
        @Override
        void close() throws Exception;
    }

    @BeforeEach
    void openTheDoor() throws Exception {
        door = newTransport();
        door.open(host);
    }

    @AfterEach
    void closeTheDoor() throws Exception {
        for (Party party : parties) {
            party.client.close();
        }
        if (door != null) {
            door.stopAccepting();
            door.close();
        }
        assertThat(host.guests()).as("two calls at once for one connection").noneMatch(Guest::overlapped);
    }

    // Connections

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
    void aConnectionKeepsItsIdItsLaneAndItsDialect() throws Exception {
        Connection ann = enter("ann").connection();
        assertThat(ann.id()).isEqualTo(ann.id());
        assertThat(ann.lane()).isSameAs(ann.lane());
        assertThat(ann.dialect()).isSameAs(ann.dialect());
    }

    @Test
    void clientsOfOneKindShareTheirEncodings() throws Exception {
        assertThat(enter("ann").connection().dialect())
                .isSameAs(enter("bob").connection().dialect());
    }

    // Requests

    @Test
    void requestsArriveInTheOrderInWhichTheyWereSent() throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 500; i++) {
            ann.client.emit("step" + i, List.of());
        }
        assertThat(ann.guest.nextNames(500))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "step" + i).toList());
    }

    @Test
    void aCommandArrivesUnderstoodWithWhatWasSentBeyondIt() throws Exception {
        Party ann = enter("ann");
        ann.client.request("roomJoin", Plain.values("lobby", 7, "more"));
        assertThat(ann.guest.nextRequest()).isInstanceOfSatisfying(Request.Ask.class, ask -> {
            assertThat(ask.command()).isEqualTo(RoomJoin.of("lobby"));
            assertThat(ask.rest()).isEqualTo(Plain.values(7, "more"));
        });
    }

    @Test
    void wrongArgumentsArriveAsARefusalThatTheClientHears() throws Exception {
        Party ann = enter("ann");
        long number = ann.client.request("roomJoin", Plain.values(7));
        Request request = ann.guest.nextRequest();
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
        ann.client.emit("light", List.of());
        ann.client.emit("heavy", Plain.values("x".repeat(20_000)));
        assertThat(ann.guest.nextRequest().weight()).isPositive();
        assertThat(ann.guest.nextRequest().weight()).isGreaterThanOrEqualTo(20_000);
    }

    @ParameterizedTest
    @MethodSource("dev.confab.tck.Samples#values")
    void everyValueArrivesEqualThereAndBack(Value value) throws Exception {
        Party ann = enter("ann");
        ann.client.request("echo", List.of(value, Value.of("behind")));
        Request.Custom request = ann.guest.nextCustom();
        assertThat(request.args()).isEqualTo(List.of(value, Value.of("behind")));
        ann.guest.tell("told", value, "behind");
        request.reply().accept(Outcome.success(value));
        assertThat(ann.nextEvent()).isEqualTo(Heard.Event.of("told", value, "behind"));
        assertThat(ann.nextReply().values()).isEqualTo(List.of(Value.NULL, value));
    }

    // Replies

    @Test
    void everyReplyFindsItsRequestInWhateverOrderTheyAreGiven() throws Exception {
        Party ann = enter("ann");
        long first = ann.client.request("first", List.of());
        long second = ann.client.request("second", List.of());
        Request.Custom early = ann.guest.nextCustom();
        ann.guest.answer("to the second");
        early.reply().accept(Outcome.success(Value.of("to the first")));
        assertThat(ann.next()).isEqualTo(new Heard.Reply(second, Plain.values(null, "to the second")));
        assertThat(ann.next()).isEqualTo(new Heard.Reply(first, Plain.values(null, "to the first")));
        ann.hearsNothingMore();
    }

    @Test
    void aHookMayAnswerInWordsOfItsOwn() throws Exception {
        Party ann = enter("ann");
        ann.client.request("ask", List.of());
        ann.guest.nextCustom().reply().accept(Outcome.answered(Value.of("a"), Value.of("b"), Value.of("c")));
        assertThat(ann.nextReply().values()).isEqualTo(Plain.values(null, "a", "b", "c"));
    }

    @Test
    void aRequestThatWantsNoReplyGetsNone() throws Exception {
        Party ann = enter("ann");
        ann.client.emit("quiet", List.of());
        ann.guest.answer("unwanted");
        ann.hearsNothingMore();
    }

    @Test
    void repliesAndEventsAreWrittenInTheOrderInWhichTheyWereHandedOver() throws Exception {
        Party ann = enter("ann");
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        for (int i = 0; i < 50; i++) {
            ann.client.request("ask", List.of());
            ann.guest.tell("alone", i);
            audience.send(ann.guest.encode("together", i));
            ann.guest.answer(i);
            ann.guest.tell("after", i);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(ann.next()).isEqualTo(Heard.Event.of("alone", i));
            assertThat(ann.next()).isEqualTo(Heard.Event.of("together", i));
            assertThat(ann.nextReply().values()).isEqualTo(Plain.values(null, i));
            assertThat(ann.next()).isEqualTo(Heard.Event.of("after", i));
        }
    }

    // Audiences

    @Test
    void anAudienceIsWhoeverWasAddedBeforeAndNotRemoved() throws Exception {
        List<Party> pair = onOneLane(2);
        Party ann = pair.getFirst();
        Party bob = pair.getLast();
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        audience.send(ann.guest.encode("one"));
        audience.add(bob.connection());
        audience.send(ann.guest.encode("two"));
        audience.remove(ann.connection());
        audience.remove(ann.connection());
        audience.send(ann.guest.encode("three"));
        assertThat(ann.next()).isEqualTo(Heard.Event.of("one"));
        assertThat(ann.next()).isEqualTo(Heard.Event.of("two"));
        ann.hearsNothingMore();
        assertThat(bob.next()).isEqualTo(Heard.Event.of("two"));
        assertThat(bob.next()).isEqualTo(Heard.Event.of("three"));
        bob.hearsNothingMore();
    }

    @Test
    void audiencesOfOneLaneHaveNothingToDoWithEachOther() throws Exception {
        List<Party> pair = onOneLane(2);
        Audience left = pair.getFirst().connection().lane().newAudience();
        Audience right = pair.getFirst().connection().lane().newAudience();
        left.add(pair.getFirst().connection());
        right.add(pair.getLast().connection());
        left.send(pair.getFirst().guest.encode("left"));
        assertThat(pair.getFirst().next()).isEqualTo(Heard.Event.of("left"));
        pair.getLast().hearsNothingMore();
    }

    @Test
    void oneWhoHasEndedIsNoBurdenToAnAudience() throws Exception {
        List<Party> pair = onOneLane(2);
        Party ann = pair.getFirst();
        Party bob = pair.getLast();
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        audience.add(bob.connection());
        ann.client.leave();
        ann.guest.awaitEnd();
        assertThatCode(() -> {
                    audience.send(bob.guest.encode("one"));
                    audience.remove(ann.connection());
                    audience.add(ann.connection());
                    audience.send(bob.guest.encode("two"));
                    ann.guest.tell("three");
                    ann.connection().close(CloseReason.KICKED);
                    ann.connection().pauseReading();
                    ann.connection().resumeReading();
                })
                .doesNotThrowAnyException();
        assertThat(bob.next()).isEqualTo(Heard.Event.of("one"));
        assertThat(bob.next()).isEqualTo(Heard.Event.of("two"));
        bob.hearsNothingMore();
    }

    // Reading

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
        assertThat(ann.guest.brought())
                .as("brought of %s while reading was paused", messages)
                .isLessThan(messages);
        ann.connection().resumeReading();
        assertThat(ann.guest.nextNames(messages))
                .containsExactlyElementsOf(
                        IntStream.range(0, messages).mapToObj(i -> "step" + i).toList());
        sender.join();
    }

    @Test
    void aPausedClientIsStillWrittenToAndClosed() throws Exception {
        Party ann = enter("ann");
        ann.connection().pauseReading();
        ann.guest.tell("news");
        ann.connection().close(CloseReason.KICKED);
        assertThat(ann.next()).isEqualTo(Heard.Event.of("news"));
        assertThat(ann.guest.awaitEnd()).isEqualTo(CloseReason.KICKED);
    }

    // Ends

    @Test
    void whatWasSentBeforeAGoodbyeArrivesBeforeIt() throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 200; i++) {
            ann.client.emit("step" + i, List.of());
        }
        ann.client.leave();
        assertThat(ann.guest.nextNames(200)).endsWith("step199");
        assertThat(ann.guest.awaitEnd()).isEqualTo(CloseReason.CLIENT_LEFT);
    }

    @Test
    void aBrokenLinkEndsTheConnectionAsLost() throws Exception {
        Party ann = enter("ann");
        ann.roundTrip();
        ann.client.drop();
        assertThat(ann.guest.awaitEnd()).isEqualTo(CloseReason.CONNECTION_LOST);
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"KICKED", "LOGIN_REJECTED", "TOO_SLOW", "SERVER_SHUTDOWN"})
    void aClosedConnectionHearsTheRestAndWhetherToComeBack(CloseReason reason) throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 100; i++) {
            ann.guest.tell("news", i);
        }
        ann.connection().close(reason);
        for (int i = 0; i < 100; i++) {
            assertThat(ann.next()).isEqualTo(Heard.Event.of("news", i));
        }
        assertThat(ann.client.awaitEnd(PATIENCE)).isEqualTo(reason.comeBack());
        assertThat(ann.guest.awaitEnd()).isEqualTo(reason);
    }

    @Test
    void theEndIsToldOnce() throws Exception {
        Party ann = enter("ann");
        Party bob = enter("bob");
        ann.client.leave();
        ann.connection().close(CloseReason.KICKED);
        ann.connection().close(CloseReason.TOO_SLOW);
        ann.guest.awaitEnd();
        ann.client.drop();
        bob.roundTrip();
        ann.client.close();
        bob.roundTrip();
        assertThat(ann.guest.brought()).isEqualTo(1);
    }

    @Test
    void theEndOfOneConnectionIsNothingToTheOthers() throws Exception {
        List<Party> trio = onOneLane(3);
        trio.get(0).client.drop();
        trio.get(1).connection().close(CloseReason.KICKED);
        trio.get(0).guest.awaitEnd();
        trio.get(1).guest.awaitEnd();
        trio.get(2).roundTrip();
    }

    // The door

    @Test
    void whoIsInsideStaysWhenTheDoorLetsNobodyInAnyMore() throws Exception {
        Party ann = enter("ann");
        open().stopAccepting();
        assertThatThrownBy(() -> connect(open(), Map.of(FakeHost.NAME, "late"))).isInstanceOf(Exception.class);
        ann.roundTrip();
    }

    @Test
    void closingTheDoorWritesWhatWasHandedOverAndEndsEverybody() throws Exception {
        List<Party> all = List.of(enter("ann"), enter("bob"), enter("cat"));
        for (int i = 0; i < 100; i++) {
            for (Party party : all) {
                party.guest.tell("news", i);
            }
        }
        open().stopAccepting();
        open().close();
        for (Party party : all) {
            for (int i = 0; i < 100; i++) {
                assertThat(party.next()).isEqualTo(Heard.Event.of("news", i));
            }
            assertThat(party.client.awaitEnd(PATIENCE)).isTrue();
            assertThat(party.guest.awaitEnd()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
        }
    }

    // For these tests and those of the contract's other parts

    final Party enter(String name) throws Exception {
        return enter(name, Map.of());
    }

    /** Some that share a lane, which among enough of them are found. */
    final List<Party> onOneLane(int count) throws Exception {
        var lanes = new java.util.IdentityHashMap<Object, List<Party>>();
        for (int i = 0; i < 64; i++) {
            Party party = enter("lane" + i);
            List<Party> mates = lanes.computeIfAbsent(party.connection().lane(), _ -> new ArrayList<>());
            mates.add(party);
            if (mates.size() == count) {
                return mates;
            }
        }
        throw new AssertionError("64 connections, and no " + count + " of them on one lane");
    }

    private Party enter(String name, Map<String, String> more) throws Exception {
        var query = new java.util.HashMap<>(more);
        query.put(FakeHost.NAME, name);
        Client client = connect(open(), query);
        var party = new Party(client, host.guest(name));
        parties.add(party);
        return party;
    }

    private Transport open() {
        return java.util.Objects.requireNonNull(door);
    }

    private static void sendMany(Party party, int messages, String load) {
        try {
            for (int i = 0; i < messages; i++) {
                party.client.emit("step" + i, Plain.values(load));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The two ends of one connection. */
    record Party(Client client, Guest guest) {

        Connection connection() {
            return guest.connection();
        }

        Heard next() throws Exception {
            Heard next = client.next(PATIENCE);
            assertThat(next).as("told within %s", PATIENCE).isNotNull();
            return java.util.Objects.requireNonNull(next);
        }

        Heard.Event nextEvent() throws Exception {
            Heard next = next();
            assertThat(next).isInstanceOf(Heard.Event.class);
            return (Heard.Event) next;
        }

        Heard.Reply nextReply() throws Exception {
            Heard next = next();
            assertThat(next).isInstanceOf(Heard.Reply.class);
            return (Heard.Reply) next;
        }

        /** Is told something now, and nothing before it. */
        void hearsNothingMore() throws Exception {
            guest.tell(FENCE);
            assertThat(next()).isEqualTo(Heard.Event.of(FENCE));
        }

        void roundTrip() throws Exception {
            client.request("there", List.of());
            guest.answer("and back");
            assertThat(nextReply().values()).isEqualTo(Plain.values(null, "and back"));
        }
    }
}
