package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a message says: an object of any values. The names {@code id}, {@code timestamp} and {@code author} are the
 * server's: what a client sends under them is dropped before the message is stored or handed on.
 *
 * @param fields the fields
 */
public record Body(Value.Obj fields) {

    private static final String TEXT = "textMessage";

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
     * @return the body
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

    /**
     * The body without the fields that are the server's.
     *
     * @return this body, or a copy without them
     */
    public Body withoutReserved() {
        if (fields.get("id") == null && fields.get("timestamp") == null && fields.get("author") == null) {
            return this;
        }
        var own = Value.Obj.builder();
        for (int i = 0; i < fields.size(); i++) {
            switch (fields.name(i)) {
                case "id", "timestamp", "author" -> {}
                default -> own.put(fields.name(i), fields.value(i));
            }
        }
        return new Body(own.build());
    }
}
