package dev.confab.netty;

/** The head of a frame that a server writes: unmasked, whole. Source: RFC 6455, section 5.2. */
final class WebSocketFrames {

    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PONG = 10;

    /** Next to an opcode: the message is compressed. Source: RFC 7692, section 6. */
    static final int DEFLATED = 0x40;

    private WebSocketFrames() {}

    static void put(ByteSink out, int opcode, byte[] payload) {
        int length = payload.length;
        out.put(0x80 | opcode);
        if (length < 126) {
            out.put(length);
        } else if (length < 0x10000) {
            out.put(126);
            out.put(length >> 8);
            out.put(length);
        } else {
            out.put(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.put((int) ((long) length >> shift));
            }
        }
        out.put(payload);
    }

    static byte[] frame(int opcode, byte[] payload) {
        var out = new ByteSink(payload.length + 10);
        put(out, opcode, payload);
        return out.toArray();
    }

    /** A close frame; code 0 for one without a status. */
    static byte[] close(int code, String reason) {
        var payload = new ByteSink(2 + reason.length());
        if (code != 0) {
            payload.put(code >> 8);
            payload.put(code);
            payload.ascii(reason);
        }
        return frame(CLOSE, payload.toArray());
    }
}
