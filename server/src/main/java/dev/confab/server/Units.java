package dev.confab.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers with units, such as {@code 25s} or {@code 256KiB}. A number without one counts the smallest unit. */
enum Units {
    /** In milliseconds. */
    DURATION(
            new Unit("d", 86_400_000),
            new Unit("h", 3_600_000),
            new Unit("m", 60_000),
            new Unit("s", 1_000),
            new Unit("ms", 1)),

    /** In bytes. */
    SIZE(
            new Unit("GiB", 1L << 30),
            new Unit("GB", 1_000_000_000),
            new Unit("MiB", 1L << 20),
            new Unit("MB", 1_000_000),
            new Unit("KiB", 1L << 10),
            new Unit("KB", 1_000),
            new Unit("B", 1));

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,18}) ?([A-Za-z]*)");

    private final List<Unit> units;

    Units(Unit... units) {
        this.units = List.of(units);
    }

    /**
     * Reads an amount.
     *
     * @param text a whole number and perhaps a unit
     * @return how many of the smallest unit, or nothing where the text is something else or too much to count
     */
    Optional<Long> parse(String text) {
        var match = WRITTEN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        String name = match.group(2).isEmpty() ? units.getLast().name() : match.group(2);
        return units.stream()
                .filter(unit -> unit.name().equals(name))
                .findFirst()
                .flatMap(unit -> multiply(Long.parseLong(match.group(1)), unit.worth()));
    }

    /**
     * Writes an amount.
     *
     * @param amount how many of the smallest unit
     * @return the shortest way to write it exactly
     */
    String show(long amount) {
        return units.stream()
                .filter(unit -> amount != 0 && amount % unit.worth() == 0)
                .findFirst()
                .map(unit -> amount / unit.worth() + unit.name())
                .orElse("0");
    }

    private static Optional<Long> multiply(long count, long worth) {
        return count > Long.MAX_VALUE / worth ? Optional.empty() : Optional.of(count * worth);
    }

    private record Unit(String name, long worth) {}
}
