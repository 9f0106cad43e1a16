package dev.confab.bench;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run found, as JSON for programs. Latencies are in microseconds. */
final class JsonReport {

    private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.5, 99.9, 99.99, 99.999, 100};

    private JsonReport() {}

    static String of(Outcome outcome) {
        ObjectNode root = Packet.JSON.createObjectNode();
        root.put("began", outcome.began().toString());
        root.set("plan", plan(outcome.plan()));
        root.set("machine", machine());
        root.put("connectSeconds", outcome.connectSeconds());
        root.put("seconds", outcome.seconds());
        root.put("messages", outcome.messages());
        root.put("messagesPerSecond", outcome.messagesPerSecond());
        root.put("deliveries", outcome.deliveries());
        root.put("deliveriesPerSecond", outcome.deliveriesPerSecond());
        root.put("unsent", outcome.unsent());
        root.put("countsFromWhenDue", outcome.isCorrected());
        ObjectNode latency = root.putObject("latencyMicros");
        latency.set("delivery", latency(outcome.delivery()));
        latency.set("acknowledgement", latency(outcome.acknowledgement()));
        latency.set("beingSent", latency(outcome.delay()));
        if (outcome.plan().stalled() > 0) {
            latency.set("deliveryWithoutStalled", latency(outcome.turns(false)));
            latency.set("deliveryBesideStalled", latency(outcome.turns(true)));
            ArrayNode ratios = root.putArray("ratiosOfP99");
            outcome.ratios().forEach(ratios::add);
        }
        samples(outcome, root.putArray("samples"));
        checks(outcome, root.putObject("checks"));
        return root.toPrettyString() + "\n";
    }

    private static ObjectNode plan(Plan plan) {
        ObjectNode node = Packet.JSON.createObjectNode();
        node.put("address", plan.address().toString());
        ArrayNode dialects = node.putArray("dialects");
        plan.dialects().forEach(dialect -> dialects.add(dialect.label()));
        ArrayNode from = node.putArray("from");
        plan.from().stream().map(InetAddress::getHostAddress).forEach(from::add);
        node.put("clients", plan.clients());
        node.put("rooms", plan.rooms().size());
        node.put("publishersPerRoom", plan.publishers());
        switch (plan.pace()) {
            case Pace.Outstanding(int messages) -> node.put("outstanding", messages);
            case Pace.Rate(double perSecond) -> node.put("rate", perSecond);
        }
        node.put("size", plan.size());
        node.put("warmupSeconds", seconds(plan.warmup()));
        node.put("seconds", seconds(plan.length()));
        node.put("loops", plan.loops());
        node.put("stalled", plan.stalled());
        node.put("turns", plan.turns());
        return node;
    }

    private static ObjectNode machine() {
        ObjectNode node = Packet.JSON.createObjectNode();
        node.put("processors", Runtime.getRuntime().availableProcessors());
        node.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        node.put("java", System.getProperty("java.vm.version"));
        return node;
    }

    private static ObjectNode latency(Histogram histogram) {
        ObjectNode node = Packet.JSON.createObjectNode();
        node.put("count", histogram.getTotalCount());
        if (histogram.getTotalCount() > 0) {
            node.put("mean", histogram.getMean() / TimeUnit.MICROSECONDS.toNanos(1));
            node.put("max", micros(histogram.getMaxValue()));
            ObjectNode percentiles = node.putObject("percentiles");
            for (double percentile : PERCENTILES) {
                percentiles.put(Units.plain(percentile), micros(histogram.getValueAtPercentile(percentile)));
            }
        }
        return node;
    }

    private static void samples(Outcome outcome, ArrayNode array) {
        for (Outcome.Sample sample : outcome.samples()) {
            ObjectNode node = array.addObject();
            node.put("second", sample.second());
            node.put("deliveriesPerSecond", sample.deliveriesPerSecond());
            node.put("p50Micros", micros(sample.p50()));
            node.put("p99Micros", micros(sample.p99()));
            node.put("maxMicros", micros(sample.max()));
        }
    }

    private static void checks(Outcome outcome, ObjectNode node) {
        node.put("passed", outcome.passed());
        ObjectNode counts = node.putObject("counts");
        for (Fault fault : Fault.values()) {
            counts.put(fault.label(), outcome.counts().getOrDefault(fault, 0L));
        }
        ArrayNode told = node.putArray("faults");
        outcome.faults().forEach(told::add);
    }

    private static double seconds(Duration duration) {
        return Measurement.seconds(duration.toNanos());
    }

    private static double micros(long nanos) {
        return (double) nanos / TimeUnit.MICROSECONDS.toNanos(1);
    }
}
