package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns figures into places along an axis.
 *
 * @param low the figure at the axis's beginning
 * @param high the figure at its end
 * @param begin the place of the beginning
 * @param end the place of the end
 * @param logarithmic whether each tenfold has the same length; figures are above 0 then
 */
record Scale(double low, double high, double begin, double end, boolean logarithmic) {

    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int MANY = 3;

    /** A scale from 0 to at least a figure, with round ends. */
    static Scale fromZero(double most, double begin, double end) {
        double step = step(Math.max(most, 1e-9) / 4);
        return new Scale(0, step * Math.ceil(Math.max(most, 1e-9) / step), begin, end, false);
    }

    /** A logarithmic scale around two figures, with ends at 1, 2 or 5 times a power of ten. */
    static Scale around(long least, long most, double begin, double end) {
        double low = roundDown((double) Math.max(least, 1));
        double top = (double) Math.max(most, 1);
        double high = roundDown(top) < top ? roundUp(top) : top;
        return new Scale(low, high > low ? high : roundUp(low), begin, end, true);
    }

    double place(double figure) {
        double part = logarithmic
                ? Math.log(Math.max(figure, low) / low) / Math.log(high / low)
                : (figure - low) / (high - low);
        return begin + part * (end - begin);
    }

    /** Figures worth a line across the plot. */
    List<Double> ticks() {
        return logarithmic ? logarithmicTicks() : linearTicks();
    }

    private List<Double> linearTicks() {
        var ticks = new ArrayList<Double>();
        double step = step((high - low) / 4);
        for (int i = 0; low + i * step <= high * (1 + 1e-9); i++) {
            ticks.add(low + i * step);
        }
        return ticks;
    }

    private List<Double> logarithmicTicks() {
        boolean tensOnly = Math.log10(high / low) > MANY;
        var ticks = new ArrayList<Double>();
        for (double tick = low; tick <= high * (1 + 1e-9); tick = roundUp(tick)) {
            if (!tensOnly || Math.abs(Math.log10(tick) - Math.rint(Math.log10(tick))) < 1e-9) {
                ticks.add(tick);
            }
        }
        return ticks;
    }

    private static double step(double about) {
        double ten = Math.pow(10, Math.floor(Math.log10(about)));
        for (double step : STEPS) {
            if (step * ten >= about * (1 - 1e-9)) {
                return step * ten;
            }
        }
        throw new IllegalStateException("no step for " + about);
    }

    private static double roundDown(double figure) {
        double ten = Math.pow(10, Math.floor(Math.log10(figure) + 1e-12));
        double times = figure / ten;
        return (times >= 5 - 1e-9 ? 5 : times >= 2 - 1e-9 ? 2 : 1) * ten;
    }

    /** The next round figure above. */
    private static double roundUp(double figure) {
        double ten = Math.pow(10, Math.floor(Math.log10(figure) + 1e-12));
        double times = figure / ten;
        return (times < 2 - 1e-9 ? 2 : times < 5 - 1e-9 ? 5 : 10) * ten;
    }
}
