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
abstract class SerialQueue {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final Rules rules;
    private @Nullable ArrayDeque<Task> waiting;
    private int weight;
    private boolean running;
    private boolean isFull;

    SerialQueue(Rules rules) {
        this.rules = rules;
    }

    /** The queue has become full. Returns at once, and takes no locks that are held around a call. */
    abstract void full();

    /** The queue has room again. Likewise. */
    abstract void room();

    void add(int taskWeight, Runnable action) {
        if (enqueue(new Task(taskWeight, action))) {
            // not under the lock, which the new thread wants first of all
            rules.threads.execute(this::drain);
        }
    }

    /** Adds a task, and says whether nobody works on the queue yet. */
    private synchronized boolean enqueue(Task task) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(task);
        weight += task.weight;
        if (!isFull && (waiting.size() >= rules.maxTasks || weight >= rules.maxWeight)) {
            isFull = true;
            full();
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
        if (isFull && (waiting == null || waiting.size() <= rules.maxTasks / 2) && weight <= rules.maxWeight / 2) {
            isFull = false;
            room();
        }
        return next;
    }

    /**
     * What many queues have in common.
     *
     * @param threads runs what there is to do, on a thread that may block
     * @param maxTasks so many tasks make a queue full
     * @param maxWeight so much weight does, too
     */
    record Rules(Executor threads, int maxTasks, int maxWeight) {}

    private record Task(int weight, Runnable action) {}
}
