package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Before;
import dev.confab.ClientConnection;
import dev.confab.Confab;
import dev.confab.Handshake;
import dev.confab.Login;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Heard;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logins, and what the connections of one user hear of each other. */
abstract class ConnectionBehaviour extends Behaviour {

    @Test
    void aClientIsToldItsNameAndItsConnectionsId() {
        start();
        LoopbackClient ann = connect("ann");
        assertThat(ann.nextEvent()).isEqualTo(event("loginConfirmed", "ann", Map.of("id", ann.id())));
        ann.assertNothingMore();
    }

    @Test
    void whatTheLoginTellsComesWithTheConfirmationAndTheIdIsTheServers() {
        server.login(hello -> Login.as("ann").with((Value.Obj) Value.of(Map.of("token", 7, "id", "mine"))));
        start();
        LoopbackClient ann = connect("whoever");
        assertThat(ann.nextEvent()).isEqualTo(event("loginConfirmed", "ann", Map.of("token", 7, "id", ann.id())));
    }

    @Test
    void aUserWhoLogsInExistsFromThenOn() {
        start();
        assertThat(chat().users().exists("ann")).isFalse();
        login("ann");
        assertThat(chat().users().exists("ann")).isTrue();
    }

    @Test
    void theLoginSeesWhatTheClientSaysOfItself() {
        var seen = new CompletableFuture<Handshake>();
        server.login(hello -> {
            seen.complete(hello.handshake());
            return Login.as(hello.auth("name"));
        });
        start();
        var handshake = new Handshake(
                Map.of("color", "blue"), Map.of("Origin", List.of("here")), Value.of(Map.of("name", "ann")), "", "");
        assertThat(net.connect(handshake).nextEvent().arg(0)).isEqualTo(Value.of("ann"));
        assertThat(seen.join()).isEqualTo(handshake);
    }

    @Test
    void duringTheLoginTheConnectionCanBeFoundByItsIdAndNoOther() {
        var found = new CompletableFuture<List<Optional<ClientConnection>>>();
        server.login(hello -> {
            found.complete(List.of(
                    hello.chat().connections().find(hello.connection()),
                    hello.chat().connections().find("nobody")));
            return Login.as(Optional.empty());
        });
        start();
        LoopbackClient ann = connect("ann");
        assertThat(ann.nextEvent()).isEqualTo(event("loginRejected", error("No login provided")));
        ClientConnection connection = found.join().getFirst().orElseThrow();
        assertThat(connection.handshake().query("user")).contains("ann");
        assertThat(connection.user()).isEmpty();
        assertThat(found.join().getLast()).isEmpty();
    }

    @Test
    void withoutALoginNobodyGetsIn() {
        server = Confab.builder().store(suite().newStore(clock)).door(net);
        start();
        assertIsRefused(connect("ann"), "No login provided");
    }

    @Test
    void anEmptyNameIsNoLogin() {
        start();
        assertIsRefused(connect(""), "No login provided");
    }

    static Stream<String> noNames() {
        return Stream.of("user}1", "a{b", "a:b", "\u0000", "a\nb", "\u001f", "\u007f", "x".repeat(1025));
    }

    @ParameterizedTest
    @MethodSource("noNames")
    void aNameWithForbiddenCharactersIsRefused(String name) {
        start();
        assertIsRefused(connect(name), "String " + name + " contains invalid characters");
    }

    static Stream<String> names() {
        return Stream.of(" ", "a b", "a/b", "naïve 日本語 🙂", "<b>", "__proto__", "x".repeat(1024));
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyOtherNameWillDo(String name) {
        start();
        assertThat(connect(name).nextEvent().arg(0)).isEqualTo(Value.of(name));
    }

    @Test
    void theRefusalOfALoginHookReachesTheClient() {
        server.login(hello -> {
            throw new ChatException(ChatError.of("some error"));
        });
        start();
        assertIsRefused(connect("ann"), "some error");
    }

    @Test
    void aFaultOfALoginHookIsToldWithoutItsText() {
        server.login(hello -> {
            throw new IllegalStateException("secret");
        });
        start();
        assertIsRefused(connect("ann"), "Internal server error");
    }

    @Test
    void aLoginPastItsDeadlineIsInterruptedAndRefused() throws InterruptedException {
        var never = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        options.hookDeadline(Duration.ofMillis(20));
        server.login(hello -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return Login.as("ann");
        });
        start();
        assertIsRefused(connect("ann"), "Server operation timeout");
        assertThat(interrupted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(chat().users().exists("ann")).isFalse();
    }

    @Test
    void requestsThatComeBeforeTheLoginIsConfirmedWaitForIt() {
        var gate = new Gate();
        server.login(hello -> {
            gate.pass();
            return Login.as(hello.query("user"));
        });
        startWithRoom();
        LoopbackClient ann = connect("ann");
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        CompletableFuture<List<Value>> own = ann.send("listOwnSockets");
        assertThat(join).isNotDone();
        gate.open();
        assertThat(own).succeedsWithin(PATIENCE);
        assertThat(ann.heard())
                .containsExactly(
                        event("loginConfirmed", "ann", Map.of("id", ann.id())),
                        new Heard.Reply(1, done(1)),
                        new Heard.Reply(2, done(Map.of(ann.id(), List.of(ROOM)))));
    }

    @Test
    void whatAUserIsToldWhileAConnectionLogsInComesBehindItsConfirmation() throws InterruptedException {
        FaultyStore store = faultyStore();
        start();
        LoopbackClient ann;
        try (Hold hold = store.after(Op.CONNECT).hold()) {
            ann = connect("ann");
            hold.awaitHeld();
            chat().users().emit("ann", "news", Value.of(1));
            chat().users().emit("ann", "news", Value.of(2));
        }
        assertThat(ann.nextEvent().name()).isEqualTo("loginConfirmed");
        assertThat(ann.nextEvent()).isEqualTo(event("news", 1));
        assertThat(ann.nextEvent()).isEqualTo(event("news", 2));
        ann.assertNothingMore();
    }

    @Test
    void whatARefusedClientAsksDoesNotHappen() {
        var gate = new Gate();
        var asked = new AtomicInteger();
        server.login(hello -> {
            gate.pass();
            return Login.as(Optional.empty());
        });
        server.before(RoomJoin.class, call -> {
            asked.incrementAndGet();
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = connect("ann");
        CompletableFuture<List<Value>> join = ann.send("roomJoin", ROOM);
        gate.open();
        assertIsRefused(ann, "No login provided");
        assertThat(join).failsWithin(PATIENCE);
        chat().close();
        assertThat(asked).hasValue(0);
    }

    @Test
    void aNewConnectionIsToldToTheOthersOfItsUser() {
        start();
        LoopbackClient first = login("ann");
        LoopbackClient stranger = login("bob");
        LoopbackClient second = login("ann");
        assertThat(first.nextEvent()).isEqualTo(event("socketConnectEcho", second.id(), 2));
        LoopbackClient third = login("ann");
        assertThat(first.nextEvent()).isEqualTo(event("socketConnectEcho", third.id(), 3));
        assertThat(second.nextEvent()).isEqualTo(event("socketConnectEcho", third.id(), 3));
        assertNothingMore(first, second, third, stranger);
    }

    @Test
    void theEndOfAConnectionIsToldToTheOthersOfItsUser() {
        start();
        LoopbackClient first = login("ann");
        LoopbackClient stranger = login("bob");
        LoopbackClient second = login("ann");
        LoopbackClient third = login("ann");
        takeNote(first, third);
        second.disconnect();
        assertThat(first.nextEvent()).isEqualTo(event("socketDisconnectEcho", second.id(), 2));
        assertThat(third.nextEvent()).isEqualTo(event("socketDisconnectEcho", second.id(), 2));
        third.drop();
        assertThat(first.nextEvent()).isEqualTo(event("socketDisconnectEcho", third.id(), 1));
        assertNothingMore(first, stranger);
    }

    @Test
    void aConnectionThatComesBackStartsAnewWithAnotherId() {
        startWithRoom();
        LoopbackClient before = member("ann");
        before.close();
        LoopbackClient after = login("ann");
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.request("roomRecentHistory", ROOM)).isEqualTo(refused("Not joined to room lobby"));
    }

    @Test
    void closingTheServerEndsAllConnections() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        chat().close();
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
        assertThat(bob.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void theServerKnowsWhoIsConnected() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient again = login("ann");
        LoopbackClient bob = login("bob");
        Map<String, String> users = Map.of(ann.id(), "ann", again.id(), "ann", bob.id(), "bob");
        assertThat(chat().connections().users()).isEqualTo(users);
        assertThat(chat().recovery().connectionsOf(chat().node())).isEqualTo(users);
        assertThat(chat().recovery().connectionsOf("elsewhere")).isEmpty();
    }

    private LoopbackClient connect(String user) {
        return net.connect(Map.of("user", user));
    }

    private static void assertIsRefused(LoopbackClient client, String why) {
        assertThat(client.nextEvent()).isEqualTo(event("loginRejected", error(why)));
        assertThat(client.awaitClosed()).isEqualTo(CloseReason.LOGIN_REJECTED);
        client.assertNothingMore();
    }
}
