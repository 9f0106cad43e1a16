package dev.confab.bench;

import java.util.concurrent.atomic.LongAdder;

/** What happened in a soak, so that one can see that something did. Any thread. */
final class SoakCounts {
    final LongAdder acknowledged = new LongAdder();
    final LongAdder repeated = new LongAdder();
    final LongAdder drops = new LongAdder();
    final LongAdder leaves = new LongAdder();
    final LongAdder pauses = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder refusals = new LongAdder();
    final LongAdder bans = new LongAdder();
    final LongAdder deletions = new LongAdder();
}
