package dev.confab.engine;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run one after the other, in the order in which they were added, on a thread that is asked for only while there
 * are any. An idle queue holds nothing.
 *
 * <p>The queue itself refuses nothing; it says when it is full, and when it has room again. It says so under its lock, so
 * that whoever hears last that there is room hears nothing older behind it.
 */
final class SerialQueue {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final Executor threads;
    private final int maxTasks;
    private final int maxWeight;
    private final Runnable onFull;
    private final Runnable onRoom;

    private @Nullable ArrayDeque<Task> waiting;
    private int weight;
    private boolean running;
    private boolean full;

    /**
     * Makes an empty queue.
     *
     * @param threads runs what there is to do, on a thread that may block
     * @param onFull called when the queue becomes full; returns at once and takes no locks that are held around a call
     * @param onRoom called when it has room again, likewise
     */
    SerialQueue(Executor threads, int maxTasks, int maxWeight, Runnable onFull, Runnable onRoom) {
        this.threads = threads;
        this.maxTasks = maxTasks;
        this.maxWeight = maxWeight;
        this.onFull = onFull;
        this.onRoom = onRoom;
    }

    void add(int taskWeight, Runnable action) {
        if (enqueue(new Task(taskWeight, action))) {
            // not under the lock, which the new thread wants first of all
            threads.execute(this::drain);
        }
    }

    /** Adds a task, and says whether nobody works on the queue yet. */
    private synchronized boolean enqueue(Task task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(task);
        weight += task.weight;
        if (!full && (waiting.size() >= maxTasks || weight >= maxWeight)) {
            full = true;
            onFull.run();
        }
        boolean isFirst = !running;
        running = true;
        return isFirst;
    }

    private void drain() {
        for (Task task = next(null); task != null; task = next(task)) {
            try {
                task.action.run();
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.ERROR, "a task of a connection failed", e);
            }
        }
    }

    private synchronized @Nullable Task next(@Nullable Task done) {
        weight -= done == null ? 0 : done.weight;
        Task next = waiting == null ? null : waiting.poll();
        if (next == null) {
            waiting = null;
            running = false;
        }
        if (full && (waiting == null || waiting.size() <= maxTasks / 2) && weight <= maxWeight / 2) {
            full = false;
            onRoom.run();
        }
        return next;
    }

    private record Task(int weight, Runnable action) {}
}
