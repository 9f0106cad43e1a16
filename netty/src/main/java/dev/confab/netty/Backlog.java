package dev.confab.netty;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be done on a lane, in order: any thread adds to it, the lane's takes from it. It refuses nothing, but says
 * to {@link Pace} when more waits than may, in operations or in the bytes they hold, until little waits again.
 *
 * <p>Operations are not counted one by one. Producers compare how many were ever added with a mark, which moves on once in
 * thousands of operations; bytes are counted only of operations that hold many.
 */
final class Backlog {

    /** So many operations may wait, and when no more than so few do, there is room again. */
    static final int MOST = 8192;

    static final int FEW = 2048;

    /** So many bytes may wait in operations that hold many, and likewise. */
    static final long MOST_BYTES = 16L * 1024 * 1024;

    static final long FEW_BYTES = 4L * 1024 * 1024;

    /** What is lighter is bounded well enough by the number of operations. */
    private static final int HEAVY = 2048;

    private final MpscUnboundedAtomicArrayQueue<Runnable> waiting = new MpscUnboundedAtomicArrayQueue<>(1024);
    private final AtomicLong heavy = new AtomicLong();
    private final AtomicBoolean full = new AtomicBoolean();
    private final Pace pace;
    private volatile long mark = MOST;

    Backlog(Pace pace) {
        this.pace = pace;
    }

    /**
     * Adds an operation. Any thread.
     *
     * @param bytes the memory it holds
     * @return whether more waits by this than may: the lane has to see to it now
     */
    boolean add(Runnable operation, int bytes) {
        boolean isMuch = false;
        if (bytes < HEAVY) {
            waiting.add(operation);
        } else {
            isMuch = heavy.addAndGet(bytes) > MOST_BYTES;
            waiting.add(() -> {
                heavy.addAndGet(-bytes);
                operation.run();
            });
        }
        return (isMuch || waiting.currentProducerIndex() > mark) && !full.get() && fills();
    }

    private boolean fills() {
        long taken = waiting.currentConsumerIndex();
        if (heavy.get() <= MOST_BYTES && waiting.currentProducerIndex() - taken <= MOST) {
            mark = taken + MOST;
            return false;
        }
        // before anybody can see that it is full: those who do rely on it that the pace is strained
        pace.strain();
        if (full.compareAndSet(false, true)) {
            return true;
        }
        pace.ease();
        return false;
    }

    /** Takes the next operation. On the lane. */
    @Nullable
    Runnable poll() {
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many operations wait. */
    int size() {
        return waiting.size();
    }

    /** Says that there is room again, if there is. On the lane, when it has taken what it takes at once. */
    void settle() {
        if (full.get() && waiting.size() <= FEW && heavy.get() <= FEW_BYTES) {
            mark = waiting.currentConsumerIndex() + MOST;
            full.set(false);
            pace.ease();
        }
    }

    /** Forgets what waits. */
    void clear() {
        waiting.clear();
    }
}
