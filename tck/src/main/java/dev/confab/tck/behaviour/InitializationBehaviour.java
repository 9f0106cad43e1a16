package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.ConfabListener;
import dev.confab.Login;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Event;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How servers begin, and what they are made of. */
abstract class InitializationBehaviour extends Behaviour {

    @Test
    void aServerLetsClientsIn() {
        start();
        assertThat(net.connect(Map.of("user", "ann")).nextEvent().arg(0)).isEqualTo(Value.of("ann"));
    }

    @Test
    void aServerWithAStoreAndNothingElseSaysThatItIsReadyAndThatItIsClosed() {
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        server = Confab.builder().store(suite().newStore(clock)).listener(new ConfabListener() {
            @Override
            public void ready(Confab chat) {
                told.add(chat);
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                told.add(cause == null ? "closed" : cause);
            }
        });
        Confab chat = start();
        assertThat(told).containsExactly(chat);
        chat.close();
        assertThat(told).containsExactly(chat, "closed");
    }

    @Test
    void severalDoorsLeadToTheSameRooms() {
        LoopbackTransport other = door(ErrorFormat.TEXT);
        server.door(other);
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = join(other.login("bob"));
        ann.result("roomMessage", ROOM, text("Hi"));
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(message(1, "ann", "Hi"));
    }

    @Test
    void aDoorSpellsErrorsAsItWasTold() {
        LoopbackTransport other = door(ErrorFormat.OBJECT);
        server.door(other);
        start();
        assertThat(login("ann").refusal("roomJoin", ROOM)).isEqualTo(error("No such room lobby"));
        assertThat(other.login("bob").refusal("roomJoin", ROOM))
                .isEqualTo(Value.of(Map.of("name", "ChatServiceError", "code", "noRoom", "args", List.of(ROOM))));
    }

    @Test
    void twoServersInOneProcessHaveNothingToDoWithEachOther() throws IOException {
        LoopbackTransport otherDoor = door(ErrorFormat.TEXT);
        startWithRoom();
        try (Confab other = Confab.builder()
                .store(suite().newStore(clock))
                .door(otherDoor)
                .login(hello -> Login.as(hello.query("user")))
                .start()) {
            LoopbackClient here = member("ann");
            LoopbackClient there = otherDoor.login("ann");
            here.assertNothingMore();
            assertThat(there.request("roomJoin", ROOM)).isEqualTo(refused("No such room lobby"));
            assertThat(other.node()).isNotEqualTo(chat().node());
            assertThat(other.users().exists("ann")).isTrue();
            otherDoor.close();
            here.result("roomMessage", ROOM, text("still here"));
        }
    }

    @Test
    void anyStoreThatKeepsItsLawsWillDo() {
        server.store(new OverheardStore(suite().newStore(clock)));
        startWithRoom();
        assertThat(member("ann").request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
    }

    @Test
    void whatAStoreAnnouncesFromElsewhereIsHeardHere() {
        var store = new OverheardStore(suite().newStore(clock));
        server.store(store);
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        store.announcements().notified(ROOM, new Event.RoomUserJoined(ROOM, "far away"));
        store.announcements().told("bob", new Event.SystemMessageReceived(Value.of(7)), null);
        assertThat(ann.nextEvent()).isEqualTo(event("roomUserJoined", ROOM, "far away"));
        assertThat(bob.nextEvent()).isEqualTo(event("systemMessage", 7));
        assertNothingMore(ann, bob);
    }

    @Test
    void theNodeSaysAgainAndAgainThatItIsAlive() throws InterruptedException {
        FaultyStore store = faultyStore();
        options.heartbeatRate(Duration.ofMillis(10));
        start();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(20));
            try (Hold begun = store.before(Op.BEAT).hold()) {
                begun.awaitHeld();
                // only now: it would hold the beat before, whose time is over
                try (Hold done = store.after(Op.BEAT).hold()) {
                    begun.release();
                    done.awaitHeld();
                    assertThat(chat().recovery().lastBeat(chat().node())).contains(clock.instant());
                }
            }
        }
    }

    @Test
    void anUnknownNodeHasNeverBeenAlive() {
        start();
        assertThat(chat().recovery().lastBeat("nobody")).isEmpty();
    }

    @Test
    void aServerThatIsClosedTwiceIsClosedOnceAndWhoeverWaitedForItGoesOn() {
        start();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                chat().awaitClosed();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(waiting).isNotDone();
        chat().close();
        chat().close();
        assertThat(waiting).succeedsWithin(PATIENCE);
    }

    @Test
    void theDefaultsAreTheContracts() {
        ChatOptions defaults = ChatOptions.DEFAULT;
        assertThat(defaults.enableRoomsManagement()).isFalse();
        assertThat(defaults.enableDirectMessages()).isFalse();
        assertThat(defaults.enableUserlistUpdates()).isFalse();
        assertThat(defaults.enableAccessListsUpdates()).isFalse();
        assertThat(defaults.historyMaxSize()).isEqualTo(10_000);
        assertThat(defaults.historyMaxGetMessages()).isEqualTo(100);
        assertThat(defaults.roomListSizeLimit()).isEqualTo(10_000);
        assertThat(defaults.directListSizeLimit()).isEqualTo(1_000);
        assertThat(defaults.heartbeatRate()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.heartbeatTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.closeTimeout()).isEqualTo(Duration.ofSeconds(15));
    }
}
