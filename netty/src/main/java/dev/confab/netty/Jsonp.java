package dev.confab.netty;

import java.nio.charset.StandardCharsets;

/** The wrapping of polls for the oldest browsers. Source: the Engine.IO protocol, revision 3. */
final class Jsonp {

    private Jsonp() {}

    /** A reply as a call of the page's callback; the index has been found to be a number. */
    static byte[] call(String index, byte[] payload) {
        var out = new ByteSink(payload.length + 32);
        out.ascii("___eio[");
        out.ascii(index);
        out.ascii("](");
        var text = new ByteSink(payload.length + 16);
        new JsonWriter(text).string(new String(payload, StandardCharsets.UTF_8));
        String quoted = new String(text.toArray(), StandardCharsets.UTF_8)
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
        out.put(quoted.getBytes(StandardCharsets.UTF_8));
        out.ascii(");");
        return out.toArray();
    }

    /** The payload of a form field {@code d}, in which line breaks came escaped. */
    static String unescaped(String field) {
        return field.replace("\\\\n", "\u0000").replace("\\n", "\n").replace("\u0000", "\\n");
    }
}
