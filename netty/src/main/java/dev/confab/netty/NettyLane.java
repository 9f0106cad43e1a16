package dev.confab.netty;

import dev.confab.spi.Audience;
import dev.confab.spi.Lane;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One event loop with the sessions that live on it. What other threads hand over waits in one queue and is taken up in
 * order by one task; what passes have written goes out with one flush per session, a turn at a time. While {@linkplain
 * UnderWay commands are under way} both wait for what these have to say, for a moment, so that it goes out together. One
 * clock tick looks after the deadlines of all sessions, so that none has a timer of its own.
 */
final class NettyLane implements Lane {

    /** So many operations at most before other work of the loop gets its turn. */
    private static final int PASS = 4096;

    /** So long at most what there is to write waits for commands that are under way, in microseconds. */
    private static final int HOLD_MICROS = 500;

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");

    /** A read takes so many bytes at most. */
    private static final int READ_BYTES = 8192;

    private final EventLoop loop;
    private final RecvByteBufAllocator reads;
    private final Flushes flushes;
    private final Backlog waiting;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final UnderWay commands = new UnderWay();
    private final @Nullable Deflation deflation;
    private final List<EngineSession> sessions = new ArrayList<>();
    private volatile boolean held;
    private boolean limited;
    private boolean lingering;

    /**
     * The lane of an event loop.
     *
     * @param deflation what compresses and inflates on this loop; null where nothing is compressed
     */
    NettyLane(EventLoop loop, long tickMillis, Pace pace, @Nullable Deflation deflation) {
        this(loop, tickMillis, pace, deflation, Flushes.TURN);
    }

    /** The same, with another number of sessions flushed in a row. */
    NettyLane(EventLoop loop, long tickMillis, Pace pace, @Nullable Deflation deflation, int turn) {
        this.loop = loop;
        this.flushes = new Flushes(loop, turn);
        var handle = new FixedRecvByteBufAllocator(READ_BYTES).newHandle();
        this.reads = () -> handle;
        this.deflation = deflation;
        this.waiting = new Backlog(pace);
        loop.scheduleAtFixedRate(this::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /** What is yet to be flushed. On the loop. */
    Flushes flushes() {
        return flushes;
    }

    /** How channels of this loop read: one at a time, so that all of them share what is known of the read under way. */
    RecvByteBufAllocator reads() {
        return reads;
    }

    /** What compresses and inflates on this loop, if anything is. */
    @Nullable
    Deflation deflation() {
        return deflation;
    }

    /** Hands something over; it runs on the loop, in order. Once the door is closed there is nothing to run it for. */
    void hand(Runnable operation) {
        hand(operation, 0);
    }

    /**
     * The same, of something that holds memory.
     *
     * @param bytes how much
     */
    void hand(Runnable operation, int bytes) {
        if (loop.isShuttingDown()) {
            return;
        }
        if (waiting.add(operation, bytes) || !commands.any()) {
            schedulePass();
        }
    }

    /** How many operations wait to be taken up. */
    int waiting() {
        return waiting.size();
    }

    private void schedulePass() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::pass);
            } catch (RejectedExecutionException closedMeanwhile) {
                waiting.clear();
            }
        }
    }

    @Override
    public long commandBegins() {
        long round = commands.begin();
        if (loop.inEventLoop()) {
            limitHold();
        } else if (!loop.isShuttingDown()) {
            loop.execute(this::limitHold);
        }
        return round;
    }

    @Override
    public void commandEnded(long round) {
        if (commands.end(round) && (held || !waiting.isEmpty())) {
            schedulePass();
        }
    }

    /** Sees to it that nothing is held for longer than {@link #HOLD_MICROS}. On the loop. */
    private void limitHold() {
        if (!limited && !loop.isShuttingDown()) {
            limited = true;
            loop.schedule(this::endHold, HOLD_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private void endHold() {
        limited = false;
        if (commands.any()) {
            commands.giveUp();
            takeUp();
            flush();
        } else if (flushes.any()) {
            // what has waited already doesn't wait for commands that begin just now, too
            flush();
        }
    }

    /** Takes up what was handed over; before it is flushed, the loop looks once more for what clients have sent. */
    private void pass() {
        takeUp();
        if (flushes.any() && !lingering && !flushes.isUnderWay()) {
            if (commands.any()) {
                flushUnlessHeld();
            } else {
                lingering = true;
                loop.schedule(this::lingered, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void lingered() {
        lingering = false;
        takeUp();
        flushUnlessHeld();
    }

    private void takeUp() {
        scheduled.set(false);
        int left = PASS;
        for (Runnable operation = waiting.poll(); operation != null; operation = --left > 0 ? waiting.poll() : null) {
            run(operation);
            flushes.limit();
        }
        waiting.settle();
        if (left == 0) {
            schedulePass();
        }
    }

    /** One that fails is a bug, which must not keep those behind it from being taken up. */
    static void run(Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "an operation of a lane failed", e);
        }
    }

    /** Flushes, or leaves it to the command that is the last to end. */
    private void flushUnlessHeld() {
        if (commands.any() && !flushes.isUnderWay()) {
            held = flushes.any();
            if (commands.any()) {
                return;
            }
        }
        flush();
    }

    /** Runs something on the loop, and flushes what it has written. */
    void act(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
            flushes.limit();
            flushUnlessHeld();
        } else {
            hand(action);
        }
    }

    private void flush() {
        held = false;
        flushes.begin();
    }

    /** Takes a session in. On the loop. */
    void enter(EngineSession session) {
        session.place(sessions.size());
        sessions.add(session);
    }

    /** Lets a session go. On the loop. */
    void leave(EngineSession session) {
        EngineSession last = sessions.removeLast();
        if (last != session) {
            sessions.set(session.place(), last);
            last.place(session.place());
        }
    }

    /** The sessions that are here now. On the loop. */
    List<EngineSession> sessions() {
        return List.copyOf(sessions);
    }

    private void tick() {
        long now = System.nanoTime();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                EngineSession session = sessions.get(i);
                run(() -> session.tick(now));
            }
        }
        flush();
    }

    /** Gives back what the collector doesn't see. Once the loop has ended, between two turns perhaps. */
    void end() {
        flushes.settle();
        if (deflation != null) {
            deflation.end();
        }
    }

    @Override
    public Audience newAudience() {
        return new NettyAudience(this);
    }
}
