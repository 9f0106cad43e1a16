package dev.confab.netty;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compresses messages, and inflates those of clients, for WebSockets that agreed on permessage-deflate. Each message is
 * compressed by itself, without the context of those before it: so what many hear is compressed once for all of them, and
 * no connection has a window of its own. Belongs to one event loop. Source: RFC 7692.
 */
final class Deflation {

    /** What a client is told that offered an extension as we take it. It has to compress each message by itself, too. */
    static final String AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    /** What a client may ask for or allow: how it compresses itself, and that we compress each message by itself. */
    private static final Pattern MET = Pattern.compile("client_max_window_bits(\\s*=\\s*(\"?)([89]|1[0-5])\\2)?"
            + "|client_no_context_takeover|server_no_context_takeover");

    /** What a flush leaves at the end of a message, and isn't sent. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int CHUNK = 8192;

    private final int threshold;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[CHUNK];

    /**
     * Holds native memory until it is {@linkplain #end ended}.
     *
     * @param threshold messages of fewer bytes are left as they are
     */
    Deflation(int threshold) {
        this.threshold = threshold;
    }

    /** Whether one of a client's offers can be met: those that limit our window can't. */
    static boolean isOffered(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .anyMatch(Deflation::canBeMet);
    }

    private static boolean canBeMet(String offer) {
        List<String> parts =
                Arrays.stream(offer.split(";", -1)).map(String::strip).toList();
        List<String> parameters = parts.subList(1, parts.size());
        return parts.getFirst().equals("permessage-deflate")
                && parameters.stream()
                        .allMatch(parameter -> MET.matcher(parameter).matches())
                && parameters.stream().map(Deflation::nameOf).distinct().count() == parameters.size();
    }

    private static String nameOf(String parameter) {
        return parameter.split("=", 2)[0].strip();
    }

    /** Whether a message is large enough to be compressed. */
    boolean isWorthIt(byte[] message) {
        return message.length >= threshold;
    }

    /** A message, compressed. */
    byte[] deflate(byte[] message) {
        var out = new ByteSink(message.length / 2 + 16);
        deflater.setInput(message);
        int length;
        do {
            length = deflater.deflate(chunk, 0, CHUNK, Deflater.SYNC_FLUSH);
            out.put(chunk, 0, length);
        } while (length == CHUNK);
        deflater.reset();
        out.cut(TAIL.length);
        return out.toArray();
    }

    /**
     * What a client has compressed.
     *
     * @param most how long it may be, in bytes
     * @throws WebSocketDecoder.Violation if it is longer, or wasn't compressed
     */
    byte[] inflate(byte[] message, int most) throws WebSocketDecoder.Violation {
        try {
            var out = new ByteSink((int) Math.min(most, 2L * message.length + 16));
            inflateInto(out, message, most);
            inflateInto(out, TAIL, most);
            return out.toArray();
        } catch (DataFormatException e) {
            throw new WebSocketDecoder.Violation(1007, "not compressed as agreed");
        } finally {
            inflater.reset();
        }
    }

    private void inflateInto(ByteSink out, byte[] part, int most)
            throws DataFormatException, WebSocketDecoder.Violation {
        inflater.setInput(part);
        while (!inflater.finished()) {
            int length = inflater.inflate(chunk);
            if (length == 0) {
                if (inflater.needsDictionary()) {
                    throw new DataFormatException();
                }
                return;
            }
            if (length > most - out.size()) {
                throw new WebSocketDecoder.Violation(1009, "message too big");
            }
            out.put(chunk, 0, length);
        }
    }

    /** Gives its memory back. */
    void end() {
        deflater.end();
        inflater.end();
    }
}
