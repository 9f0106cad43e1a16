package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of rooms as {@code confab serve --rooms} takes them: {@code lobby,r[0-99]} is a hundred and one. */
final class RoomNames {

    private static final int MOST = 100_000;
    private static final Pattern RANGE = Pattern.compile("\\[([0-9]{1,9})-([0-9]{1,9})]");

    private RoomNames() {}

    /**
     * Spells a list out.
     *
     * @throws UnclearException where there is none in it, or too many
     */
    static List<String> parse(String text) {
        var names = new ArrayList<String>();
        for (String pattern : text.split(",", -1)) {
            if (pattern.isBlank()) {
                throw new UnclearException("\"" + text + "\" is no list of rooms such as lobby,r[0-99]");
            }
            expand(pattern.strip(), names);
        }
        return names.stream().distinct().toList();
    }

    private static void expand(String pattern, List<String> names) {
        Matcher range = RANGE.matcher(pattern);
        if (!range.find()) {
            names.add(pattern);
            return;
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (first > last || last - first + names.size() >= MOST) {
            throw new UnclearException("\"" + pattern + "\" is no range of at most " + MOST + " rooms");
        }
        String digits = "%0" + (range.group(1).startsWith("0") ? range.group(1).length() : 1) + "d";
        for (int n = first; n <= last; n++) {
            expand(pattern.substring(0, range.start()) + digits.formatted(n) + pattern.substring(range.end()), names);
        }
    }
}
