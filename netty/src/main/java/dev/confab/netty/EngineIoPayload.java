package dev.confab.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * The body of a long-polling request or reply: several packets in one. Source: the Engine.IO protocol, revisions 3 and 4.
 */
final class EngineIoPayload {

    private static final byte SEPARATOR = 0x1E;

    private EngineIoPayload() {}

    /**
     * A packet of a payload.
     *
     * @param isBinary whether it is a binary message
     * @param bytes the text with its type, or the message itself
     */
    record Packet(boolean isBinary, byte[] bytes) {}

    /**
     * A payload ready to be sent.
     *
     * @param isBinary whether it goes as {@code application/octet-stream}
     * @param bytes the body
     */
    record Body(boolean isBinary, byte[] bytes) {}

    /** Joins packets the way a client takes them. */
    static Body encode(List<EncodedPacket> packets, WireForm form) {
        boolean binary =
                packets.stream().anyMatch(packet -> !packet.attachments().isEmpty());
        return switch (form) {
            case V4 -> new Body(false, encode4(packets));
            case V3 -> binary ? new Body(true, encode3Binary(packets)) : new Body(false, encode3(packets));
            case V3_BASE64 -> new Body(false, encode3(packets));
        };
    }

    private static byte[] encode4(List<EncodedPacket> packets) {
        var out = new ByteSink(256);
        for (EncodedPacket packet : packets) {
            if (packet.hasText()) {
                separate(out);
                out.put(packet.text());
            }
            for (byte[] bytes : packet.attachments()) {
                separate(out);
                out.put(EncodedPacket.base64("b", bytes));
            }
        }
        return out.toArray();
    }

    private static void separate(ByteSink out) {
        if (out.size() > 0) {
            out.put(SEPARATOR);
        }
    }

    private static byte[] encode3(List<EncodedPacket> packets) {
        var out = new ByteSink(256);
        for (EncodedPacket packet : packets) {
            if (packet.hasText()) {
                put3(out, packet.text());
            }
            for (byte[] bytes : packet.attachments()) {
                put3(out, EncodedPacket.base64("b4", bytes));
            }
        }
        if (packets.isEmpty()) {
            out.ascii("0:");
        }
        return out.toArray();
    }

    /** The length counts UTF-16 units, as the clients' own strings do. */
    private static void put3(ByteSink out, byte[] text) {
        out.ascii(Integer.toString(new String(text, StandardCharsets.UTF_8).length()));
        out.put(':');
        out.put(text);
    }

    private static byte[] encode3Binary(List<EncodedPacket> packets) {
        var out = new ByteSink(256);
        for (EncodedPacket packet : packets) {
            if (packet.hasText()) {
                putBinary3(out, 0, packet.text());
            }
            for (byte[] bytes : packet.attachments()) {
                putBinary3(out, 1, EncodedPacket.typed(bytes));
            }
        }
        return out.toArray();
    }

    private static void putBinary3(ByteSink out, int kind, byte[] content) {
        out.put(kind);
        for (char digit : Integer.toString(content.length).toCharArray()) {
            out.put(digit - '0');
        }
        out.put(0xFF);
        out.put(content);
    }

    /** Splits what a client has sent as text. */
    static List<Packet> decode(byte[] body, WireForm form) throws ProtocolException {
        if (!Utf8.isValid(body)) {
            throw new ProtocolException("payload is not UTF-8");
        }
        return form == WireForm.V4 ? decode4(body) : decode3(new String(body, StandardCharsets.UTF_8));
    }

    private static List<Packet> decode4(byte[] body) throws ProtocolException {
        var packets = new ArrayList<Packet>();
        int start = 0;
        for (int i = 0; i <= body.length; i++) {
            if (i == body.length || body[i] == SEPARATOR) {
                packets.add(packet4(body, start, i));
                start = i + 1;
            }
        }
        return packets;
    }

    private static Packet packet4(byte[] body, int from, int to) throws ProtocolException {
        if (from == to) {
            throw new ProtocolException("empty packet");
        }
        if (body[from] == 'b') {
            return new Packet(true, bytes(new String(body, from + 1, to - from - 1, StandardCharsets.ISO_8859_1)));
        }
        return new Packet(false, Arrays.copyOfRange(body, from, to));
    }

    private static List<Packet> decode3(String body) throws ProtocolException {
        var packets = new ArrayList<Packet>();
        int place = 0;
        while (place < body.length()) {
            int colon = body.indexOf(':', place);
            int length = colon < 0 ? -1 : length(body.substring(place, Math.min(colon, place + 11)));
            if (length < 0 || length > body.length() - colon - 1) {
                throw new ProtocolException("bad length in payload");
            }
            place = colon + 1 + length;
            if (length > 0) {
                packets.add(packet3(body.substring(colon + 1, place)));
            }
        }
        return packets;
    }

    static Packet packet3(String text) throws ProtocolException {
        if (text.charAt(0) == 'b') {
            if (text.length() < 2 || text.charAt(1) != '4') {
                throw new ProtocolException("a binary packet that is no message");
            }
            return new Packet(true, bytes(text.substring(2)));
        }
        return new Packet(false, text.getBytes(StandardCharsets.UTF_8));
    }

    private static int length(String digits) {
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Integer.parseInt(digits);
    }

    /** The Java client breaks its base64 into lines. */
    private static byte[] bytes(String base64) throws ProtocolException {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("bad base64");
        }
    }

    /** Splits what a client of Engine.IO 3 has sent as binary. */
    static List<Packet> decodeBinary3(byte[] body) throws ProtocolException {
        var packets = new ArrayList<Packet>();
        int place = 0;
        while (place < body.length) {
            boolean binary = body[place] == 1;
            int end = place + 1;
            long length = 0;
            while (end < body.length && body[end] >= 0 && body[end] <= 9 && end - place <= 9) {
                length = length * 10 + body[end++];
            }
            boolean fits = (body[place] == 0 || binary)
                    && end > place + 1
                    && end < body.length
                    && body[end] == (byte) 0xFF
                    && length >= 1
                    && length <= body.length - end - 1;
            if (!fits || (binary && body[end + 1] != 4)) {
                throw new ProtocolException("malformed binary payload");
            }
            int from = end + 1;
            place = from + (int) length;
            byte[] content = Arrays.copyOfRange(body, binary ? from + 1 : from, place);
            if (!binary && !Utf8.isValid(content)) {
                throw new ProtocolException("payload is not UTF-8");
            }
            packets.add(new Packet(binary, content));
        }
        return packets;
    }
}
