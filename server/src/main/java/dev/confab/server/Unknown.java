package dev.confab.server;

import dev.confab.protocol.Plain;
import java.util.Comparator;
import java.util.function.Function;

/** What to say of an option that doesn't exist. */
final class Unknown {

    private static final int LONGEST = 64;

    private Unknown() {}

    /**
     * Says that an option is unknown, and which one may have been meant.
     *
     * @param name what was written; never with a value, for that may be a secret
     * @param place where
     * @param spelling how options are spelled there
     * @return a line
     */
    static String option(String name, String place, Function<Option<?>, String> spelling) {
        String known = Options.ALL.stream()
                .filter(_ -> name.length() <= LONGEST)
                .map(spelling)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 4))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse("; confab serve --help lists all");
        return "unknown option " + Plain.quoted(name) + " (" + place + ")" + known;
    }

    /** How many letters must be changed, added or left out to make one name the other, ignoring case. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = sameLetter(one.charAt(i - 1), other.charAt(j - 1)) ? 0 : 1;
                int best = Math.min(diagonal + change, Math.min(row[j], row[j - 1]) + 1);
                diagonal = row[j];
                row[j] = best;
            }
        }
        return row[other.length()];
    }

    private static boolean sameLetter(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
