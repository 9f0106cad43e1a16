package dev.confab.engine;

import dev.confab.Statistics;
import dev.confab.protocol.CloseReason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an operator wants to know. For any number of threads. */
final class Counters {

    private final Map<CloseReason, Long> closed = new ConcurrentHashMap<>();
    private final LongAdder fellBehind = new LongAdder();
    private final LongAdder pagesRead = new LongAdder();
    private final LongAdder caughtUp = new LongAdder();

    private final LongAdder rateLimited = new LongAdder();

    void closed(CloseReason reason) {
        closed.merge(reason, 1L, Long::sum);
    }

    void fellBehind() {
        fellBehind.increment();
    }

    void pageRead() {
        pagesRead.increment();
    }

    void caughtUp() {
        caughtUp.increment();
    }

    void rateLimited() {
        rateLimited.increment();
    }

    Statistics snapshot() {
        return new Statistics(closed, fellBehind.sum(), pagesRead.sum(), caughtUp.sum(), rateLimited.sum());
    }
}
