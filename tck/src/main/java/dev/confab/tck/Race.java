package dev.confab.tck;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Lets several things begin at once, and waits for all of them. Each has a platform thread, since virtual ones that never
 * wait don't give way to others.
 */
final class Race implements AutoCloseable {

    private final Duration patience;
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final CountDownLatch start = new CountDownLatch(1);
    private final List<Future<?>> runners = new ArrayList<>();

    Race(Duration patience) {
        this.patience = patience;
    }

    /** Adds something that begins with the race. */
    <T> Future<T> enter(Callable<T> act) {
        Future<T> runner = threads.submit(() -> {
            start.await();
            return act.call();
        });
        runners.add(runner);
        return runner;
    }

    /** Adds something whose result is of no interest. */
    void enterToo(Callable<?> act) {
        var _ = enter(act);
    }

    /** Runs the race to its end; a throw of a runner is thrown here. */
    void run() throws Exception {
        start.countDown();
        for (Future<?> runner : runners) {
            runner.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
