package dev.confab.bench;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * What a run found, as a picture: how latencies are distributed, and how they and the throughput went over time. A page
 * of its own or part of one; it follows the reader's choice of light or dark.
 */
final class Plots {

    private static final int WIDTH = 880;
    private static final int HEIGHT = 760;
    private static final int LEFT = 84;
    private static final int RIGHT = WIDTH - 28;
    private static final double FINEST_STEP = 0.02;
    private static final double MOST_NINES = 6;

    private static final String STYLE = """
            <style>
            svg { color-scheme: light dark; --paper: #ffffff; --ink: #1c2430; --faint: #5b6573; --line: #dde2e8;
              --one: #1a63b8; --two: #b3500a; --three: #7a4fa3 }
            @media (prefers-color-scheme: dark) { svg { --paper: #14181e; --ink: #e6eaf0; --faint: #9aa5b4; --line: #303844;
              --one: #7cb5ff; --two: #ffab66; --three: #c9a3f0 } }
            .paper { fill: var(--paper) } .line { stroke: var(--line) }
            text { font: 13px system-ui, sans-serif; fill: var(--faint) }
            .title { font-size: 17px; font-weight: 600; fill: var(--ink) } .heading { font-size: 14px; font-weight: 600; fill: var(--ink) }
            .bad { fill: #d22f2f; font-weight: 600 }
            polyline { fill: none; stroke-width: 1.8; stroke-linejoin: round }
            polyline.one { stroke: var(--one) } polyline.two { stroke: var(--two) } polyline.three { stroke: var(--three) }
            text.one { fill: var(--one) } text.two { fill: var(--two) } text.three { fill: var(--three) }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final Outcome outcome;

    private Plots(Outcome outcome) {
        this.outcome = outcome;
    }

    static String of(Outcome outcome) {
        return new Plots(outcome).whole();
    }

    private String whole() {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " aria-label=\"Latency and throughput of a Confab server\">%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT));
        svg.append(STYLE).append("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
        text("title", LEFT, 34, "start", outcome.plan().address().toString());
        text("", LEFT, 56, "start", Table.load(outcome.plan()));
        verdict();
        distribution(110, 330);
        overTime(400, 560);
        throughput(626, 720);
        return svg.append("</svg>\n").toString();
    }

    private void verdict() {
        long wrong =
                outcome.counts().values().stream().mapToLong(Long::longValue).sum();
        text(
                wrong == 0 ? "" : "bad",
                RIGHT,
                34,
                "end",
                wrong == 0 ? "every id once and in order" : "FAILED: " + Units.count(wrong) + " faults");
    }

    /** Latency by percentile, where each further nine has the same width. */
    private void distribution(int top, int bottom) {
        heading(
                top,
                "Latency by percentile, from when a message was " + (outcome.isCorrected() ? "due" : "sent"),
                "delivery",
                "acknowledgement");
        Histogram delivery = outcome.delivery();
        Histogram acknowledgement = outcome.acknowledgement();
        double nines = Math.clamp(Math.log10(Math.max(10, (double) delivery.getTotalCount())), 1, MOST_NINES);
        var across = new Scale(0, nines, LEFT, RIGHT, false);
        long least = Math.min(delivery.getMinNonZeroValue(), acknowledgement.getMinNonZeroValue());
        long most = Math.max(delivery.getMaxValue(), acknowledgement.getMaxValue());
        var up = Scale.around(Math.min(least, Math.max(most, 1)), most, bottom, top);
        grid(up, top, bottom, Units::roundTime);
        for (int nine = 0; nine <= nines; nine++) {
            tick(across.place(nine), top, bottom, Units.plain(percentile(nine)) + "%");
        }
        curve("two", acknowledgement, across, up);
        curve("one", delivery, across, up);
    }

    private void curve(String colour, Histogram histogram, Scale across, Scale up) {
        var line = new Line(colour);
        if (histogram.getTotalCount() > 0) {
            double end = Math.min(across.high(), Math.log10((double) histogram.getTotalCount()));
            for (double nines = 0; nines <= end; nines += FINEST_STEP) {
                long value = histogram.getValueAtPercentile(100 * (1 - Math.pow(10, -nines)));
                line.add(across.place(nines), up.place((double) value));
            }
        }
        line.draw();
    }

    private static double percentile(int nines) {
        return nines == 0 ? 0 : Math.rint(100 * (1 - Math.pow(10, -nines)) * 1e6) / 1e6;
    }

    private void overTime(int top, int bottom) {
        heading(top, "Delivery latency over time", "p50", "p99", "max");
        long least = outcome.samples().stream()
                .mapToLong(Outcome.Sample::p50)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        long most =
                outcome.samples().stream().mapToLong(Outcome.Sample::max).max().orElse(1);
        var up = Scale.around(least, Math.max(least, most), bottom, top);
        grid(up, top, bottom, Units::roundTime);
        Scale across = seconds(top, bottom);
        course("three", across, up, Outcome.Sample::max);
        course("two", across, up, Outcome.Sample::p99);
        course("one", across, up, Outcome.Sample::p50);
    }

    private void throughput(int top, int bottom) {
        heading(top, "Deliveries per second");
        double most = outcome.samples().stream()
                .mapToDouble(Outcome.Sample::deliveriesPerSecond)
                .max()
                .orElse(1);
        var up = Scale.fromZero(most, bottom, top);
        grid(up, top, bottom, Units::count);
        course("one", seconds(top, bottom), up, Outcome.Sample::deliveriesPerSecond);
    }

    private Scale seconds(int top, int bottom) {
        double length =
                outcome.samples().isEmpty() ? 1 : outcome.samples().getLast().second();
        var across = new Scale(0, length, LEFT, RIGHT, false);
        across.ticks()
                .forEach(second ->
                        tick(across.place(second), top, bottom, Units.plain(Math.rint(second * 100) / 100) + " s"));
        return across;
    }

    private void course(String colour, Scale across, Scale up, ToDoubleFunction<Outcome.Sample> figure) {
        var line = new Line(colour);
        outcome.samples().stream()
                .filter(sample -> sample.max() > 0)
                .forEach(sample -> line.add(across.place(sample.second()), up.place(figure.applyAsDouble(sample))));
        line.draw();
    }

    private void heading(int top, String words, String... names) {
        text("heading", LEFT, top - 14, "start", words);
        String[] colours = {"one", "two", "three"};
        int at = RIGHT;
        for (int i = names.length - 1; i >= 0; i--) {
            text(colours[i], at, top - 14, "end", "\u25ac " + names[i]);
            at -= 40 + 8 * names[i].length();
        }
    }

    private void grid(Scale up, int top, int bottom, DoubleFunction<String> words) {
        for (double figure : up.ticks()) {
            double y = up.place(figure);
            line(LEFT, y, RIGHT, y);
            text("", LEFT - 8, y + 4, "end", words.apply(figure));
        }
        line(LEFT, top, LEFT, bottom);
    }

    private void tick(double x, int top, int bottom, String words) {
        line(x, top, x, bottom);
        text("", x, bottom + 18, "middle", words);
    }

    private void line(double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"line\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2));
    }

    private void text(String kind, double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                kind,
                x,
                y,
                anchor,
                words.replace("&", "&amp;").replace("<", "&lt;")));
    }

    private final class Line {

        private final StringBuilder points = new StringBuilder();
        private final String colour;

        Line(String colour) {
            this.colour = colour;
        }

        void add(double x, double y) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }

        void draw() {
            svg.append("<polyline class=\"" + colour + "\" points=\""
                    + points.toString().strip() + "\"/>\n");
        }
    }
}
