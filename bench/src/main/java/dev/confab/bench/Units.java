package dev.confab.bench;

import java.time.Duration;
import java.util.Locale;

/** Figures as people read them. */
final class Units {

    private static final double MICRO = 1e3;
    private static final double MILLI = 1e6;
    private static final double SECOND = 1e9;

    private Units() {}

    /** Nanoseconds with three digits that count. */
    static String time(long nanos) {
        if (nanos < MILLI) {
            return digits(nanos / MICRO) + " µs";
        }
        return nanos < SECOND ? digits(nanos / MILLI) + " ms" : digits(nanos / SECOND) + " s";
    }

    /** A round number of nanoseconds, for an axis. */
    static String roundTime(double nanos) {
        double in = nanos < MILLI ? MICRO : nanos < SECOND ? MILLI : SECOND;
        return plain(Math.rint(nanos / in * 10) / 10) + (in == MICRO ? " µs" : in == MILLI ? " ms" : " s");
    }

    static String seconds(Duration duration) {
        double seconds = duration.toNanos() / SECOND;
        return plain(seconds) + " s";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(double number) {
        return String.format(Locale.ROOT, number < 100 && number != Math.rint(number) ? "%.1f" : "%,.0f", number);
    }

    /** A number without needless digits. */
    static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private static String digits(double number) {
        String format = number < 9.995 ? "%.2f" : number < 99.95 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, number);
    }
}
