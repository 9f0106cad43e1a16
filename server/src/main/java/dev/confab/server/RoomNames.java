package dev.confab.server;

import dev.confab.protocol.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of rooms, with ranges: {@code r[0-999]} is a thousand rooms, {@code r[00-99]} a hundred with two digits each,
 * {@code [1-3]x[1-3]} nine. Any other bracket stands for itself.
 */
final class RoomNames {

    /** How many rooms may be created at start. */
    static final int MOST = 100_000;

    private static final Pattern RANGE = Pattern.compile("\\[([0-9]{1,9})-([0-9]{1,9})]");

    private RoomNames() {}

    /**
     * Spells a pattern out.
     *
     * @param node where it was written
     * @param pattern a name, perhaps with ranges
     * @return valid names; at least one
     * @throws Unfit where there are too many, or one of them is no name
     */
    static List<String> expand(Node node, String pattern) {
        var names = List.of("");
        var match = RANGE.matcher(pattern);
        int done = 0;
        while (match.find()) {
            String before = pattern.substring(done, match.start());
            names = extend(node, names, before, match.group(1), match.group(2));
            done = match.end();
        }
        String rest = pattern.substring(done);
        return names.stream().map(name -> checked(node, name + rest)).toList();
    }

    private static List<String> extend(Node node, List<String> names, String before, String first, String last) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        if (from > to) {
            throw Unfit.because(node, "the range [" + first + "-" + last + "] runs backwards");
        }
        if ((to - from + 1L) * names.size() > MOST) {
            throw tooMany(node);
        }
        String digits = "%0" + (first.startsWith("0") ? first.length() : 1) + "d";
        var extended = new ArrayList<String>();
        for (String name : names) {
            for (int n = from; n <= to; n++) {
                extended.add(name + before + digits.formatted(n));
            }
        }
        return extended;
    }

    private static String checked(Node node, String name) {
        if (!Names.isValid(name)) {
            throw Unfit.value(new Node.Text(node.place(), name), "a room's name: " + NewRooms.NAME_RULE);
        }
        return name;
    }

    static Unfit tooMany(Node node) {
        return Unfit.because(node, "more than " + MOST + " rooms at start are too many");
    }
}
