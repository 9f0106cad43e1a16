package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that offer to compress messages, at a door that takes the offer, beside others that don't. */
class DeflatedWebSocketTest {

    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";

    private static final String LONG = "abc ".repeat(1000);

    private final Deflation client = new Deflation(0);
    private Served served;

    @BeforeEach
    void open() throws IOException {
        served = new Served(SocketIoDoor.builder().perMessageDeflate(true));
    }

    @AfterEach
    void close() {
        served.close();
        client.end();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String say(String text) {
        return "42/chat-service,[\"roomMessage\",\"default\",{\"textMessage\":\"" + text + "\"}]";
    }

    private RawSocket offering(String path) throws IOException {
        var ws = new RawSocket(served.address());
        RawSocket.Reply reply = ws.upgrade(path, OFFER);
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.headers())
                .containsEntry(
                        "sec-websocket-extensions",
                        "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        return ws;
    }

    /** A client that compresses what it sends and takes what is compressed. */
    private RawSocket join(String user) throws IOException {
        RawSocket ws = offering("/socket.io/?EIO=4&transport=websocket&user=" + user);
        send(ws, "40/chat-service,");
        send(ws, "42/chat-service,0[\"roomJoin\",\"default\"]");
        for (String text = ws.text(); !text.startsWith("43/chat-service,0["); ) {
            text = ws.text();
        }
        return ws;
    }

    private void send(RawSocket ws, String text) throws IOException {
        ws.frame(0xC1, client.deflate(utf8(text)));
    }

    private static String inflated(RawSocket.Frame frame) throws Exception {
        assertThat(frame.isDeflated()).isTrue();
        return new String(DeflationTest.inflated(frame.payload()), StandardCharsets.UTF_8);
    }

    @Test
    void everybodyHearsAMessageInTheWayThatWasAgreedOn() throws Exception {
        try (RawSocket one = join("one");
                RawSocket two = join("two");
                RawSocket plain = served.join("plain")) {
            send(one, say(LONG));
            send(one, say("short"));
            RawSocket.Frame heard = plain.frame();
            assertThat(heard.isDeflated()).isFalse();
            assertThat(heard.text()).contains(LONG);
            for (RawSocket ws : new RawSocket[] {one, two}) {
                RawSocket.Frame frame = ws.frame();
                assertThat(frame.payload()).hasSizeLessThan(500);
                assertThat(inflated(frame)).isEqualTo(heard.text());
                RawSocket.Frame small = ws.frame();
                assertThat(small.isDeflated()).isFalse();
                assertThat(small.text()).contains("short");
            }
        }
    }

    @Test
    void repliesAreCompressedToo() throws Exception {
        try (RawSocket ws = join("one")) {
            send(ws, say(LONG));
            inflated(ws.frame());
            send(ws, "42/chat-service,1[\"roomRecentHistory\",\"default\"]");
            assertThat(inflated(ws.frame())).startsWith("43/chat-service,1[").contains(LONG);
        }
    }

    @Test
    void binaryIsCompressedAndComesBackEqual() throws Exception {
        byte[] bytes = new byte[5000];
        try (RawSocket ws = join("one")) {
            send(ws, "451-/chat-service,[\"roomMessage\",\"default\",{\"file\":{\"_placeholder\":true,\"num\":0}}]");
            ws.frame(0xC2, client.deflate(bytes));
            assertThat(ws.text()).contains("_placeholder");
            RawSocket.Frame attachment = ws.frame();
            assertThat(attachment.opcode()).isEqualTo(2);
            assertThat(attachment.isDeflated()).isTrue();
            assertThat(DeflationTest.inflated(attachment.payload())).isEqualTo(bytes);
        }
    }

    @Test
    void aClientThatComesOverFromPollingMayAgreeOnIt() throws Exception {
        String polling = "/socket.io/?EIO=4&transport=polling&user=one";
        try (var http = new RawSocket(served.address())) {
            var sid = Pattern.compile("\"sid\":\"(.{20})\"")
                    .matcher(http.get(polling).text());
            assertThat(sid.find()).isTrue();
            try (RawSocket ws = offering("/socket.io/?EIO=4&transport=websocket&sid=" + sid.group(1))) {
                send(ws, "2probe");
                assertThat(ws.text()).isEqualTo("3probe");
                send(ws, "5");
                send(ws, "40/chat-service,");
                send(ws, "42/chat-service,0[\"roomJoin\",\"default\"]");
                send(ws, say(LONG));
                RawSocket.Frame frame = ws.frame();
                while (!frame.isDeflated()) {
                    frame = ws.frame();
                }
                assertThat(inflated(frame)).contains(LONG);
            }
        }
    }

    @Test
    void aCompressedMessageMayComeInFragments() throws Exception {
        try (RawSocket ws = join("one")) {
            byte[] small = client.deflate(utf8(say(LONG)));
            ws.frame(0x41, Arrays.copyOf(small, 10));
            ws.frame(0x89, utf8("ping"));
            ws.frame(0x80, Arrays.copyOfRange(small, 10, small.length));
            assertThat(ws.frame().opcode()).isEqualTo(10);
            assertThat(inflated(ws.frame())).contains(LONG);
        }
    }

    @Test
    void onlyTheFirstFrameOfAMessageSaysThatItIsCompressed() throws Exception {
        byte[] small = client.deflate(utf8(say(LONG)));
        try (RawSocket ws = join("one")) {
            ws.frame(0x41, small);
            ws.frame(0xC0, small);
            assertThat(ws.awaitClose()).isEqualTo(1002);
        }
        try (RawSocket ws = join("one")) {
            ws.frame(0xC9, small);
            assertThat(ws.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void whoHasNotAgreedOnItMayNotCompress() throws Exception {
        try (RawSocket ws = served.join("plain")) {
            send(ws, say(LONG));
            assertThat(ws.awaitClose()).isEqualTo(1002);
        }
    }

    @Test
    void whatInflatesToTooMuchOrIsRubbishEndsThatConnectionAlone() throws Exception {
        try (RawSocket other = join("other")) {
            try (RawSocket ws = join("one")) {
                ws.frame(0xC1, client.deflate(new byte[1_000_001]));
                assertThat(ws.awaitClose()).isEqualTo(1009);
            }
            try (RawSocket ws = join("one")) {
                ws.frame(0xC1, utf8("this is no compressed message"));
                assertThat(ws.awaitClose()).isEqualTo(1007);
            }
            try (RawSocket ws = join("one")) {
                ws.frame(0xC1, client.deflate(new byte[] {'4', '2', (byte) 0xFF}));
                assertThat(ws.awaitClose()).isEqualTo(1007);
            }
            send(other, say("still here"));
            String text = other.text();
            while (!text.contains("still here")) {
                text = other.text();
            }
        }
    }

    @Test
    void whatCannotBeCompressedMayBeAsLongAsAnythingElse() throws Exception {
        byte[] noise = new byte[1_000_000];
        new Random(1).nextBytes(noise);
        try (RawSocket ws = join("one")) {
            send(ws, "451-/chat-service,[\"roomMessage\",\"default\",{\"file\":{\"_placeholder\":true,\"num\":0}}]");
            ws.frame(0xC2, client.deflate(noise));
            assertThat(ws.text()).contains("_placeholder");
            RawSocket.Frame attachment = ws.frame();
            assertThat(attachment.isDeflated()).isFalse();
            assertThat(attachment.payload()).isEqualTo(noise);
        }
    }

    @Test
    void nothingIsCompressedUnlessItIsSet() throws Exception {
        try (var plain = new Served(SocketIoDoor.builder());
                var ws = new RawSocket(plain.address())) {
            assertThat(ws.upgrade("/socket.io/?EIO=4&transport=websocket&user=one", OFFER)
                            .headers())
                    .doesNotContainKey("sec-websocket-extensions");
        }
    }

    @Test
    void anOfferThatCannotBeMetIsNotTaken() throws Exception {
        try (var ws = new RawSocket(served.address())) {
            assertThat(ws.upgrade(
                                    "/socket.io/?EIO=4&transport=websocket&user=one",
                                    "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9")
                            .headers())
                    .doesNotContainKey("sec-websocket-extensions");
        }
    }
}
