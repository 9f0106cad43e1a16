package dev.confab.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to run a command on the virtual thread of its connection. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SerialQueueBenchmark {

    private static final int MANY = 1000;

    private final SerialQueue queue =
            new SerialQueue(new SerialQueue.Rules(Thread::startVirtualThread, Integer.MAX_VALUE, Integer.MAX_VALUE)) {
                @Override
                void full() {}

                @Override
                void room() {}
            };

    /** One command on an idle connection: its thread begins, and ends; the benchmark's own is woken up. */
    @Benchmark
    public void runOne() throws InterruptedException {
        run(1);
    }

    /** Each of a thousand commands in a row. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void runMany() throws InterruptedException {
        run(MANY);
    }

    private void run(int commands) throws InterruptedException {
        var done = new CountDownLatch(1);
        for (int i = 1; i < commands; i++) {
            queue.add(100, SerialQueueBenchmark::nothing);
        }
        queue.add(100, done::countDown);
        done.await();
    }

    private static void nothing() {}
}
