package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.Before;
import dev.confab.Confab;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The end of a server, step by step. */
abstract class ClosingBehaviour extends Behaviour {

    private final BlockingQueue<String> journal = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Gate gate = new Gate();

    @Test
    void commandsUnderWayEndAndAreAnsweredBeforeConnectionsDo() throws InterruptedException {
        server = serverWithoutDoor();
        holdMessages();
        server.door(new WatchedDoor(net) {
            @Override
            public void stopAccepting() {
                journal.add("nobody gets in");
                super.stopAccepting();
                closed.countDown();
            }

            @Override
            public void close() {
                journal.add("connections end");
                super.close();
            }
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        CompletableFuture<List<Value>> message = ann.send("roomMessage", ROOM, text("last words"));
        gate.awaitArrival();
        Thread closing = close(chat());
        assertThat(closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> net.connect(Map.of("user", "late"))).isInstanceOf(IllegalStateException.class);
        assertThat(message).isNotDone();
        gate.open();
        assertThat(message).succeedsWithin(PATIENCE).isEqualTo(done(1));
        assertThat(closing.join(PATIENCE)).isTrue();
        assertThat(journal).containsExactly("last words", "nobody gets in", "command done", "connections end");
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void noNewRequestIsTakenUpAndNobodyComesInWhateverADoorLetsThrough() throws InterruptedException {
        holdMessages();
        LoopbackTransport lax = door(ErrorFormat.TEXT);
        server.door(new WatchedDoor(lax) {
            @Override
            public void stopAccepting() {}
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        ann.emit("roomMessage", ROOM, text("in time"));
        gate.awaitArrival();
        Thread closing = close(chat());
        awaitThatNobodyGetsIn(lax);
        bob.emit("roomMessage", ROOM, text("too late"));
        assertThat(bob.unread()).isZero();
        gate.open();
        assertThat(closing.join(PATIENCE)).isTrue();
        assertThat(journal).containsExactly("in time", "command done");
    }

    @Test
    void commandsAreWaitedForNoLongerThanToldAndThenEndWithTheirConnections() throws InterruptedException {
        options.closeTimeout(Duration.ofMillis(20));
        holdMessages();
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.emit("roomMessage", ROOM, text("stuck"));
        gate.awaitArrival();
        Thread closing = close(chat());
        assertThat(closing.join(PATIENCE)).isTrue();
        gate.open();
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void connectionsHaveLeftTheirRoomsBeforeTheCloseHookRuns() throws InterruptedException {
        server.onLeave(leave -> {
            gate.pass();
            journal.add("left");
        });
        server.onDisconnect(disconnect -> journal.add("disconnected"));
        server.onClose(closing -> journal.add("closing"));
        startWithRoom();
        member("ann");
        Thread closing = close(chat());
        gate.awaitArrival();
        gate.open();
        assertThat(closing.join(PATIENCE)).isTrue();
        assertThat(journal).containsExactly("left", "disconnected", "closing");
    }

    private void holdMessages() {
        server.before(RoomMessage.class, call -> {
            journal.add(String.valueOf(call.command().body().text()));
            gate.pass();
            return Before.proceed(call.command());
        });
        server.after(RoomMessage.class, (call, outcome) -> {
            journal.add("command done");
            return outcome;
        });
    }

    private static Thread close(Confab chat) {
        return Thread.ofVirtual().start(chat::close);
    }

    private static void awaitThatNobodyGetsIn(LoopbackTransport door) {
        LoopbackClient client;
        do {
            client = door.connect(Map.of("user", "late"));
            client.unread();
            client.unread(); // the end that a welcome leads to may be behind the first look, but not behind the second
        } while (client.closedReason().isEmpty());
        assertThat(client.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
    }
}
