package dev.confab.tck;

import dev.confab.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that one client was told, in order, and which events among it a test has taken note of. */
final class Transcript {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Heard> heard = new ArrayList<>();
    private final List<Heard.Event> waiting = new ArrayList<>();
    private final Consumer<CloseReason> whenEnded;
    private @Nullable CloseReason ended;

    Transcript(Consumer<CloseReason> whenEnded) {
        this.whenEnded = whenEnded;
    }

    void add(Heard what) {
        change(() -> {
            heard.add(what);
            if (what instanceof Heard.Event event) {
                waiting.add(event);
            }
        });
    }

    void end(CloseReason reason) {
        change(() -> ended = reason);
        whenEnded.accept(reason);
    }

    List<Heard> heard() {
        lock.lock();
        try {
            return List.copyOf(heard);
        } finally {
            lock.unlock();
        }
    }

    /** The events that nobody has taken yet. */
    List<Heard.Event> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }

    List<Heard.Event> takeAll() {
        lock.lock();
        try {
            List<Heard.Event> all = List.copyOf(waiting);
            waiting.clear();
            return all;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    CloseReason ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first waiting event of a kind; null where none came in time or none can come any more. */
    Heard.@Nullable Event take(Predicate<Heard.Event> kind, Duration patience) {
        return await(() -> poll(kind), patience);
    }

    /** What was heard at a place, from 0; null where nothing came there in time or nothing can come any more. */
    @Nullable
    Heard at(int place, Duration patience) {
        return await(() -> place < heard.size() ? heard.get(place) : null, patience);
    }

    /** Waits for the end; null where it doesn't come in time. */
    @Nullable
    CloseReason awaitEnd(Duration patience) {
        return await(() -> ended, patience);
    }

    private Heard.@Nullable Event poll(Predicate<Heard.Event> kind) {
        for (int i = 0; i < waiting.size(); i++) {
            if (kind.test(waiting.get(i))) {
                return waiting.remove(i);
            }
        }
        return null;
    }

    private <T> @Nullable T await(Supplier<@Nullable T> what, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            T found = what.get();
            while (found == null && ended == null && left > 0) {
                left = changed.awaitNanos(left);
                found = what.get();
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to be told something", e);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
