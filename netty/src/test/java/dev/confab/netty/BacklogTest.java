package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads hand over to a lane whose loop doesn't get on for a while. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BacklogTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PRODUCERS = 16;
    private static final int EACH = 2_000;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Pace pace = new Pace();
    private final NettyLane lane = new NettyLane((EventLoop) loops.next(), 60_000, pace, null);
    private final CountDownLatch standing = new CountDownLatch(1);

    /** What each producer has handed over and was done, on the loop only. */
    private final List<List<Integer>> done = IntStream.range(0, PRODUCERS)
            .<List<Integer>>mapToObj(_ -> new ArrayList<>())
            .toList();

    private final AtomicLong mostOperations = new AtomicLong();
    private final AtomicLong mostBytes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @AfterEach
    void end() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private void standStill() {
        lane.loop().execute(() -> {
            try {
                standing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Starts producers that do something before each operation, and notes the most that ever waits. */
    private List<Thread> produce(Runnable before, int weight) {
        return IntStream.range(0, PRODUCERS)
                .mapToObj(producer -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < EACH; i++) {
                        before.run();
                        handOver(producer, i, weight);
                    }
                }))
                .toList();
    }

    private void handOver(int producer, int number, int weight) {
        mostBytes.accumulateAndGet(bytes.addAndGet(weight), Math::max);
        lane.hand(
                () -> {
                    bytes.addAndGet(-weight);
                    done.get(producer).add(number);
                },
                weight);
        mostOperations.accumulateAndGet(lane.waiting(), Math::max);
    }

    private void finish(List<Thread> producers) throws Exception {
        for (Thread producer : producers) {
            assertThat(producer.join(PATIENCE)).isTrue();
        }
        var last = new CountDownLatch(1);
        lane.hand(last::countDown);
        assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
        // the lane says that there is room once it has taken all it takes at once, which is behind the last of them
        lane.loop().submit(() -> {}).get(20, TimeUnit.SECONDS);
        assertThat(done)
                .allSatisfy(numbers -> assertThat(numbers)
                        .isEqualTo(IntStream.range(0, EACH).boxed().toList()));
        assertThat(lane.waiting()).isZero();
        assertThat(pace.isStrained()).isFalse();
    }

    @Test
    void whoKeepsThePaceHandsOverNoMoreThanMayWait() throws Exception {
        standStill();
        List<Thread> producers = produce(pace::keep, 10);
        await().atMost(PATIENCE).until(pace::isStrained);
        await("all have noted what waits")
                .atMost(PATIENCE)
                .until(() -> producers.stream()
                        .allMatch(producer -> !producer.isAlive() || producer.getState() == Thread.State.WAITING));
        assertThat(producers).anyMatch(Thread::isAlive);
        standing.countDown();
        finish(producers);
        assertThat(mostOperations.get()).isBetween((long) Backlog.MOST, Backlog.MOST + 1L + PRODUCERS);
    }

    @Test
    void whoDoesNotIsSeenToOutrunTheLane() throws Exception {
        standStill();
        List<Thread> producers = produce(() -> {}, 10);
        for (Thread producer : producers) {
            assertThat(producer.join(PATIENCE)).isTrue();
        }
        assertThat(pace.isStrained()).isTrue();
        standing.countDown();
        finish(producers);
        assertThat(mostOperations.get()).isEqualTo(PRODUCERS * EACH);
    }

    @Test
    void whatIsHeavyIsBoundedByItsBytes() throws Exception {
        int weight = 100_000;
        standStill();
        List<Thread> producers = produce(pace::keep, weight);
        await().atMost(PATIENCE).until(pace::isStrained);
        standing.countDown();
        finish(producers);
        assertThat(mostBytes.get()).isBetween(Backlog.MOST_BYTES, Backlog.MOST_BYTES + (1L + PRODUCERS) * weight);
    }

    @Test
    void whatComesWhileSomebodyIsAboutToSayThatItIsTooMuchSaysSoItself() {
        var strainedMeanwhile = new ArrayList<Boolean>();
        var backlog = new AtomicReference<@Nullable Backlog>();
        var slow = new Pace() {
            private boolean isFirst = true;

            @Override
            void strain() {
                if (isFirst) {
                    isFirst = false;
                    addMuch(backlog);
                    strainedMeanwhile.add(isStrained());
                }
                super.strain();
            }
        };
        backlog.set(new Backlog(slow));
        addMuch(backlog);
        assertThat(strainedMeanwhile).containsExactly(true);
        Backlog full = Objects.requireNonNull(backlog.get());
        for (Runnable operation = full.poll(); operation != null; operation = full.poll()) {
            operation.run();
        }
        full.settle();
        assertThat(slow.isStrained()).isFalse();
    }

    private static void addMuch(AtomicReference<@Nullable Backlog> backlog) {
        Objects.requireNonNull(backlog.get()).add(() -> {}, (int) Backlog.MOST_BYTES + 1);
    }

    @Test
    void aLaneThatGetsOnStrainsNobody() throws Exception {
        standing.countDown();
        for (int i = 0; i < 10 * Backlog.MOST; i++) {
            if (i % 1000 == 0) {
                await().atMost(PATIENCE).until(() -> lane.waiting() == 0);
            }
            lane.hand(() -> {}, 10_000);
            assertThat(pace.isStrained()).isFalse();
        }
    }

    @Test
    void whoeverWaitsGoesOnWhenTheLanesAreClosed() throws Exception {
        standStill();
        List<Thread> producers = produce(pace::keep, 10);
        await().atMost(PATIENCE).until(pace::isStrained);
        pace.end();
        for (Thread producer : producers) {
            assertThat(producer.join(PATIENCE)).isTrue();
        }
        standing.countDown();
    }

    @Test
    void anInterruptIsKeptForLater() throws Exception {
        pace.strain();
        var interrupted = new CountDownLatch(1);
        Thread waiting = Thread.ofVirtual().start(() -> {
            pace.keep();
            if (Thread.currentThread().isInterrupted()) {
                interrupted.countDown();
            }
        });
        await().atMost(PATIENCE).until(() -> waiting.getState() == Thread.State.WAITING);
        waiting.interrupt();
        pace.ease();
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
