package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SerialQueueTest {

    private final List<String> words = Collections.synchronizedList(new ArrayList<>());

    @Test
    void tasksRunInTheOrderInWhichTheyWereAdded() throws InterruptedException {
        var ran = Collections.synchronizedList(new ArrayList<Integer>());
        var queue = queue(1_000, 1_000);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            queue.add(0, () -> ran.add(number));
        }
        finish(queue);
        assertThat(ran).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void fullAndRoomTakeTurnsAndRoomIsTheLastWordHoweverFastTasksRun() throws InterruptedException {
        var queue = queue(1, 1_000);
        for (int i = 0; i < 50_000; i++) {
            queue.add(0, () -> {});
        }
        finish(queue);
        assertThat(words).hasSizeGreaterThan(1);
        for (int i = 0; i < words.size(); i++) {
            assertThat(words.get(i)).isEqualTo(i % 2 == 0 ? "full" : "room");
        }
        assertThat(words).endsWith("room");
    }

    @Test
    void aTaskThatFailsHarmsNoOther() throws InterruptedException {
        var queue = queue(10, 1_000);
        queue.add(0, () -> {
            throw new IllegalStateException("a fault");
        });
        finish(queue);
    }

    private SerialQueue queue(int maxTasks, int maxWeight) {
        return new SerialQueue(new SerialQueue.Rules(Thread::startVirtualThread, maxTasks, maxWeight)) {
            @Override
            void full() {
                words.add("full");
            }

            @Override
            void room() {
                words.add("room");
            }
        };
    }

    /** Waits until all that was added has run, and the queue has said that it has room. */
    private static void finish(SerialQueue queue) throws InterruptedException {
        var ran = new CountDownLatch(2);
        queue.add(0, ran::countDown);
        queue.add(0, ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
