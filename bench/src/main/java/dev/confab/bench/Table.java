package dev.confab.bench;

import static dev.confab.bench.TextTable.cell;
import static dev.confab.bench.TextTable.right;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What a run found, as a text for people. */
final class Table {

    private static final int LABEL = 18;
    private static final int COLUMN = 10;
    private static final String[] HEADINGS = {"p50", "p99", "p99.9", "max"};

    private final TextTable text = new TextTable();
    private final Outcome outcome;

    private Table(Outcome outcome) {
        this.outcome = outcome;
    }

    static String of(Outcome outcome) {
        return new Table(outcome).whole();
    }

    private String whole() {
        Plan plan = outcome.plan();
        line(plan.address() + ": " + load(plan));
        line("");
        line(cell("", LABEL) + right("total", 14) + right("per second", 14));
        rate("logins and joins", plan.clients(), plan.clients() / outcome.connectSeconds());
        rate("messages", outcome.messages(), outcome.messagesPerSecond());
        rate("deliveries", outcome.deliveries(), outcome.deliveriesPerSecond());
        line("");
        latencies();
        line("");
        verdict();
        return text.toString();
    }

    static String load(Plan plan) {
        String pace = switch (plan.pace()) {
            case Pace.Outstanding(int messages) -> messages + " outstanding each";
            case Pace.Rate(double perSecond) -> Units.count(perSecond) + " messages/s";
        };
        return plural(plan.clients(), "client") + " ("
                + plan.dialects().stream().map(Dialect::label).collect(Collectors.joining(", ")) + ") in "
                + plural(plan.rooms().size(), "room") + ", " + plural(plan.allPublishers(), "publisher") + ", " + pace
                + ", " + plan.size() + " bytes, " + Units.seconds(plan.length());
    }

    private void latencies() {
        var heading = new StringBuilder(cell(outcome.isCorrected() ? "from when due to" : "from sending to", LABEL));
        for (String name : HEADINGS) {
            heading.append(right(name, COLUMN));
        }
        line(heading.toString());
        latency("delivery", outcome.delivery());
        latency("acknowledgement", outcome.acknowledgement());
        if (outcome.isCorrected()) {
            latency("being sent", outcome.delay());
        }
        List<Double> ratios = outcome.ratios();
        if (!ratios.isEmpty()) {
            latency("nobody stalled", outcome.turns(false));
            latency("others stalled", outcome.turns(true));
            line("");
            line(String.format(
                    Locale.ROOT,
                    "p99 of deliveries beside %s over without them: %.2f (%.2f to %.2f)",
                    plural(outcome.plan().stalled(), "client") + " that read nothing",
                    ratios.get(ratios.size() / 2),
                    ratios.getFirst(),
                    ratios.getLast()));
        }
    }

    private void latency(String label, Histogram histogram) {
        var line = new StringBuilder(cell(label, LABEL));
        long[] values = {
            histogram.getValueAtPercentile(50),
            histogram.getValueAtPercentile(99),
            histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue()
        };
        for (long value : values) {
            line.append(right(histogram.getTotalCount() == 0 ? "-" : Units.time(value), COLUMN));
        }
        line(line.toString());
    }

    private void verdict() {
        if (outcome.unsent() > 0) {
            line(Units.count(outcome.unsent()) + " messages were due but never sent");
        }
        text.verdict("every client got every id of its room once and in order", outcome.counts(), outcome.faults());
    }

    private void rate(String label, long total, double perSecond) {
        line(cell(label, LABEL) + right(Units.count(total), 14) + right(Units.count(perSecond), 14));
    }

    private static String plural(int count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    private void line(String line) {
        text.line(line);
    }
}
