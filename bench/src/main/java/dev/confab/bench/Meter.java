package dev.confab.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What one lane measures. The lane records; another thread takes what was recorded meanwhile. */
final class Meter {

    private static final long FINEST = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    final LongAdder deliveries = new LongAdder();
    final LongAdder messages = new LongAdder();
    /** Deliveries and acknowledgements that are still to come; a lane's own part may be negative. */
    final LongAdder owed = new LongAdder();
    /** All that ever came, measured or not. */
    final LongAdder signs = new LongAdder();

    private final SingleWriterRecorder delivery = new SingleWriterRecorder(FINEST, LONGEST, DIGITS);
    private final SingleWriterRecorder acknowledgement = new SingleWriterRecorder(FINEST, LONGEST, DIGITS);
    private final SingleWriterRecorder delay = new SingleWriterRecorder(FINEST, LONGEST, DIGITS);

    /** An empty histogram of the kind that is used here: nanoseconds, from one microsecond to one hour. */
    static Histogram histogram() {
        return new Histogram(FINEST, LONGEST, DIGITS);
    }

    void delivered(long nanos) {
        delivery.recordValue(within(nanos));
    }

    void acknowledged(long nanos) {
        acknowledgement.recordValue(within(nanos));
    }

    /** How long after it was due a message was sent. */
    void sentAfter(long nanos) {
        delay.recordValue(within(nanos));
    }

    private static long within(long nanos) {
        return Math.clamp(nanos, 0, LONGEST);
    }

    /** Adds what was recorded since the last time. */
    void drainTo(Histogram deliveries, Histogram acknowledgements, Histogram delays) {
        deliveries.add(delivery.getIntervalHistogram());
        acknowledgements.add(acknowledgement.getIntervalHistogram());
        delays.add(delay.getIntervalHistogram());
    }
}
