package dev.confab.netty;

import dev.confab.spi.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Engine.IO packet ready to be written: its text, and the binary packets that belong directly behind it. Immutable,
 * shared by all who hear it; its WebSocket image is made once for each way that is asked for.
 */
final class EncodedPacket implements Frame {

    private final byte[] text;
    private final List<byte[]> attachments;
    private volatile byte @Nullable [] image;
    private volatile byte @Nullable [] image3;

    EncodedPacket(byte[] text, List<byte[]> attachments) {
        this.text = text;
        this.attachments = attachments;
    }

    static EncodedPacket of(String ascii) {
        return new EncodedPacket(ascii.getBytes(StandardCharsets.US_ASCII), List.of());
    }

    /** A binary message that no text announces. */
    static EncodedPacket binary(byte[] message) {
        return new EncodedPacket(new byte[0], List.of(message));
    }

    boolean hasText() {
        return text.length > 0;
    }

    /** The text with its Engine.IO type, as UTF-8. */
    byte[] text() {
        return text;
    }

    List<byte[]> attachments() {
        return attachments;
    }

    /** The complete WebSocket frames of this packet, one behind the other. */
    byte[] image(WireForm form) {
        return attachments.isEmpty() || form == WireForm.V4 ? plain() : older(form);
    }

    private byte[] plain() {
        byte[] known = image;
        if (known == null) {
            var out = new ByteSink(text.length + 14);
            putText(out);
            attachments.forEach(bytes -> WebSocketFrames.put(out, WebSocketFrames.BINARY, bytes));
            known = out.toArray();
            image = known;
        }
        return known;
    }

    private byte[] older(WireForm form) {
        if (form == WireForm.V3_BASE64) {
            return olderImage(form);
        }
        byte[] known = image3;
        if (known == null) {
            known = olderImage(form);
            image3 = known;
        }
        return known;
    }

    private byte[] olderImage(WireForm form) {
        var out = new ByteSink(text.length + 14);
        putText(out);
        for (byte[] bytes : attachments) {
            if (form == WireForm.V3_BASE64) {
                WebSocketFrames.put(out, WebSocketFrames.TEXT, base64("b4", bytes));
            } else {
                WebSocketFrames.put(out, WebSocketFrames.BINARY, typed(bytes));
            }
        }
        return out.toArray();
    }

    private void putText(ByteSink out) {
        if (hasText()) {
            WebSocketFrames.put(out, WebSocketFrames.TEXT, text);
        }
    }

    /** A binary message as text. */
    static byte[] base64(String prefix, byte[] bytes) {
        byte[] encoded = Base64.getEncoder().encode(bytes);
        var out = new ByteSink(prefix.length() + encoded.length);
        out.ascii(prefix);
        out.put(encoded);
        return out.toArray();
    }

    /** A binary message with its Engine.IO 3 type in front. */
    static byte[] typed(byte[] bytes) {
        byte[] typed = new byte[bytes.length + 1];
        typed[0] = 4;
        System.arraycopy(bytes, 0, typed, 1, bytes.length);
        return typed;
    }

    @Override
    public int weight() {
        int sum = 64 + text.length;
        for (byte[] bytes : attachments) {
            sum += bytes.length;
        }
        return sum;
    }
}
