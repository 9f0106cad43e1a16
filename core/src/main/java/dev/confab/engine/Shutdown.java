package dev.confab.engine;

import dev.confab.Closing;
import dev.confab.spi.Store;
import dev.confab.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The end of a server, in order: nobody comes in any more, what runs may finish, connections end, the embedder is told,
 * the store closes. Whatever fails on the way, the rest still happens, and the first failure is thrown in the end.
 */
final class Shutdown {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    /** The ends of connections have this long at least, in nanoseconds, even where commands took all the time. */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

    private final Desk desk;
    private final List<Transport> open = new ArrayList<>();
    private final Store store;
    private final Lifecycle lifecycle;
    private final Listeners listeners;
    private final Duration patience;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private @Nullable RuntimeException failure;

    Shutdown(Desk desk, Store store, Lifecycle lifecycle, Listeners listeners, Duration patience) {
        this.desk = desk;
        this.store = store;
        this.lifecycle = lifecycle;
        this.listeners = listeners;
        this.patience = patience;
    }

    /** Notes a door that is to be closed. */
    void opened(Transport door) {
        open.add(door);
    }

    /** Closes what was opened before a start failed. */
    void abandon(Exception cause) {
        if (begun.compareAndSet(false, true)) {
            open.forEach(door -> attempt(door::stopAccepting));
            open.forEach(door -> attempt(door::close));
            attempt(store::close);
            closed.countDown();
            listeners.closed(cause);
        }
    }

    void close() {
        if (!begun.compareAndSet(false, true)) {
            awaitClosedUninterruptibly();
            return;
        }
        open.forEach(door -> attempt(door::stopAccepting));
        long deadline = System.nanoTime() + patience.toNanos();
        waitFor("commands", desk::finishCommands, patience);
        open.forEach(door -> attempt(door::close));
        waitFor("connections", desk::awaitSessions, Duration.ofNanos(Math.max(deadline - System.nanoTime(), GRACE)));
        RuntimeException cause = failure;
        attempt(() -> lifecycle.closing(new Closing(lifecycle.chat(), cause)));
        attempt(store::close);
        closed.countDown();
        listeners.closed(failure);
        if (failure != null) {
            throw failure;
        }
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }

    boolean awaitClosed(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void awaitClosedUninterruptibly() {
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void waitFor(String what, Wait wait, Duration time) {
        try {
            if (!wait.await(time)) {
                LOG.log(System.Logger.Level.WARNING, "closing without waiting longer for {0}", what);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else {
                failure.addSuppressed(e);
            }
        }
    }

    /** Something to wait for. */
    private interface Wait {
        boolean await(Duration time) throws InterruptedException;
    }
}
