package dev.confab.memory;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.spi.PresenceStore.Reservation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fair locks, one for each key, which exist only while somebody holds them or waits for them. */
final class KeyedLocks<K> {

    private final Map<K, Lock> locks = new HashMap<>();

    /** Waits for the lock of a key, for as long as patience says. */
    Reservation acquire(K key, Duration patience) throws InterruptedException {
        Lock lock = enter(key);
        boolean acquired = false;
        try {
            acquired = lock.turn.tryAcquire(nanos(patience), TimeUnit.NANOSECONDS);
        } finally {
            if (!acquired) {
                exit(key, lock);
            }
        }
        if (!acquired) {
            throw new ChatException(ChatError.timeout());
        }
        return new Held(key, lock);
    }

    /** How many keys are held or waited for. */
    synchronized int size() {
        return locks.size();
    }

    private synchronized Lock enter(K key) {
        Lock lock = locks.computeIfAbsent(key, _ -> new Lock());
        lock.interested++;
        return lock;
    }

    private synchronized void exit(K key, Lock lock) {
        if (--lock.interested == 0) {
            locks.remove(key);
        }
    }

    private static long nanos(Duration patience) {
        return TimeUnit.NANOSECONDS.convert(patience);
    }

    private static final class Lock {
        final Semaphore turn = new Semaphore(1, true);
        int interested;
    }

    private final class Held implements Reservation {
        private final K key;
        private final Lock lock;
        private final AtomicBoolean closed = new AtomicBoolean();

        Held(K key, Lock lock) {
            this.key = key;
            this.lock = lock;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                lock.turn.release();
                exit(key, lock);
            }
        }
    }
}
