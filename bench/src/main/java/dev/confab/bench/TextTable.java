package dev.confab.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lines and columns for people, with a verdict at the end. */
final class TextTable {

    private static final int LABEL = 34;
    private static final int NUMBER = 14;

    private final StringBuilder text = new StringBuilder();

    void line(String line) {
        text.append(line.stripTrailing()).append(System.lineSeparator());
    }

    /** A number with its label. */
    void count(String label, long count) {
        line(cell(label, LABEL) + right(Units.count(count), NUMBER));
    }

    /** What was found wrong, or what wasn't. */
    void verdict(String passed, Map<Fault, Long> counts, List<String> faults) {
        if (counts.isEmpty()) {
            line("passed: " + passed);
            return;
        }
        line("FAILED: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " " + Units.count(entry.getValue()))
                        .collect(Collectors.joining(", ")));
        faults.forEach(fault -> line("  " + fault));
        long more = counts.values().stream().mapToLong(Long::longValue).sum() - faults.size();
        if (more > 0) {
            line("  and " + Units.count(more) + " more");
        }
    }

    static String cell(String words, int width) {
        return words + " ".repeat(Math.max(1, width - words.length()));
    }

    static String right(String words, int width) {
        return " ".repeat(Math.max(1, width - words.length())) + words;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
