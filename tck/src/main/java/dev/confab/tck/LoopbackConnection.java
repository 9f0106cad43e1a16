package dev.confab.tck;

import dev.confab.Handshake;
import dev.confab.chatservice.ChatService;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import dev.confab.spi.Inbox;
import dev.confab.spi.Reception;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's end of a loopback link. Its state belongs to the lane's thread. */
final class LoopbackConnection implements Connection {

    private final String id = "loopback-" + UUID.randomUUID();
    private final Handshake handshake;
    private final ChatService contract;
    private final LoopbackDialect dialect;
    private final LoopbackLane lane;
    private final Transcript transcript;
    private final Consumer<LoopbackConnection> whenEnded;
    private final Queue<Consumer<Inbox>> unread = new ArrayDeque<>();
    private final Queue<Runnable> unwritten = new ArrayDeque<>();
    private final int outbox;
    private @Nullable Inbox inbox;
    private boolean stalled;
    private boolean ended;
    private volatile boolean paused;

    LoopbackConnection(
            Handshake handshake,
            ChatService contract,
            LoopbackDialect dialect,
            LoopbackLane lane,
            int outbox,
            Transcript transcript,
            Consumer<LoopbackConnection> whenEnded) {
        this.handshake = handshake;
        this.contract = contract;
        this.dialect = dialect;
        this.lane = lane;
        this.outbox = outbox;
        this.transcript = transcript;
        this.whenEnded = whenEnded;
    }

    void open(Reception reception) {
        lane.execute(() -> inbox = reception.welcome(this));
    }

    /** Brings a request that wants no reply. */
    void bring(String name, List<Value> args) {
        bring(inbox -> inbox.submit(contract.read(name, args, weightOf(args), null)));
    }

    /** Brings a request; its reply is written in order with events. */
    void bring(String name, List<Value> args, Consumer<List<Value>> reply) {
        Consumer<List<Value>> ack = values -> lane.execute(() -> write(() -> reply.accept(values)));
        bring(inbox -> inbox.submit(contract.read(name, args, weightOf(args), ack)));
    }

    /** Ends the connection from the client's side, behind all that it sent. */
    void leave(CloseReason reason) {
        bring(_ -> end(reason));
    }

    /** How much was brought and not read, once all that was brought before has arrived. */
    CompletableFuture<Integer> unread() {
        var count = new CompletableFuture<Integer>();
        lane.execute(() -> count.complete(unread.size()));
        return count;
    }

    boolean hasEnded() {
        return ended;
    }

    void write(Heard.Event event) {
        write(() -> transcript.add(event));
    }

    private void write(Runnable what) {
        if (ended) {
            return;
        }
        if (stalled) {
            unwritten.add(what);
        } else {
            what.run();
        }
    }

    /** Whether as much waits to be read by the client as may wait for messages of rooms. On the lane. */
    boolean isFull() {
        return unwritten.size() >= outbox;
    }

    /** What is written waits from here on. */
    void stall() {
        lane.execute(() -> stalled = true);
    }

    /** So much of what waits is read, and what follows waits still. */
    void take(int count) {
        lane.execute(() -> {
            for (int i = 0; i < count && !unwritten.isEmpty(); i++) {
                unwritten.remove().run();
            }
        });
    }

    /** What waits is read, and what follows at once. */
    void resume() {
        lane.execute(() -> {
            stalled = false;
            while (!unwritten.isEmpty()) {
                unwritten.remove().run();
            }
        });
    }

    @Override
    public void whenWritten(Runnable action) {
        lane.execute(() -> write(action));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public LoopbackLane lane() {
        return lane;
    }

    @Override
    public void send(Frame frame) {
        Heard.Event event = dialect.decode(frame);
        lane.execute(() -> write(event));
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        lane.execute(this::read);
    }

    @Override
    public void close(CloseReason reason) {
        lane.execute(() -> end(reason));
    }

    private void bring(Consumer<Inbox> what) {
        lane.execute(() -> {
            unread.add(what);
            read();
        });
    }

    private void read() {
        while (inbox != null && !ended && !paused && !unread.isEmpty()) {
            unread.remove().accept(inbox);
        }
    }

    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        unread.clear();
        unwritten.clear();
        whenEnded.accept(this);
        if (inbox != null) {
            inbox.closed(reason);
        }
        transcript.end(reason);
    }

    private static int weightOf(List<Value> args) {
        return new Value.Arr(args).weight();
    }
}
