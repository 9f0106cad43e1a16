package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two threads add tasks while the queue's own threads run them, in interleavings that a model checker chooses; and the
 * same with queues that are broken, which have to be found.
 */
class SerialQueueInterleavingsTest {

    private static final int INTERLEAVINGS = 500;
    private static final int TASKS = 2;

    /** What is asked of a queue. */
    interface Queue {
        void add(Runnable task);
    }

    private interface NewQueue {
        Queue make(Executor threads, Runnable onFull, Runnable onRoom);
    }

    @Test
    void tasksRunOnceOneAfterTheOtherInTheOrderOfTheirThreadAndTheLastWordIsThatThereIsRoom() {
        Lincheck.runConcurrentTest(
                INTERLEAVINGS,
                () -> check((threads, onFull, onRoom) -> {
                    var queue = new SerialQueue(new SerialQueue.Rules(threads, 2, 1_000)) {
                        @Override
                        void full() {
                            onFull.run();
                        }

                        @Override
                        void room() {
                            onRoom.run();
                        }
                    };
                    return task -> queue.add(0, task);
                }));
    }

    @ParameterizedTest
    @EnumSource
    void aBrokenQueueIsFound(Broken broken) {
        assertThatThrownBy(() -> Lincheck.runConcurrentTest(INTERLEAVINGS, () -> check(broken::make)))
                .isInstanceOf(LincheckAssertionError.class);
    }

    private static void check(NewQueue newQueue) {
        var run = new Run();
        Queue queue = newQueue.make(run::start, () -> run.word("full"), () -> run.word("room"));
        var one = new Thread(() -> run.adds(queue, 0));
        var other = new Thread(() -> run.adds(queue, TASKS));
        one.start();
        other.start();
        join(one);
        join(other);
        run.end();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void require(boolean held, String what) {
        if (!held) {
            throw new AssertionError("not " + what);
        }
    }

    /** What happens in one interleaving. */
    private static final class Run {
        private final List<Thread> threads = new ArrayList<>();
        private final List<Integer> ran = new ArrayList<>();
        private final List<String> words = new ArrayList<>();
        private boolean busy;
        private boolean overlapped;

        void start(Runnable drain) {
            var thread = new Thread(drain);
            synchronized (threads) {
                threads.add(thread);
            }
            thread.start();
        }

        void adds(Queue queue, int from) {
            for (int i = from; i < from + TASKS; i++) {
                int number = i;
                queue.add(() -> task(number));
            }
        }

        /** What it does isn't thread-safe, so a queue that runs two at a time loses something. */
        private void task(int number) {
            if (busy) {
                overlapped = true;
            }
            busy = true;
            ran.add(number);
            busy = false;
        }

        void word(String word) {
            synchronized (words) {
                words.add(word);
            }
        }

        void end() {
            for (int i = 0; i < threads.size(); i++) {
                join(threads.get(i));
            }
            require(!overlapped, "one at a time");
            require(ran.size() == 2 * TASKS && ran.containsAll(List.of(0, 1, 2, 3)), "each once");
            require(ran.indexOf(0) < ran.indexOf(1) && ran.indexOf(2) < ran.indexOf(3), "in order");
            for (int i = 0; i < words.size(); i++) {
                require(words.get(i).equals(i % 2 == 0 ? "full" : "room"), "in turns");
            }
            require(words.size() % 2 == 0, "the last word is that there is room");
        }
    }

    /** Queues as one might write them. */
    enum Broken {
        /** Looks whether there is more, and says that it is done, in two steps. */
        ENDS_IN_TWO_STEPS {
            @Override
            Queue make(Executor threads, Runnable onFull, Runnable onRoom) {
                return new Queue() {
                    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
                    private boolean running;

                    @Override
                    public void add(Runnable task) {
                        boolean isFirst;
                        synchronized (this) {
                            waiting.add(task);
                            isFirst = !running;
                            running = true;
                        }
                        if (isFirst) {
                            threads.execute(this::drain);
                        }
                    }

                    private void drain() {
                        for (Runnable task = next(); task != null; task = next()) {
                            task.run();
                        }
                        synchronized (this) {
                            running = false;
                        }
                    }

                    private synchronized @Nullable Runnable next() {
                        return waiting.poll();
                    }
                };
            }
        },

        /** Gives each task a thread of its own. */
        RUNS_TASKS_AS_THEY_COME {
            @Override
            Queue make(Executor threads, Runnable onFull, Runnable onRoom) {
                return threads::execute;
            }
        },

        /** Says that it is full, or has room, behind its lock. */
        SAYS_FULL_AND_ROOM_OUTSIDE_ITS_LOCK {
            @Override
            Queue make(Executor threads, Runnable onFull, Runnable onRoom) {
                return new Queue() {
                    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
                    private boolean running;
                    private boolean full;

                    @Override
                    public void add(Runnable task) {
                        boolean isFirst;
                        boolean becomesFull;
                        synchronized (this) {
                            waiting.add(task);
                            isFirst = !running;
                            running = true;
                            becomesFull = !full && waiting.size() >= 2;
                            full |= becomesFull;
                        }
                        if (isFirst) {
                            threads.execute(this::drain);
                        }
                        if (becomesFull) {
                            onFull.run();
                        }
                    }

                    private void drain() {
                        for (Runnable task = next(); task != null; task = next()) {
                            task.run();
                        }
                    }

                    private @Nullable Runnable next() {
                        Runnable next;
                        boolean hasRoom;
                        synchronized (this) {
                            next = waiting.poll();
                            running = next != null;
                            hasRoom = full && waiting.size() <= 1;
                            full &= !hasRoom;
                        }
                        if (hasRoom) {
                            onRoom.run();
                        }
                        return next;
                    }
                };
            }
        };

        abstract Queue make(Executor threads, Runnable onFull, Runnable onRoom);
    }
}
