package dev.confab.tck;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at one point of one operation of a {@link FaultyStore}. What is to happen once happens to one call
 * each, in the order in which it was asked for; what is to happen again and again happens to the others. For any number
 * of threads.
 */
public final class Faults {

    private final Queue<Runnable> once = new ArrayDeque<>();
    private @Nullable RuntimeException repeated;
    private int every;
    private int calls;

    Faults() {}

    /**
     * Lets one call fail.
     *
     * @param failure what it throws
     */
    public synchronized void failOnce(RuntimeException failure) {
        once.add(() -> {
            throw failure;
        });
    }

    /**
     * Lets each nth call from now on fail, until {@link #heal}.
     *
     * @param nth how many calls there are to one that fails; 1 or more, 1 for all of them
     * @param failure what it throws
     */
    public synchronized void failEvery(int nth, RuntimeException failure) {
        if (nth < 1) {
            throw new IllegalArgumentException("nth is 1 or more, not " + nth);
        }
        every = nth;
        calls = 0;
        repeated = failure;
    }

    /**
     * Lets one call wait.
     *
     * @return what it waits for
     */
    public synchronized Hold hold() {
        var hold = new Hold();
        once.add(hold::detain);
        return hold;
    }

    /** Lets nothing go wrong any more; a call that is held already stays held. */
    public synchronized void heal() {
        once.clear();
        repeated = null;
    }

    /** Where a call comes by. */
    void pass() {
        next().run();
    }

    private synchronized Runnable next() {
        Runnable first = once.poll();
        if (first != null) {
            return first;
        }
        RuntimeException failure = repeated;
        if (failure != null && ++calls % every == 0) {
            return () -> {
                throw failure;
            };
        }
        return () -> {};
    }
}
