package dev.confab.bench;

import org.jspecify.annotations.Nullable;

/**
 * What a message of a soak says: who says it, and which of the author's messages it is, from 1. No two are alike.
 *
 * @param author the author's user name, without a space
 * @param number which of the author's messages
 */
record Words(String author, int number) {

    /** A text of about this length. */
    String text(int length) {
        String words = author + " " + number + " ";
        return words + ".".repeat(Math.max(0, length - words.length()));
    }

    /** The words of a text; nothing where it is no message of a soak. */
    static @Nullable Words of(String text) {
        int space = text.indexOf(' ');
        int end = text.indexOf(' ', space + 1);
        try {
            return space < 1 || end < 0
                    ? null
                    : new Words(text.substring(0, space), Integer.parseInt(text, space + 1, end, 10));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
