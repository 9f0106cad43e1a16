package dev.confab.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run one after the other, in the order in which they were added, on a virtual thread that exists only while
 * there are any. An idle queue holds nothing.
 *
 * <p>The queue itself refuses nothing; it says when it is {@link #add full}, and tells a listener when it has room again.
 */
final class SerialQueue {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final int maxTasks;
    private final int maxWeight;
    private final Runnable onRoom;

    private @Nullable ArrayDeque<Task> waiting;
    private int weight;
    private boolean running;
    private boolean full;

    SerialQueue(int maxTasks, int maxWeight, Runnable onRoom) {
        this.maxTasks = maxTasks;
        this.maxWeight = maxWeight;
        this.onRoom = onRoom;
    }

    /**
     * Adds a task.
     *
     * @return whether this task has made the queue full, so that whoever adds should pause
     */
    boolean add(int taskWeight, Runnable action) {
        synchronized (this) {
            if (waiting == null) {
                waiting = new ArrayDeque<>(4);
            }
            waiting.add(new Task(taskWeight, action));
            weight += taskWeight;
            if (!running) {
                running = true;
                Thread.startVirtualThread(this::drain);
            }
            boolean wasFull = full;
            full = full || waiting.size() >= maxTasks || weight >= maxWeight;
            return full && !wasFull;
        }
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

    private @Nullable Task next(@Nullable Task done) {
        boolean hasRoom;
        Task next;
        synchronized (this) {
            weight -= done == null ? 0 : done.weight;
            next = waiting == null ? null : waiting.poll();
            if (next == null) {
                waiting = null;
                running = false;
            }
            hasRoom = full && (waiting == null || waiting.size() <= maxTasks / 2) && weight <= maxWeight / 2;
            full = full && !hasRoom;
        }
        if (hasRoom) {
            onRoom.run();
        }
        return next;
    }

    private record Task(int weight, Runnable action) {}
}
