package dev.confab.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found wrong: how often, and the first ones in words. Any thread may add. */
final class Faults {

    /** Enough to see a pattern; the rest is counted. */
    private static final int TOLD = 20;

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final List<String> told = new ArrayList<>();
    private long total;

    synchronized void add(Fault fault, String words) {
        counts.merge(fault, 1L, Long::sum);
        total++;
        if (told.size() < TOLD) {
            told.add(fault.label() + ": " + words);
        }
    }

    synchronized long total() {
        return total;
    }

    synchronized Map<Fault, Long> counts() {
        return new EnumMap<>(counts);
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }
}
