package dev.confab.tck;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds one call of a store, or one of its announcements, until a test lets it go. For any number of threads.
 *
 * <p>A held call waits on its own thread. A held announcement is set aside, so that others overtake it and nobody waits,
 * and is made on the thread that lets it go.
 */
public final class Hold implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private @Nullable Runnable announcement;

    Hold() {}

    /**
     * Waits until there is something to hold.
     *
     * @throws AssertionError where nothing came within ten seconds
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    public void awaitHeld() throws InterruptedException {
        if (!held.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("there was nothing to hold within " + PATIENCE);
        }
    }

    /** Lets go what is held, and what would be held later. */
    public void release() {
        Runnable waiting;
        synchronized (this) {
            released.countDown();
            waiting = announcement;
            announcement = null;
        }
        if (waiting != null) {
            waiting.run();
        }
    }

    /** The same as {@link #release}. */
    @Override
    public void close() {
        release();
    }

    /** Makes the caller wait until it is let go. */
    void detain() {
        held.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while held", e);
        }
    }

    /** Sets an announcement aside, or makes it at once where it was let go before it came. */
    void setAside(Runnable made) {
        synchronized (this) {
            held.countDown();
            if (released.getCount() > 0) {
                announcement = made;
                return;
            }
        }
        made.run();
    }
}
