package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 6455 asks of a server, and what a client may get wrong. */
class WebSocketRulesTest {

    private ConformanceServer server;
    private RawSocket ws;

    @BeforeEach
    void open() throws Exception {
        server = ConformanceServer.quiet();
        ws = newSocket();
    }

    @AfterEach
    void close() throws Exception {
        ws.close();
        server.close();
    }

    private RawSocket newSocket() throws Exception {
        var socket = RawSocket.webSocket(server.address(), "/engine.io/?EIO=4&transport=websocket");
        assertThat(socket.text()).startsWith("0{");
        return socket;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aFragmentedMessageIsOneAndAPingMayComeBetween() throws Exception {
        ws.frame(0x01, utf8("4he"));
        ws.frame(0x89, utf8("are you there"));
        ws.frame(0x80, utf8("llo"));
        RawSocket.Frame pong = ws.frame();
        assertThat(pong.opcode()).isEqualTo(10);
        assertThat(pong.text()).isEqualTo("are you there");
        assertThat(ws.text()).isEqualTo("4hello");
    }

    @Test
    void aMessageThatArrivesByteByByteIsRead() throws Exception {
        for (byte one : RawSocket.masked(0x81, utf8("4h\u00e9llo \ud83d\ude00"))) {
            ws.send(new byte[] {one});
        }
        assertThat(ws.text()).isEqualTo("4h\u00e9llo \ud83d\ude00");
    }

    @Test
    void manyMessagesInOneSegmentAreReadInOrder() throws Exception {
        var all = new ByteSink(1000);
        for (int i = 0; i < 500; i++) {
            all.put(RawSocket.masked(0x81, utf8("4" + i)));
        }
        ws.send(all.toArray());
        for (int i = 0; i < 500; i++) {
            assertThat(ws.text()).isEqualTo("4" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 50, Long.MIN_VALUE, -1, 1L << 40})
    void noLengthOfAFragmentIsTooLargeToBeRefused(long length) throws Exception {
        ws.frame(0x01, new byte[100]);
        var head = new ByteSink(14);
        head.put(0x80);
        head.put(0x80 | 127);
        for (int shift = 56; shift >= 0; shift -= 8) {
            head.put((int) (length >> shift));
        }
        head.put(new byte[4]);
        ws.send(head.toArray());
        assertThat(ws.awaitClose()).isEqualTo(1009);
    }

    @Test
    void anUnmaskedFrameIsAViolation() throws Exception {
        ws.send(WebSocketFrames.frame(1, utf8("4hello")));
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void reservedBitsAreAViolation() throws Exception {
        ws.frame(0xC1, utf8("4hello"));
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void anUnknownOpcodeIsAViolation() throws Exception {
        ws.frame(0x83, utf8("4hello"));
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void aContinuationOfNothingIsAViolation() throws Exception {
        ws.frame(0x80, utf8("4hello"));
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void aFragmentedPingIsAViolation() throws Exception {
        ws.frame(0x09, utf8("x"));
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void textThatIsNotUtf8IsAViolation() throws Exception {
        ws.frame(0x81, new byte[] {'4', (byte) 0xC3, (byte) 0x28});
        assertThat(ws.awaitClose()).isEqualTo(1007);
    }

    @Test
    void aMessageThatIsTooBigIsRefusedByItsHead() throws Exception {
        ws.send(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4});
        assertThat(ws.awaitClose()).isEqualTo(1009);
    }

    @Test
    void fragmentsThatAreTooBigTogetherAreRefused() throws Exception {
        ws.frame(0x02, new byte[600_000]);
        ws.frame(0x00, new byte[600_000]);
        assertThat(ws.awaitClose()).isEqualTo(1009);
    }

    @Test
    void aCloseFrameIsAnswered() throws Exception {
        ws.frame(0x88, new byte[] {0x03, (byte) 0xE8});
        assertThat(ws.awaitClose()).isEqualTo(1000);
    }

    @Test
    void randomBytesEndTheirConnectionAtMost() throws Exception {
        var random = new Random(20260721);
        for (int round = 0; round < 60; round++) {
            try (var victim = newSocket()) {
                byte[] bytes = new byte[1 + random.nextInt(400)];
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    bytes = RawSocket.masked(0x81 + random.nextInt(2), Arrays.copyOf(bytes, 1 + random.nextInt(60)));
                }
                victim.send(bytes);
            }
        }
        try (var healthy = newSocket()) {
            healthy.text("4hello");
            assertThat(healthy.text()).isEqualTo("4hello");
        }
    }
}
