package dev.confab.bench;

import java.util.List;
import java.util.Locale;

/** Errors that members of a soak meet because of what is done to them and their rooms. */
final class Refusals {

    private static final List<String> EXPLAINED =
            List.of("not allowed", "notallowed", "no such room", "noroom", "not joined", "notjoined");

    private Refusals() {}

    /** Whether an error, in the server's words, says that the room is closed to the member, or gone. */
    static boolean isExplained(String words) {
        return EXPLAINED.stream().anyMatch(words.toLowerCase(Locale.ROOT)::contains);
    }
}
