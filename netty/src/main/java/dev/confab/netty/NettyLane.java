package dev.confab.netty;

import dev.confab.spi.Audience;
import dev.confab.spi.Lane;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * One event loop with the sessions that live on it. What other threads hand over waits in one queue and is taken up in
 * order by one task; what a pass has written goes out with one flush per session. One clock tick looks after the
 * deadlines of all sessions, so that none has a timer of its own.
 */
final class NettyLane implements Lane {

    /** So many operations at most before other work of the loop gets its turn. */
    private static final int PASS = 4096;

    /** So many bytes written at most before they are flushed, counted once where many share them. */
    private static final int PASS_BYTES = 64 * 1024;

    private final EventLoop loop;
    private final MpscUnboundedAtomicArrayQueue<Runnable> waiting = new MpscUnboundedAtomicArrayQueue<>(1024);
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<EngineSession> sessions = new ArrayList<>();
    private final List<EngineSession> dirty = new ArrayList<>();
    private final List<NettyAudience> speaking = new ArrayList<>();
    private int unflushed;

    NettyLane(EventLoop loop, long tickMillis) {
        this.loop = loop;
        loop.scheduleAtFixedRate(this::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    }

    EventLoop loop() {
        return loop;
    }

    /** Hands something over; it runs on the loop, in order. Once the door is closed there is nothing to run it for. */
    void hand(Runnable operation) {
        if (loop.isShuttingDown()) {
            return;
        }
        waiting.add(operation);
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this::pass);
            } catch (RejectedExecutionException closedMeanwhile) {
                waiting.clear();
            }
        }
    }

    private void pass() {
        scheduled.set(false);
        int left = PASS;
        for (Runnable operation = waiting.poll(); operation != null; operation = --left > 0 ? waiting.poll() : null) {
            operation.run();
            if (unflushed > PASS_BYTES) {
                flush();
            }
        }
        flush();
        if (!waiting.isEmpty() && scheduled.compareAndSet(false, true)) {
            loop.execute(this::pass);
        }
    }

    /** Notes that a session has something to flush. On the loop. */
    void written(EngineSession session, int bytes, boolean isFirst) {
        unflushed += bytes;
        if (isFirst) {
            dirty.add(session);
        }
    }

    /** Notes that an audience is being told something, until the next flush. On the loop. */
    void speaks(NettyAudience audience) {
        speaking.add(audience);
    }

    /** Notes that all of an audience were told something. On the loop. */
    void said(int bytes) {
        unflushed += bytes;
    }

    /** Runs something on the loop, and flushes what it has written. */
    void act(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
            flush();
        } else {
            hand(action);
        }
    }

    private void flush() {
        unflushed = 0;
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
        for (int i = 0; i < speaking.size(); i++) {
            speaking.get(i).settle();
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

    /** The sessions that are here now. On the loop. */
    List<EngineSession> sessions() {
        return List.copyOf(sessions);
    }

    private void tick() {
        long now = System.nanoTime();
        for (int i = sessions.size() - 1; i >= 0; i--) {
            if (i < sessions.size()) {
                sessions.get(i).tick(now);
            }
        }
        flush();
    }

    @Override
    public Audience newAudience() {
        return new NettyAudience(this);
    }
}
