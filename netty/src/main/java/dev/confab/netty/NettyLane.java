package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import dev.confab.spi.Audience;
import dev.confab.spi.Lane;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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

    /** So many bytes said at most before a flush goes to its end, counted once where many share them. */
    private static final int PASS_BYTES = 1024 * 1024;

    /** So many of them at most to one connection, or to one audience: what fills an outbox is noticed between flushes. */
    static final int SHARE_BYTES = 64 * 1024;

    /** So long at most what there is to write waits for commands that are under way, in microseconds. */
    private static final int HOLD_MICROS = 500;

    /** So many sessions are flushed at most, where an audience has more, before the loop looks for what clients have sent. */
    private static final int TURN = 64;

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");

    /** A read takes so many bytes at most. */
    private static final int READ_BYTES = 8192;

    private final EventLoop loop;
    private final RecvByteBufAllocator reads;
    private final int turn;
    private final Backlog waiting;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final UnderWay commands = new UnderWay();
    private final @Nullable Deflation deflation;
    private final List<EngineSession> sessions = new ArrayList<>();
    private final Deque<EngineSession> dirty = new ArrayDeque<>();
    private final Runnable flushOne = this::flushOne;
    private final List<NettyAudience> speaking = new ArrayList<>();
    private int unflushed;
    private boolean crowded;
    private volatile boolean held;
    private boolean limited;
    private boolean lingering;
    private boolean flushing;
    private boolean inTurns;

    /**
     * The lane of an event loop.
     *
     * @param deflation what compresses and inflates on this loop; null where nothing is compressed
     */
    NettyLane(EventLoop loop, long tickMillis, Pace pace, @Nullable Deflation deflation) {
        this(loop, tickMillis, pace, deflation, TURN);
    }

    /** The same, with another number of sessions flushed in a row. */
    NettyLane(EventLoop loop, long tickMillis, Pace pace, @Nullable Deflation deflation, int turn) {
        this.loop = loop;
        this.turn = turn;
        var handle = new FixedRecvByteBufAllocator(READ_BYTES).newHandle();
        this.reads = () -> handle;
        this.deflation = deflation;
        this.waiting = new Backlog(pace);
        loop.scheduleAtFixedRate(this::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    EventLoop loop() {
        return loop;
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
        } else if (isDirty()) {
            // what has waited already doesn't wait for commands that begin just now, too
            flush();
        }
    }

    /** Takes up what was handed over; before it is flushed, the loop looks once more for what clients have sent. */
    private void pass() {
        takeUp();
        if (isDirty() && !lingering && !flushing) {
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
            flushIfTooMuch();
        }
        waiting.settle();
        if (left == 0) {
            schedulePass();
        }
    }

    /** One that fails is a bug, which must not keep those behind it from being taken up, or flushed. */
    private static void run(Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "an operation of a lane failed", e);
        }
    }

    /** Flushes, or leaves it to the command that is the last to end. */
    private void flushUnlessHeld() {
        if (commands.any() && !flushing) {
            held = isDirty();
            if (commands.any()) {
                return;
            }
        }
        flush();
    }

    private boolean isDirty() {
        return !dirty.isEmpty() || !speaking.isEmpty();
    }

    /** Notes that a session has something to flush. On the loop. */
    void toFlush(EngineSession session) {
        dirty.add(session);
    }

    /**
     * Notes that an audience is being told something, until everybody has been flushed. On the loop.
     *
     * @param size how many it has
     */
    void speaks(NettyAudience audience, int size) {
        speaking.add(audience);
        inTurns |= size > turn;
    }

    /**
     * Notes that a session, or all of an audience, were told something. On the loop.
     *
     * @param bytes how much it was
     * @param all how much they were told since a flush came to its end
     */
    void said(int bytes, int all) {
        unflushed += bytes;
        crowded |= all > SHARE_BYTES;
    }

    /** Runs something on the loop, and flushes what it has written. */
    void act(Runnable action) {
        if (loop.inEventLoop()) {
            try {
                action.run();
            } finally {
                flushIfTooMuch();
                flushUnlessHeld();
            }
        } else {
            hand(action);
        }
    }

    /**
     * Begins to flush whatever waits for it, where a large audience was told something a turn at a time. Between turns the
     * loop reads, and what that brings goes out with the rest to those whose turn is still to come: a large room keeps
     * nobody from being read, and is written to as seldom as may be. On the loop.
     */
    void flush() {
        held = false;
        if (!flushing) {
            flushTurn();
        }
    }

    /** Sessions may have something to flush again because they are flushed; they come behind the others. */
    private void flushTurn() {
        flushing = true;
        flushNext(inTurns ? turn : Integer.MAX_VALUE);
        flushing = !dirty.isEmpty();
        if (flushing) {
            loop.schedule(this::flushTurn, 1, TimeUnit.NANOSECONDS);
        }
    }

    private void flushIfTooMuch() {
        if (unflushed > PASS_BYTES || crowded) {
            flushAll();
        }
    }

    /** Flushes to the end, without turns. On the loop. */
    void flushAll() {
        // before, since what is told when something has left may act on this lane within the flush
        crowded = false;
        unflushed = 0;
        flushNext(Integer.MAX_VALUE);
    }

    private void flushNext(int most) {
        for (int left = most; left > 0 && !dirty.isEmpty(); left--) {
            run(flushOne);
        }
        if (dirty.isEmpty()) {
            settle();
        }
    }

    private void flushOne() {
        dirty.remove().flush();
    }

    private void settle() {
        inTurns = false;
        crowded = false;
        unflushed = 0;
        for (int i = 0; i < speaking.size(); i++) {
            run(speaking.get(i)::settle);
        }
        speaking.clear();
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

    /** Closes all sessions in good order; one that fails keeps no other from being closed. On the loop. */
    void closeAll(CloseReason reason) {
        List.copyOf(sessions).forEach(session -> run(() -> session.close(reason)));
        flushAll();
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
        settle();
        if (deflation != null) {
            deflation.end();
        }
    }

    @Override
    public Audience newAudience() {
        return new NettyAudience(this);
    }
}
