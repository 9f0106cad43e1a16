package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a message says: an object of any values. The names {@code id}, {@code timestamp} and {@code author} are the
 * server's, and are dropped from what a client sends.
 *
 * @param fields the fields, without the reserved ones
 */
public record Body(Value.Obj fields) {

    private static final String TEXT = "textMessage";

    /** Drops the reserved fields. */
    public Body {
        fields = own(fields);
    }

    /**
     * A body of the default format: one string.
     *
     * @param text the string
     * @return the body
     */
    public static Body text(String text) {
        return new Body(Value.Obj.of(TEXT, Value.of(text)));
    }

    /**
     * A body of any fields.
     *
     * @param fields the fields
     * @return the body, without the reserved ones
     */
    public static Body of(Value.Obj fields) {
        return new Body(fields);
    }

    /**
     * The text of a body of the default format.
     *
     * @return the text, or null where the body has no string field {@code textMessage}
     */
    public @Nullable String text() {
        return fields.get(TEXT) instanceof Value.Text(String text) ? text : null;
    }

    /**
     * Whether this is exactly one string field {@code textMessage}: the default format.
     *
     * @return true if it is
     */
    public boolean isText() {
        return fields.size() == 1 && text() != null;
    }

    private static Value.Obj own(Value.Obj given) {
        if (given.get("id") == null && given.get("timestamp") == null && given.get("author") == null) {
            return given;
        }
        var own = Value.Obj.builder();
        for (int i = 0; i < given.size(); i++) {
            switch (given.name(i)) {
                case "id", "timestamp", "author" -> {}
                default -> own.put(given.name(i), given.value(i));
            }
        }
        return own.build();
    }
}
