package dev.confab.engine;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs code of the embedder's. Each call has a virtual thread of its own, so that one that overstays its deadline can
 * be left behind: it is interrupted, and what it does later counts for nothing.
 */
final class HookRunner {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final Duration deadline;

    /** What the calling thread has bound and the hook's thread is to see. */
    private final ScopedValue<Presence.Turn> turn;

    HookRunner(Duration deadline, ScopedValue<Presence.Turn> turn) {
        this.deadline = deadline;
        this.turn = turn;
    }

    /**
     * Runs a hook.
     *
     * @param name what to call it in the log
     * @throws ChatException what the hook threw; {@code timeout} past the deadline; {@code internalError} for anything
     *     else it threw, which is logged here
     */
    <T> T run(String name, Callable<T> hook) {
        var task = new FutureTask<>(inSameTurn(hook));
        Thread.ofVirtual().name("confab-hook-" + name).start(task);
        try {
            return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(name, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException _) {
            task.cancel(true);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} hook exceeded its deadline of {1} and was interrupted",
                    name,
                    deadline);
            throw new ChatException(ChatError.timeout());
        } catch (InterruptedException _) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new ChatException(ChatError.timeout());
        }
    }

    private <T> Callable<T> inSameTurn(Callable<T> hook) {
        if (!turn.isBound()) {
            return hook;
        }
        Presence.Turn mine = turn.get();
        return () -> ScopedValue.where(turn, mine).call(hook::call);
    }

    private static ChatException failure(String name, Throwable cause) {
        if (cause instanceof ChatException answer) {
            return answer;
        }
        LOG.log(System.Logger.Level.ERROR, name + " hook failed", cause);
        return new ChatException(ChatError.internalError());
    }
}
