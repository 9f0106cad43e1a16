package dev.confab.protocol;

/** Text from outside, made fit for one line of a log or a terminal. */
public final class Plain {

    private static final int LONGEST = 80;

    private Plain() {}

    /**
     * Quotes a text, with everything escaped that could end the line, move the cursor or turn the direction of
     * writing, and cut where it is long.
     *
     * @param text what somebody sent
     * @return one short line
     */
    public static String quoted(String text) {
        var line = new StringBuilder(text.length() + 2).append('"');
        int shown = 0;
        for (int at = 0; at < text.length(); shown++) {
            if (shown == LONGEST) {
                return line.append("\"…").toString();
            }
            int c = text.codePointAt(at);
            append(line, c);
            at += Character.charCount(c);
        }
        return line.append('"').toString();
    }

    private static void append(StringBuilder line, int c) {
        if (c == '"' || c == '\\') {
            line.append('\\').append((char) c);
        } else if (isPrintable(c)) {
            line.appendCodePoint(c);
        } else {
            line.append("\\u{").append(Integer.toHexString(c)).append('}');
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
