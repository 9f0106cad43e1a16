package dev.confab.netty;

import dev.confab.spi.Frame;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An Engine.IO packet ready to be written: its text, and the binary packets that belong directly behind it. Immutable,
 * shared by all who hear it; its WebSocket image is made once for each way that is asked for, compressed
 * or not.
 */
final class EncodedPacket implements Frame {

    private final byte[] text;
    private final List<byte[]> attachments;
    private volatile byte @Nullable [] image;
    private volatile byte @Nullable [] image3;
    private volatile byte @Nullable [] deflated;
    private volatile byte @Nullable [] deflated3;

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

    /**
     * The complete WebSocket frames of this packet, one behind the other.
     *
     * @param deflation compresses what is large enough; null for a client that doesn't take it
     */
    byte[] image(WireForm form, @Nullable Deflation deflation) {
        Deflation used = deflation != null && isLarge(deflation) ? deflation : null;
        WireForm way = attachments.isEmpty() ? WireForm.V4 : form;
        byte[] known = known(way, used != null);
        return known == null ? make(way, used) : known;
    }

    private boolean isLarge(Deflation deflation) {
        return deflation.isWorthIt(text) || attachments.stream().anyMatch(deflation::isWorthIt);
    }

    private byte @Nullable [] known(WireForm form, boolean isDeflated) {
        return switch (form) {
            case V4 -> isDeflated ? deflated : image;
            case V3 -> isDeflated ? deflated3 : image3;
            case V3_BASE64 -> null;
        };
    }

    /** Only one thread makes an image, and others wait for it, since compressing it twice takes no less time. */
    private synchronized byte[] make(WireForm form, @Nullable Deflation deflation) {
        byte[] known = known(form, deflation != null);
        if (known != null) {
            return known;
        }
        byte[] made = write(form, deflation);
        switch (form) {
            case V4 -> {
                if (deflation == null) {
                    image = made;
                } else {
                    deflated = made;
                }
            }
            case V3 -> {
                if (deflation == null) {
                    image3 = made;
                } else {
                    deflated3 = made;
                }
            }
            case V3_BASE64 -> {
                // asked for by clients of old browsers alone, and not kept
            }
        }
        return made;
    }

    private byte[] write(WireForm form, @Nullable Deflation deflation) {
        var out = new ByteSink(text.length + 14);
        if (hasText()) {
            put(out, WebSocketFrames.TEXT, text, deflation);
        }
        for (byte[] bytes : attachments) {
            switch (form) {
                case V4 -> put(out, WebSocketFrames.BINARY, bytes, deflation);
                case V3 -> put(out, WebSocketFrames.BINARY, typed(bytes), deflation);
                case V3_BASE64 -> put(out, WebSocketFrames.TEXT, base64("b4", bytes), deflation);
            }
        }
        return out.toArray();
    }

    private static void put(ByteSink out, int opcode, byte[] message, @Nullable Deflation deflation) {
        byte[] small = deflation != null && deflation.isWorthIt(message) ? deflation.deflate(message) : message;
        if (small.length < message.length) {
            WebSocketFrames.put(out, WebSocketFrames.DEFLATED | opcode, small);
        } else {
            WebSocketFrames.put(out, opcode, message);
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
