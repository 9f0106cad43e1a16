package dev.confab.netty;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes values as JSON; bytes become placeholders, numbered in the order in which they are met. For one packet. */
final class JsonWriter {

    /** The field by which a client knows a placeholder. */
    static final String MARK = "_placeholder";

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteSink out;
    private final boolean unmarking;
    private List<byte[]> attachments = List.of();

    JsonWriter(ByteSink out) {
        this(out, false);
    }

    /**
     * A writer for one packet.
     *
     * @param unmarking whether data that looks like a placeholder has its mark written as false: among real ones, a
     *     client would look for an attachment that isn't there, and give the connection up
     */
    JsonWriter(ByteSink out, boolean unmarking) {
        this.out = out;
        this.unmarking = unmarking;
    }

    /** The bytes that were met. */
    List<byte[]> attachments() {
        return attachments;
    }

    void write(Value value) {
        switch (value) {
            case Value.Text(String text) -> string(text);
            case Value.Num(String text) -> out.ascii(text);
            case Value.Bool(boolean truth) -> out.ascii(truth ? "true" : "false");
            case Value.Null _ -> out.ascii("null");
            case Value.Arr(List<Value> items) -> array(items);
            case Value.Obj object -> object(object);
            case Value.Bytes bytes -> placeholder(bytes);
        }
    }

    /** Writes an array of a name and what follows it. */
    void array(String name, List<Value> items) {
        out.put('[');
        string(name);
        for (Value item : items) {
            out.put(',');
            write(item);
        }
        out.put(']');
    }

    /** Writes an array. */
    void array(List<Value> items) {
        out.put('[');
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            write(items.get(i));
        }
        out.put(']');
    }

    /** Writes a string; half a surrogate pair, which UTF-8 can't hold, is escaped. */
    void string(String text) {
        out.put('"');
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
                out.put(c);
            } else if (c < 0x80) {
                escape(c);
            } else if (!Character.isSurrogate(c)) {
                out.codePoint(c);
            } else if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                out.codePoint(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                unicode(c);
            }
        }
        out.put('"');
    }

    private void object(Value.Obj object) {
        out.put('{');
        for (int i = 0; i < object.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            string(object.name(i));
            out.put(':');
            Value value = object.value(i);
            boolean isMark =
                    unmarking && value.equals(Value.TRUE) && object.name(i).equals(MARK);
            write(isMark ? Value.FALSE : value);
        }
        out.put('}');
    }

    private void placeholder(Value.Bytes bytes) {
        if (attachments.isEmpty()) {
            attachments = new ArrayList<>(1);
        }
        out.ascii("{\"_placeholder\":true,\"num\":");
        out.ascii(Integer.toString(attachments.size()));
        out.put('}');
        attachments.add(bytes.toArray());
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> pair(c);
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            case '\b' -> pair('b');
            case '\f' -> pair('f');
            case 0x7F -> out.put(c);
            default -> unicode(c);
        }
    }

    private void pair(char c) {
        out.put('\\');
        out.put(c);
    }

    private void unicode(char c) {
        out.ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.put(HEX[c >> shift & 0xF]);
        }
    }
}
