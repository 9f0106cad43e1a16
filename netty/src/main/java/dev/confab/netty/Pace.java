package dev.confab.netty;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Holds up whoever is about to give lanes more to do, while any of them has more waiting than may. Where none has, that
 * costs one look. Any thread but those of the lanes, which have to go on.
 * Open for tests that look closely.
 */
class Pace {

    private final AtomicInteger full = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition eased = lock.newCondition();
    private boolean ended;

    /** A lane has more waiting than may; {@link #ease} takes it back. */
    void strain() {
        full.incrementAndGet();
    }

    /** A lane has got on with what was waiting. */
    void ease() {
        if (full.decrementAndGet() <= 0) {
            signal();
        }
    }

    /** Whether somebody would be held up. */
    boolean isStrained() {
        return full.get() > 0;
    }

    /**
     * Waits until no lane has more waiting than may. An interrupt doesn't end the wait, which is a short one as long as
     * lanes run; it is there afterwards.
     */
    void keep() {
        if (!isStrained()) {
            return;
        }
        lock.lock();
        try {
            while (isStrained() && !ended) {
                eased.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Holds nobody up any more: the lanes are closed. */
    void end() {
        lock.lock();
        try {
            ended = true;
            eased.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void signal() {
        lock.lock();
        try {
            eased.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
