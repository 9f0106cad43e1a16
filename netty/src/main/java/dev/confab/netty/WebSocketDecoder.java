package dev.confab.netty;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a client. Strict, as RFC 6455 asks of a server: frames must be masked, reserved bits clear, control
 * frames whole and short, text valid UTF-8. The first reserved bit may say that a message is compressed, where that was
 * agreed on. A frame's length is judged by its head, before anything of it is kept. Holds nothing between messages.
 */
final class WebSocketDecoder {

    /** Where messages go. */
    interface Listener {
        void text(byte[] message);

        void binary(byte[] message);

        void ping(byte[] payload);

        void closed(int code);

        /** Whether to go on with what is left. */
        boolean isReading();
    }

    /** Something the client may not send, with the code to close with. */
    static final class Violation extends Exception {
        private static final long serialVersionUID = 1L;
        final int code;

        Violation(int code, String message) {
            super(message, null, false, false);
            this.code = code;
        }
    }

    private static final int CONTINUATION = 0;
    private static final int PING = 9;

    private final int maxMessage;
    private final @Nullable Deflation inflation;
    private @Nullable ByteSink fragments;
    private int fragmentedType;

    /**
     * A decoder at the begin of a connection.
     *
     * @param maxMessage how long a message may be, in bytes
     * @param inflation inflates compressed messages; null where there may be none
     */
    WebSocketDecoder(int maxMessage, @Nullable Deflation inflation) {
        this.maxMessage = maxMessage;
        this.inflation = inflation;
    }

    /** Reads as many whole frames as there are, and leaves the rest where it is. */
    void read(ByteBuf in, Listener listener) throws Violation {
        while (listener.isReading() && frame(in, listener)) {
            // a frame was read; there may be another
        }
    }

    private boolean frame(ByteBuf in, Listener listener) throws Violation {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            return false;
        }
        int first = in.getByte(start) & 0xFF;
        int second = in.getByte(start + 1) & 0xFF;
        int opcode = first & 0x0F;
        boolean last = (first & 0x80) != 0;
        check(first, second, opcode, last);
        int extra = (second & 0x7F) == 126 ? 2 : (second & 0x7F) == 127 ? 8 : 0;
        int head = 2 + extra + 4;
        if (available < 2 + extra) {
            return false;
        }
        long length = extra == 2 ? in.getUnsignedShort(start + 2) : extra == 8 ? in.getLong(start + 2) : second & 0x7F;
        int type = opcode == CONTINUATION ? fragmentedType : first & (WebSocketFrames.DEFLATED | 0x0F);
        checkLength(length, opcode, type);
        if (available < head + length) {
            return false;
        }
        byte[] payload = unmasked(in, start + head, (int) length, in.getInt(start + head - 4));
        in.readerIndex(start + head + (int) length);
        dispatch(opcode, type, last, payload, listener);
        return true;
    }

    private void check(int first, int second, int opcode, boolean last) throws Violation {
        int reserved = first & 0x70;
        boolean begins = opcode == 1 || opcode == 2;
        if (reserved != 0 && (reserved != WebSocketFrames.DEFLATED || !begins || inflation == null)) {
            throw new Violation(1002, "reserved bits");
        }
        if ((second & 0x80) == 0) {
            throw new Violation(1002, "frame not masked");
        }
        if (opcode >= 8 && (!last || (second & 0x7F) > 125)) {
            throw new Violation(1002, "control frame fragmented or too long");
        }
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        boolean outOfOrder = fragments == null ? opcode == CONTINUATION : begins;
        if (!known || outOfOrder) {
            throw new Violation(1002, "unexpected opcode");
        }
    }

    private void checkLength(long length, int opcode, int type) throws Violation {
        long before = opcode == CONTINUATION && fragments != null ? fragments.size() : 0;
        if (length < 0 || length > most(type) - before) {
            throw new Violation(1009, "message too big");
        }
    }

    /** How long a message may be as it comes: one that can't be compressed gets a little longer. */
    private long most(int type) {
        return isDeflated(type) ? maxMessage + maxMessage / 1024L + 64 : maxMessage;
    }

    private static boolean isDeflated(int type) {
        return (type & WebSocketFrames.DEFLATED) != 0;
    }

    private void dispatch(int opcode, int type, boolean last, byte[] payload, Listener listener) throws Violation {
        switch (opcode) {
            case CONTINUATION, 1, 2 -> data(type, last, payload, listener);
            case PING -> listener.ping(payload);
            case 8 -> listener.closed(closeCode(payload));
            default -> {
                // an unsolicited pong means nothing
            }
        }
    }

    private void data(int type, boolean last, byte[] payload, Listener listener) throws Violation {
        if (last && fragments == null) {
            message(type, payload, listener);
            return;
        }
        ByteSink collected = fragments;
        if (collected == null) {
            collected = new ByteSink(payload.length);
            fragments = collected;
            fragmentedType = type;
        }
        collected.put(payload);
        if (last) {
            fragments = null;
            message(type, collected.toArray(), listener);
        }
    }

    private void message(int type, byte[] payload, Listener listener) throws Violation {
        Deflation used = isDeflated(type) ? inflation : null;
        byte[] message = used == null ? payload : used.inflate(payload, maxMessage);
        if ((type & 0x0F) == WebSocketFrames.BINARY) {
            listener.binary(message);
        } else if (Utf8.isValid(message)) {
            listener.text(message);
        } else {
            throw new Violation(1007, "text is not UTF-8");
        }
    }

    private static int closeCode(byte[] payload) throws Violation {
        if (payload.length == 0) {
            return 1005;
        }
        int code = payload.length == 1 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        boolean mayBeSent = switch (code) {
            case 1004, 1005, 1006 -> false;
            default -> (code >= 1000 && code <= 1014) || (code >= 3000 && code <= 4999);
        };
        if (!mayBeSent) {
            throw new Violation(1002, "close code that may not be sent");
        }
        if (!Utf8.isValid(Arrays.copyOfRange(payload, 2, payload.length))) {
            throw new Violation(1007, "close reason is not UTF-8");
        }
        return code;
    }

    private static byte[] unmasked(ByteBuf in, int from, int length, int mask) {
        byte[] bytes = new byte[length];
        in.getBytes(from, bytes);
        byte[] key = {(byte) (mask >> 24), (byte) (mask >> 16), (byte) (mask >> 8), (byte) mask};
        for (int i = 0; i < length; i++) {
            bytes[i] ^= key[i & 3];
        }
        return bytes;
    }
}
