package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Gathers what the lanes measure, from moment to moment. Used by one thread. */
final class Measurement {

    final Histogram delivery = Meter.histogram();
    final Histogram acknowledgement = Meter.histogram();
    final Histogram delay = Meter.histogram();

    private final List<Lane> lanes;
    private final List<Outcome.Sample> samples = new ArrayList<>();
    private final List<Histogram> turns = new ArrayList<>();
    private final Histogram moment = Meter.histogram();
    private Histogram turn = Meter.histogram();
    private long counted;
    private long countedBefore;

    Measurement(List<Lane> lanes) {
        this.lanes = lanes;
    }

    /** Ends a moment. */
    void sample(double second, double length) {
        gather();
        long deliveries = deliveries();
        samples.add(new Outcome.Sample(
                second,
                length > 0 ? (deliveries - counted) / length : 0,
                moment.getValueAtPercentile(50),
                moment.getValueAtPercentile(99),
                moment.getMaxValue()));
        counted = deliveries;
        moment.reset();
    }

    /** Takes what came since the last moment into the whole, without making a moment of it. */
    void gather() {
        var fresh = Meter.histogram();
        lanes.forEach(lane -> lane.meter().drainTo(fresh, acknowledgement, delay));
        moment.add(fresh);
        delivery.add(fresh);
        turn.add(fresh);
    }

    /** Ends a turn. */
    void endTurn() {
        gather();
        turns.add(turn);
        turn = Meter.histogram();
        moment.reset();
        counted = deliveries();
        countedBefore = counted;
    }

    /** The deliveries of each turn. */
    List<Histogram> turns() {
        return List.copyOf(turns);
    }

    List<Outcome.Sample> samples() {
        return List.copyOf(samples);
    }

    long deliveries() {
        return lanes.stream().mapToLong(lane -> lane.meter().deliveries.sum()).sum();
    }

    long deliveriesOfTurn() {
        return deliveries() - countedBefore;
    }

    long messages() {
        return lanes.stream().mapToLong(lane -> lane.meter().messages.sum()).sum();
    }

    /** Deliveries and acknowledgements that are still to come. */
    long owed() {
        return lanes.stream().mapToLong(lane -> lane.meter().owed.sum()).sum();
    }

    /** Grows with every sign of life of the server. */
    long signs() {
        return lanes.stream().mapToLong(lane -> lane.meter().signs.sum()).sum();
    }

    static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
