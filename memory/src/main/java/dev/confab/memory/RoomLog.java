package dev.confab.memory;

import dev.confab.protocol.Message;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.PageLimit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one room: every id it has given, and the newest of its messages, as many as the limits allow. The room's
 * lock guards it. The messages lie in a ring that grows and shrinks with them.
 */
final class RoomLog {

    private static final int SMALLEST_RING = 8;
    private static final @Nullable LogEntry[] EMPTY = new LogEntry[0];

    private final HistoryBudget budget;
    private final long maxBytes;
    private final String epoch;
    private int maxSize;
    private @Nullable LogEntry[] ring = EMPTY;
    private int start;
    private int size;
    private long bytes;
    private long lastId;

    RoomLog(String epoch, int maxSize, long maxBytes, HistoryBudget budget) {
        this.epoch = epoch;
        this.maxSize = maxSize;
        this.maxBytes = Math.min(maxBytes, budget.limit());
        this.budget = budget;
    }

    String epoch() {
        return epoch;
    }

    long lastId() {
        return lastId;
    }

    long firstId() {
        return lastId - size + 1;
    }

    int size() {
        return size;
    }

    int maxSize() {
        return maxSize;
    }

    void setMaxSize(int messages) {
        maxSize = messages;
        trim();
    }

    /** Adds the next message, whose id is one more than the last, and drops what is too much then. */
    void add(MemoryRoom room, Message message) {
        lastId = message.id();
        if (maxSize == 0) {
            return;
        }
        var entry = new LogEntry(room, message);
        if (size == ring.length) {
            resize(Math.max(SMALLEST_RING, 2 * size));
        }
        ring[index(size)] = entry;
        size++;
        bytes += entry.weight();
        budget.add(entry);
        trim();
    }

    /** Drops an entry, unless it has been dropped already: all before it were. */
    void evict(LogEntry entry) {
        if (size > 0 && at(0) == entry) {
            dropOldest();
        }
    }

    void clear() {
        while (size > 0) {
            dropOldest();
        }
    }

    LogPage after(long id, PageLimit limit) {
        var page = new ArrayList<Message>();
        if (id < lastId) {
            var meter = new Meter(limit);
            for (int i = (int) Math.max(0, id + 1 - firstId()); i < size && meter.takes(at(i)); i++) {
                page.add(at(i).message);
            }
        }
        return page(page);
    }

    LogPage newest(PageLimit limit) {
        var page = new ArrayList<Message>();
        var meter = new Meter(limit);
        for (int i = size - 1; i >= 0 && meter.takes(at(i)); i--) {
            page.add(at(i).message);
        }
        Collections.reverse(page);
        return page(page);
    }

    private LogPage page(List<Message> messages) {
        return new LogPage(epoch, firstId(), lastId, messages);
    }

    private void trim() {
        while (size > maxSize || bytes > maxBytes) {
            dropOldest();
        }
    }

    private void dropOldest() {
        LogEntry entry = at(0);
        ring[start] = null;
        start = index(1);
        size--;
        bytes -= entry.weight();
        budget.remove(entry);
        if (size == 0) {
            ring = EMPTY;
            start = 0;
        } else if (ring.length > SMALLEST_RING && size <= ring.length / 4) {
            resize(ring.length / 2);
        }
    }

    private LogEntry at(int place) {
        LogEntry entry = ring[index(place)];
        if (entry == null) {
            throw new IllegalStateException("no message at place " + place + " of " + size);
        }
        return entry;
    }

    private int index(int place) {
        int index = start + place;
        return index < ring.length ? index : index - ring.length;
    }

    private void resize(int length) {
        var wider = new @Nullable LogEntry[length];
        for (int i = 0; i < size; i++) {
            wider[i] = at(i);
        }
        ring = wider;
        start = 0;
    }

    /** How much a page still takes; one message whatever it weighs. */
    private static final class Meter {
        private final PageLimit limit;
        private int messages;
        private long bytes;

        Meter(PageLimit limit) {
            this.limit = limit;
        }

        boolean takes(LogEntry entry) {
            messages++;
            bytes += entry.bodyWeight;
            return messages <= limit.messages() && (messages == 1 || bytes <= limit.bytes());
        }
    }
}
