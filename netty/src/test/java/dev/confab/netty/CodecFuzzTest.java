package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.confab.protocol.Value;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whatever bytes come in: codecs refuse them with their own error or read something that, written again, is read the same.
 * What they read weighs no more than a multiple of what came, and doesn't depend on how it was cut up. Among the other
 * tests this runs over the inputs in {@code resources}; the build then lets Jazzer look for others.
 */
class CodecFuzzTest {

    private static final int MAX_MESSAGE = 500;

    /** A digit as a value of its own takes this many bytes, at most. */
    private static final int VALUE_WEIGHT = 200;

    private static final JsonReader JSON = new JsonReader(64, 1_000_000);

    /** The first byte says which codec the others are for: one target, because Jazzer takes one per JVM. */
    @FuzzTest
    void codecs(byte[] input) throws Exception {
        if (input.length > 0) {
            byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
            switch (input[0]) {
                case 'j' -> json(bytes);
                case 's' -> socketIo(bytes);
                case 'p' -> payload(bytes);
                case 'w' -> webSocket(bytes);
                default -> {
                    // for none
                }
            }
        }
    }

    // ---- JSON

    private static void json(byte[] bytes) throws Exception {
        Value value;
        try {
            value = JSON.read(bytes, 0, bytes.length);
        } catch (ProtocolException refused) {
            return;
        }
        if (Utf8.isValid(bytes)) {
            assertThat(value.weight()).isLessThanOrEqualTo(VALUE_WEIGHT * bytes.length);
            var out = new ByteSink(16);
            new JsonWriter(out).write(value);
            byte[] again = out.toArray();
            assertThat(JSON.read(again, 0, again.length)).isEqualTo(value);
        }
    }

    // ---- Socket.IO

    /** The first byte is the protocol's revision, the first line the text; each further line is an attachment. */
    private static void socketIo(byte[] bytes) throws Exception {
        if (bytes.length == 0 || !Utf8.isValid(bytes)) {
            return;
        }
        boolean isV5 = bytes[0] == '5';
        String[] lines = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8).split("\n", -1);
        SocketIoPacket packet;
        try {
            packet = packet(isV5, lines);
        } catch (ProtocolException refused) {
            return;
        }
        if (packet == null) {
            return;
        }
        assertThat(packet.weight()).isBetween(1, VALUE_WEIGHT * (bytes.length + 1));
        if (packet.payload() instanceof Value.Arr(List<Value> items)) {
            EncodedPacket written = SocketIoEncoder.ack(packet.namespace(), Math.max(0, packet.ack()), items);
            assertThat(read(isV5, written)).isEqualTo(items);
        }
    }

    private static @Nullable SocketIoPacket packet(boolean isV5, String... lines) throws ProtocolException {
        var decoder = new SocketIoDecoder(new SocketIoDecoder.Rules(JSON, isV5, 10, 1000));
        SocketIoPacket packet = decoder.text(lines[0].getBytes(StandardCharsets.UTF_8), 0);
        for (int i = 1; i < lines.length && packet == null; i++) {
            packet = decoder.binary(lines[i].getBytes(StandardCharsets.UTF_8));
        }
        return packet;
    }

    private static List<Value> read(boolean isV5, EncodedPacket written) throws ProtocolException {
        var decoder = new SocketIoDecoder(new SocketIoDecoder.Rules(JSON, isV5, 10, 1000));
        SocketIoPacket packet = decoder.text(written.text(), 1);
        for (byte[] attachment : written.attachments()) {
            assertThat(packet).isNull();
            packet = decoder.binary(attachment);
        }
        return Objects.requireNonNull(packet).items();
    }

    // ---- Engine.IO over polling

    /** Every input is read as each of the three forms of a payload. */
    private static void payload(byte[] bytes) throws Exception {
        payload(bytes, WireForm.V4, false);
        payload(bytes, WireForm.V3, false);
        payload(bytes, WireForm.V3, true);
    }

    private static void payload(byte[] bytes, WireForm form, boolean isBinary) throws ProtocolException {
        List<EngineIoPayload.Packet> packets;
        try {
            packets = decoded(bytes, form, isBinary);
        } catch (ProtocolException refused) {
            return;
        }
        int sum = packets.stream().mapToInt(packet -> packet.bytes().length).sum();
        assertThat(sum).isLessThanOrEqualTo(bytes.length);
        if (!packets.isEmpty() && packets.stream().noneMatch(CodecFuzzTest::looksLikeBase64)) {
            List<EncodedPacket> again = packets.stream()
                    .map(packet -> packet.isBinary()
                            ? EncodedPacket.binary(packet.bytes())
                            : new EncodedPacket(packet.bytes(), List.of()))
                    .toList();
            EngineIoPayload.Body body = EngineIoPayload.encode(again, form);
            assertThat(transcript(decoded(body.bytes(), form, body.isBinary()))).isEqualTo(transcript(packets));
        }
    }

    private static List<EngineIoPayload.Packet> decoded(byte[] bytes, WireForm form, boolean isBinary)
            throws ProtocolException {
        return isBinary ? EngineIoPayload.decodeBinary3(bytes) : EngineIoPayload.decode(bytes, form);
    }

    /** A text that the session will refuse; only in a binary payload is it not taken for binary. */
    private static boolean looksLikeBase64(EngineIoPayload.Packet packet) {
        return !packet.isBinary() && packet.bytes()[0] == 'b';
    }

    private static List<String> transcript(List<EngineIoPayload.Packet> packets) {
        return packets.stream()
                .map(packet -> packet.isBinary() + Arrays.toString(packet.bytes()))
                .toList();
    }

    // ---- WebSocket

    private static void webSocket(byte[] bytes) {
        webSocket(bytes, null);
        var inflation = new Deflation(0);
        webSocket(bytes, inflation);
        inflation.end();
    }

    private static void webSocket(byte[] bytes, @Nullable Deflation inflation) {
        List<String> whole = heard(bytes, () -> bytes.length, inflation);
        var random = new Random(Arrays.hashCode(bytes));
        assertThat(heard(bytes, () -> 1, inflation)).isEqualTo(whole);
        assertThat(heard(bytes, () -> 1 + random.nextInt(20), inflation)).isEqualTo(whole);
    }

    /** All that is heard of bytes which come in pieces of these sizes, with the violation at the end if there is one. */
    private static List<String> heard(byte[] bytes, IntSupplier sizes, @Nullable Deflation inflation) {
        var listener = new Listener();
        var decoder = new WebSocketDecoder(MAX_MESSAGE, inflation);
        var in = Unpooled.buffer();
        for (int from = 0; from < bytes.length; ) {
            int size = Math.min(sizes.getAsInt(), bytes.length - from);
            in.writeBytes(bytes, from, size);
            from += size;
            try {
                decoder.read(in, listener);
            } catch (WebSocketDecoder.Violation violation) {
                listener.heard.add("violation " + violation.code);
                break;
            }
        }
        if (inflation == null) {
            assertThat(listener.bytes).isLessThanOrEqualTo(bytes.length);
        }
        return listener.heard;
    }

    private static final class Listener implements WebSocketDecoder.Listener {
        private final List<String> heard = new ArrayList<>();
        private int bytes;
        private boolean isClosed;

        private void note(String what, byte[] payload, int max) {
            assertThat(isClosed).as("closed before").isFalse();
            assertThat(payload.length).isLessThanOrEqualTo(max);
            bytes += payload.length;
            heard.add(what + Arrays.toString(payload));
        }

        @Override
        public void text(byte[] message) {
            assertThat(Utf8.isValid(message)).isTrue();
            note("text", message, MAX_MESSAGE);
        }

        @Override
        public void binary(byte[] message) {
            note("binary", message, MAX_MESSAGE);
        }

        @Override
        public void ping(byte[] payload) {
            note("ping", payload, 125);
        }

        @Override
        public void closed(int code) {
            note("closed " + code, new byte[0], 0);
            isClosed = true;
        }

        @Override
        public boolean isReading() {
            return !isClosed;
        }
    }
}
