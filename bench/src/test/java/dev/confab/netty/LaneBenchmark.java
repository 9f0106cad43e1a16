package dev.confab.netty;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to hand something over to the event loop that it is meant for, until it has run there. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LaneBenchmark {

    private static final int MANY = 1000;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final NettyLane lane = new NettyLane(loops.next(), 60_000, new Pace(), null);

    @TearDown
    public void end() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** One operation for a loop that sleeps: most of this is waking it up, and being woken up by it. */
    @Benchmark
    public void handOneOver() throws InterruptedException {
        handOver(1);
    }

    /** Each of a thousand operations handed over in a row. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void handManyOver() throws InterruptedException {
        handOver(MANY);
    }

    private void handOver(int operations) throws InterruptedException {
        var done = new CountDownLatch(1);
        for (int i = 1; i < operations; i++) {
            lane.hand(LaneBenchmark::nothing);
        }
        lane.hand(done::countDown);
        done.await();
    }

    private static void nothing() {}
}
