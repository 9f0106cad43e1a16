package dev.confab.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run found.
 *
 * @param plan what it was to do
 * @param began when it began
 * @param connectSeconds how long it took until all clients were in their rooms
 * @param seconds how long it measured
 * @param messages how many messages were due in that time and sent
 * @param deliveries how many deliveries came in that time
 * @param delivery from when a message was sent, or due, to each member; nanoseconds
 * @param turns the same, turn by turn
 * @param acknowledgement the same to the acknowledgement
 * @param delay from when a message was due until it was sent; of use with a rate only
 * @param unsent how many messages were due but never sent
 * @param samples how it went from moment to moment
 * @param counts what was found wrong, how often
 * @param faults the first faults in words
 */
record Outcome(
        Plan plan,
        Instant began,
        double connectSeconds,
        double seconds,
        long messages,
        long deliveries,
        Histogram delivery,
        List<Histogram> turns,
        Histogram acknowledgement,
        Histogram delay,
        long unsent,
        List<Sample> samples,
        Map<Fault, Long> counts,
        List<String> faults) {

    /**
     * A moment of a run.
     *
     * @param second its end, counted from the start of measuring
     * @param deliveriesPerSecond how many deliveries it had
     * @param p50 the median of their latencies, in nanoseconds
     * @param p99 the latency that 1 in 100 exceeds
     * @param max the longest
     */
    record Sample(double second, double deliveriesPerSecond, long p50, long p99, long max) {}

    /** The turns in which others stalled, or those in which nobody did, as one. */
    Histogram turns(boolean stalled) {
        Histogram all = Meter.histogram();
        for (int i = stalled ? 1 : 0; i < turns.size(); i += 2) {
            all.add(turns.get(i));
        }
        return all;
    }

    /** For each pair of turns, the 99th percentile beside those who stalled over the one without them; sorted. */
    List<Double> ratios() {
        var ratios = new ArrayList<Double>();
        for (int i = 1; i < turns.size(); i += 2) {
            ratios.add((double) turns.get(i).getValueAtPercentile(99)
                    / Math.max(1, turns.get(i - 1).getValueAtPercentile(99)));
        }
        ratios.sort(null);
        return ratios;
    }

    boolean passed() {
        return counts.isEmpty();
    }

    double messagesPerSecond() {
        return seconds > 0 ? messages / seconds : 0;
    }

    double deliveriesPerSecond() {
        return seconds > 0 ? deliveries / seconds : 0;
    }

    /** Whether latencies count from when a message was due, not from when it was sent. */
    boolean isCorrected() {
        return plan.pace() instanceof Pace.Rate;
    }
}
