package dev.confab.memory;

import org.jspecify.annotations.Nullable;

/**
 * What the histories of all rooms may weigh together, and the chain of all kept messages from the oldest to the newest.
 * Its lock is the last one taken, and held for a few steps only. A room that appends adds to the chain; who has appended
 * then calls {@link #settle} without holding any lock, since making room means to lock other rooms, one by one.
 */
final class HistoryBudget {

    private final long limit;
    private volatile long total;
    private @Nullable LogEntry oldest;
    private @Nullable LogEntry newest;

    HistoryBudget(long limit) {
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    long total() {
        return total;
    }

    synchronized void add(LogEntry entry) {
        entry.older = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.newer = entry;
        }
        newest = entry;
        total += entry.weight();
    }

    synchronized void remove(LogEntry entry) {
        LogEntry before = entry.older;
        LogEntry after = entry.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        entry.older = null;
        entry.newer = null;
        total -= entry.weight();
    }

    /** Drops the oldest messages, of whatever room, until the rest is within the limit. */
    void settle() {
        while (total > limit) {
            LogEntry entry = oldest();
            if (entry == null) {
                return;
            }
            entry.room.evict(entry);
        }
    }

    private synchronized @Nullable LogEntry oldest() {
        return oldest;
    }
}
