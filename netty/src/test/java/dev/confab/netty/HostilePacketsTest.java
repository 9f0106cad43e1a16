package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.protocol.Value;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets made to cost others more than their sender, or to mean different things to different readers. */
class HostilePacketsTest {

    private static final JsonReader JSON = new JsonReader(256, 1_000_000);
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    private final SocketIoDecoder decoder = new SocketIoDecoder(new SocketIoDecoder.Rules(JSON, true, 10, 10_000));

    private SocketIoPacket read(String text, byte[]... attachments) throws ProtocolException {
        SocketIoPacket packet = decoder.text(text.getBytes(StandardCharsets.UTF_8), 1);
        for (byte[] attachment : attachments) {
            assertThat(packet).isNull();
            packet = decoder.binary(attachment);
        }
        return Objects.requireNonNull(packet);
    }

    private static String text(EncodedPacket packet) {
        return new String(packet.text(), StandardCharsets.UTF_8);
    }

    /** Or a small packet would be a large one to everybody who hears it. */
    @Test
    void anAttachmentHasOnePlaceOnly() throws Exception {
        assertThat(read("451-[\"x\"," + PLACEHOLDER + "]", new byte[1]).items()).hasSize(2);
        assertThatThrownBy(() -> read("451-[\"x\"," + PLACEHOLDER + "," + PLACEHOLDER + "]", new byte[1]))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "0.9", "0.0", "\"0\"", "4294967296", "null"})
    void aPlaceholderNamesAnAttachmentThatIsThere(String number) {
        assertThatThrownBy(() -> read("451-[\"x\",{\"_placeholder\":true,\"num\":" + number + "}]", new byte[1]))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void whatOnlyLooksLikeAPlaceholderIsData() throws Exception {
        String event = "[\"x\",{\"_placeholder\":true,\"num\":99}]";
        assertThat(text(SocketIoEncoder.ack("/", 1, read("42" + event).items())))
                .isEqualTo("431" + event);
    }

    /** A client that finds a placeholder without an attachment gives up the connection; one message could drive all away. */
    @Test
    void besideAttachmentsDataThatLooksLikeAPlaceholderLosesItsMark() {
        Value fake = Value.Obj.builder()
                .put("_placeholder", Value.TRUE)
                .put("num", Value.of(99))
                .build();
        Value bytes = Value.Bytes.copyOf(new byte[] {5});
        assertThat(text(SocketIoEncoder.event("/", "x", List.of(fake, bytes))))
                .isEqualTo("451-[\"x\",{\"_placeholder\":false,\"num\":99}," + PLACEHOLDER + "]");
        assertThat(text(SocketIoEncoder.ack("/n", 7, List.of(bytes, fake))))
                .isEqualTo("461-/n,7[" + PLACEHOLDER + ",{\"_placeholder\":false,\"num\":99}]");
    }

    @Test
    void aPacketWeighsWhatItHoldsAsValues() throws Exception {
        assertThat(read("42[\"x\"" + ",0".repeat(1000) + "]").weight()).isGreaterThan(40_000);
        assertThat(read("451-[\"x\"," + PLACEHOLDER + "]", new byte[1000]).weight())
                .isBetween(1000, 1500);
        assertThat(read("41").weight()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void jsonIsUtf8AndNoOtherEncodingIsGuessed(String charset) {
        byte[] json = "[\"x\"]".getBytes(Charset.forName(charset));
        assertThatThrownBy(() -> JSON.read(json, 0, json.length)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aByteOrderMarkIsNoJson() {
        byte[] json = "\ufeff[\"x\"]".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> JSON.read(json, 0, json.length)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void textInABinaryPayloadIsUtf8() {
        byte[] overlong = {0, 3, (byte) 0xFF, '4', (byte) 0xC0, (byte) 0x80};
        byte[] cutOff = {0, 2, (byte) 0xFF, '4', (byte) 0xE2};
        for (byte[] payload : List.of(overlong, cutOff)) {
            assertThatThrownBy(() -> EngineIoPayload.decodeBinary3(payload)).isInstanceOf(ProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535})
    void aCloseCodeThatMayNotBeSentIsAViolation(int code) {
        assertThatThrownBy(() -> close((byte) (code >> 8), (byte) code))
                .isInstanceOfSatisfying(
                        WebSocketDecoder.Violation.class,
                        violation -> assertThat(violation.code).isEqualTo(1002));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1014, 3000, 4999})
    void aCloseCodeThatMayBeSentIsHeard(int code) throws Exception {
        assertThat(close((byte) (code >> 8), (byte) code, (byte) 'x')).isEqualTo(code);
        assertThat(close()).isEqualTo(1005);
    }

    @Test
    void aCloseReasonIsUtf8() {
        assertThatThrownBy(() -> close((byte) 3, (byte) 0xE8, (byte) 0x80))
                .isInstanceOfSatisfying(
                        WebSocketDecoder.Violation.class,
                        violation -> assertThat(violation.code).isEqualTo(1007));
    }

    /** The code that is heard of a close frame. */
    private static int close(byte... payload) throws WebSocketDecoder.Violation {
        var listener = new Closed();
        new WebSocketDecoder(1000, null).read(Unpooled.wrappedBuffer(RawSocket.masked(0x88, payload)), listener);
        return listener.code;
    }

    private static final class Closed implements WebSocketDecoder.Listener {
        private int code;

        @Override
        public void text(byte[] message) {
            throw new AssertionError("text");
        }

        @Override
        public void binary(byte[] message) {
            throw new AssertionError("binary");
        }

        @Override
        public void ping(byte[] payload) {
            throw new AssertionError("ping");
        }

        @Override
        public void closed(int given) {
            code = given;
        }

        @Override
        public boolean isReading() {
            return code == 0;
        }
    }
}
