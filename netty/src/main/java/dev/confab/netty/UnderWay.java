package dev.confab.netty;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The commands of a lane that are worth waiting for: those that began since the last time the lane gave up waiting. So one
 * that takes long is waited for once. Any thread.
 */
final class UnderWay {

    /** In the upper half the round, in the lower one how many commands of it are under way. */
    private final AtomicLong state = new AtomicLong();

    /**
     * Counts a command.
     *
     * @return the round it belongs to
     */
    long begin() {
        return state.getAndIncrement() >>> Integer.SIZE;
    }

    /**
     * A command has ended.
     *
     * @param round the round it belongs to
     * @return whether it was the last one that was waited for
     */
    boolean end(long round) {
        long before = state.get();
        while (before >>> Integer.SIZE == round) {
            if (state.compareAndSet(before, before - 1)) {
                return (int) before == 1;
            }
            before = state.get();
        }
        return false;
    }

    /** Whether any is waited for. */
    boolean any() {
        return (int) state.get() != 0;
    }

    /** Waits for none of those that are under way now. */
    void giveUp() {
        state.getAndUpdate(now -> ((now >>> Integer.SIZE) + 1) << Integer.SIZE);
    }
}
