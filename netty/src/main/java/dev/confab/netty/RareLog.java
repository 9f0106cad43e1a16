package dev.confab.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells an operator of something that may happen many times a second: the first time, and then once in ten seconds. */
final class RareLog {

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong untold = new AtomicLong();

    /** Tells, or counts. Any thread. */
    void warn(String what) {
        long now = System.nanoTime();
        long from = next.get();
        if (now - from < 0 || !next.compareAndSet(from, now + PAUSE)) {
            untold.incrementAndGet();
            return;
        }
        long before = untold.getAndSet(0);
        LOG.log(System.Logger.Level.WARNING, before == 0 ? what : what + " (and " + before + " times before)");
    }
}
