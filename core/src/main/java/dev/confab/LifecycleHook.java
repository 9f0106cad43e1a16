package dev.confab;

/**
 * Runs at a turn of the life cycle. Each method of {@link ConfabBuilder} that takes one says when it runs and what a
 * throw does. All run on virtual threads and may block, until {@link ChatOptions#hookDeadline()}; past it they are
 * interrupted and count as having thrown {@code timeout}.
 *
 * @param <T> what has happened
 */
@FunctionalInterface
public interface LifecycleHook<T> {

    /**
     * Takes note.
     *
     * @param turn what has happened
     * @throws Exception as the method that took this hook says
     */
    void on(T turn) throws Exception;
}
