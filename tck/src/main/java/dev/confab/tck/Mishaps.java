package dev.confab.tck;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * What happens to one kind of announcement of a {@link FaultyStore} on its way. Each mishap happens to one announcement,
 * in the order in which it was asked for. For any number of threads.
 */
public final class Mishaps {

    private final Queue<Consumer<Runnable>> waiting = new ArrayDeque<>();
    private boolean dropsAll;

    Mishaps() {}

    /** Loses one announcement. */
    public synchronized void dropOnce() {
        waiting.add(_ -> {});
    }

    /** Loses all announcements, until {@link #heal}. */
    public synchronized void dropAll() {
        dropsAll = true;
    }

    /** Makes one announcement twice. */
    public synchronized void repeatOnce() {
        waiting.add(announcement -> {
            announcement.run();
            announcement.run();
        });
    }

    /**
     * Makes one announcement late.
     *
     * @return what it waits for; others overtake it meanwhile
     */
    public synchronized Hold hold() {
        var hold = new Hold();
        waiting.add(hold::setAside);
        return hold;
    }

    /** Lets nothing happen any more; an announcement that is held already stays held. */
    public synchronized void heal() {
        waiting.clear();
        dropsAll = false;
    }

    /** Where an announcement comes by. */
    void pass(Runnable announcement) {
        next().accept(announcement);
    }

    private synchronized Consumer<Runnable> next() {
        Consumer<Runnable> first = waiting.poll();
        if (first != null) {
            return first;
        }
        return dropsAll ? _ -> {} : Runnable::run;
    }
}
