package dev.confab.memory;

import dev.confab.protocol.Message;
import org.jspecify.annotations.Nullable;

/** A kept message, chained to those kept before and after it in all rooms. */
final class LogEntry {

    /** What a kept message takes beside its body: itself, its timestamp, this entry, its place in the log. */
    static final int OVERHEAD = 128;

    final MemoryRoom room;
    final Message message;
    final int bodyWeight;

    /** The chain; for {@link HistoryBudget} alone. */
    @Nullable
    LogEntry older;

    /** The chain; for {@link HistoryBudget} alone. */
    @Nullable
    LogEntry newer;

    LogEntry(MemoryRoom room, Message message) {
        this.room = room;
        this.message = message;
        this.bodyWeight = message.body().fields().weight();
    }

    long weight() {
        return (long) OVERHEAD + bodyWeight;
    }
}
