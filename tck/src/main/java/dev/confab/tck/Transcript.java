package dev.confab.tck;

import dev.confab.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
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

    @Nullable
    CloseReason ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the first waiting event of a kind, or null where none came in time or none can come any more. */
    Heard.@Nullable Event take(Predicate<Heard.Event> kind, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (true) {
                Heard.Event event = poll(kind);
                if (event != null || ended != null || left <= 0) {
                    return event;
                }
                left = await(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What was heard at a place, from 0; null where nothing came there in time or nothing can come any more. */
    @Nullable
    Heard at(int place, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (place >= heard.size() && ended == null && left > 0) {
                left = await(left);
            }
            return place < heard.size() ? heard.get(place) : null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the end; null where it doesn't come in time. */
    @Nullable
    CloseReason awaitEnd(Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (ended == null && left > 0) {
                left = await(left);
            }
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private Heard.@Nullable Event poll(Predicate<Heard.Event> kind) {
        for (int i = 0; i < waiting.size(); i++) {
            if (kind.test(waiting.get(i))) {
                return waiting.remove(i);
            }
        }
        return null;
    }

    private long await(long nanos) {
        try {
            return changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to be told something", e);
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
