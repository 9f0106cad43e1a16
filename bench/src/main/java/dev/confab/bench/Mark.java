package dev.confab.bench;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a message of a run says in its text, so that whoever hears it knows whose it is and how long it took.
 *
 * @param run which run
 * @param publisher which of its publishers
 * @param number which of the publisher's messages, from 0
 * @param due when it was to be sent, in {@link System#nanoTime} of this process
 */
record Mark(int run, int publisher, long number, long due) {

    /** How long a mark is; a text can't be shorter. */
    static final int LENGTH = 48;

    private static final int PUBLISHER = 8;
    private static final int NUMBER = 16;
    private static final int DUE = 32;
    private static final HexFormat HEX = HexFormat.of();

    /** A text of a length that begins with this mark. */
    String text(int length) {
        return HEX.toHexDigits(run)
                + HEX.toHexDigits(publisher)
                + HEX.toHexDigits(number)
                + HEX.toHexDigits(due)
                + ".".repeat(length - LENGTH);
    }

    /** The mark of a text, or nothing where it has none. */
    static @Nullable Mark of(String text) {
        if (text.length() < LENGTH) {
            return null;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return null;
            }
        }
        return new Mark(
                HexFormat.fromHexDigits(text, 0, PUBLISHER),
                HexFormat.fromHexDigits(text, PUBLISHER, NUMBER),
                HexFormat.fromHexDigitsToLong(text, NUMBER, DUE),
                HexFormat.fromHexDigitsToLong(text, DUE, LENGTH));
    }
}
