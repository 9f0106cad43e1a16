package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bare Engine.IO, byte for byte, against a server that sends every message back. */
class EngineIoWireTest {

    private static final String BASE = "/engine.io/?transport=polling&EIO=";

    private ConformanceServer server;
    private RawSocket socket;

    @BeforeEach
    void open() throws Exception {
        server = ConformanceServer.quiet();
        socket = new RawSocket(address());
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        server.close();
    }

    private URI address() {
        return server.address();
    }

    private String newSession(int version) throws Exception {
        return BASE + version + "&sid=" + sid(socket.get(BASE + version).text());
    }

    private static String sid(String openPacket) {
        var sid = Pattern.compile("\"sid\":\"([A-Za-z0-9_-]{20})\"").matcher(openPacket);
        assertThat(sid.find()).isTrue();
        return sid.group(1);
    }

    @Test
    void aPollingHandshakeHoldsExactlyFiveKeys() throws Exception {
        RawSocket.Reply reply = socket.get(BASE + 4);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "text/plain; charset=UTF-8");
        assertThat(reply.headers()).containsEntry("cache-control", "no-store");
        assertThat(reply.text())
                .matches("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":60000,"
                        + "\"pingTimeout\":20000,\"maxPayload\":1000000}");
    }

    @Test
    void aWebSocketHandshakeOffersNoUpgrade() throws Exception {
        try (var ws = RawSocket.webSocket(address(), "/engine.io/?EIO=4&transport=websocket")) {
            assertThat(ws.text()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "GET  | /engine.io/?EIO=4 | 400 | {\"code\":0,\"message\":\"Transport unknown\"}",
                "GET  | /engine.io/?EIO=4&transport=abc | 400 | {\"code\":0,\"message\":\"Transport unknown\"}",
                "GET  | /engine.io/?EIO=4&transport=polling&sid=no | 400 | {\"code\":1,\"message\":\"Session ID unknown\"}",
                "POST | /engine.io/?EIO=4&transport=polling | 400 | {\"code\":2,\"message\":\"Bad handshake method\"}",
                "GET  | /engine.io/?EIO=4&transport=websocket | 400 | {\"code\":3,\"message\":\"Bad request\"}",
                "GET  | /engine.io/?EIO=5&transport=polling | 400 | {\"code\":5,\"message\":\"Unsupported protocol version\"}",
                "GET  | /engine.io/?transport=polling | 400 | {\"code\":5,\"message\":\"Unsupported protocol version\"}",
                "GET  | /elsewhere | 404 | `Not found\n`"
            })
    void aRequestThatDoesNotFitGetsTheDocumentedError(String method, String path, int status, String body)
            throws Exception {
        RawSocket.Reply reply = socket.request(method, path, new byte[0]);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void noOtherRequestSpeaksForASessionThatBeganAsAWebSocket(int version) throws Exception {
        try (var ws = RawSocket.webSocket(address(), "/engine.io/?transport=websocket&EIO=" + version)) {
            String session = BASE + version + "&sid=" + sid(ws.text());
            assertThat(socket.get(session).text()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
            assertThat(socket.post(session, "4not me").status()).isEqualTo(400);
            try (var other = new RawSocket(address())) {
                RawSocket.Reply refused = other.upgrade(session.replace("polling", "websocket"));
                assertThat(refused.text()).isEqualTo("Session ID unknown");
            }
            ws.text("4hello");
            assertThat(ws.text()).isEqualTo("4hello");
        }
    }

    @Test
    void aRefusedUpgradeIsARawReplyAndAClose() throws Exception {
        RawSocket.Reply reply = socket.upgrade("/engine.io/?EIO=4&transport=websocket&sid=unknown");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).isEqualTo("Session ID unknown");
        socket.awaitEnd();
    }

    @Test
    void everyReplyKeepsBrowsersFromMakingMoreOfIt() throws Exception {
        List<RawSocket.Reply> replies = List.of(
                socket.get(BASE + 4),
                socket.post(newSession(4), "4hello"),
                socket.get(BASE + "4&sid=unknown"),
                socket.get("/elsewhere"),
                socket.request("OPTIONS", BASE + 4, new byte[0], "Origin: http://localhost"),
                socket.upgrade("/engine.io/?EIO=4&transport=websocket&sid=unknown"));
        assertThat(replies).extracting(RawSocket.Reply::status).containsExactly(200, 200, 400, 404, 204, 400);
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.headers())
                        .containsEntry("x-content-type-options", "nosniff")
                        .containsEntry("referrer-policy", "no-referrer")
                        .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'"));
    }

    @Test
    void severalPacketsOfGenerationFourComeBackInOnePoll() throws Exception {
        String session = newSession(4);
        assertThat(socket.post(session, "4hello\u001ebAQIDBA==\u001e4w\u00f6rld")
                        .text())
                .isEqualTo("ok");
        assertThat(socket.get(session).text()).isEqualTo("4hello\u001ebAQIDBA==\u001e4w\u00f6rld");
    }

    @Test
    void base64ThatComesInLinesIsRead() throws Exception {
        String session = newSession(4);
        assertThat(socket.post(session, "bAQID\nBA==\n\u001ebBQ==\r\n").text()).isEqualTo("ok");
        assertThat(socket.get(session).text()).isEqualTo("bAQIDBA==\u001ebBQ==");
    }

    @Test
    void lengthsOfGenerationThreeCountUtf16Units() throws Exception {
        String session = newSession(3);
        assertThat(socket.post(session, "6:4hello2:4\u20ac3:4\ud83d\ude00").text())
                .isEqualTo("ok");
        assertThat(socket.get(session).text()).isEqualTo("6:4hello2:4\u20ac3:4\ud83d\ude00");
    }

    @Test
    void binaryOfGenerationThreeGoesAsABinaryPayloadOrAsBase64() throws Exception {
        byte[] payload = {
            0, 4, (byte) 0xFF, 0x34, (byte) 0xE2, (byte) 0x82, (byte) 0xAC, 1, 5, (byte) 0xFF, 4, 1, 2, 3, 4
        };
        String session = newSession(3);
        socket.request("POST", session, payload, "Content-Type: application/octet-stream");
        RawSocket.Reply reply = socket.get(session);
        assertThat(reply.headers()).containsEntry("content-type", "application/octet-stream");
        assertThat(reply.body()).isEqualTo(payload);

        var textOnly = Pattern.compile("\"sid\":\"(.{20})\"")
                .matcher(socket.get(BASE + "3&b64=1").text());
        assertThat(textOnly.find()).isTrue();
        String older = BASE + "3&b64=1&sid=" + textOnly.group(1);
        socket.post(older, "10:b4AQIDBA==");
        assertThat(socket.get(older).text()).isEqualTo("10:b4AQIDBA==");
    }

    @Test
    void aSecondPollEndsTheSessionAndTellsTheFirst() throws Exception {
        String session = newSession(4);
        socket.begin("GET", session, new byte[0]);
        try (var second = new RawSocket(address())) {
            // the server has the first poll once it refuses the second
            RawSocket.Reply refused = second.get(session);
            if (refused.status() == 200) {
                refused = socket.reply();
            } else {
                assertThat(socket.reply().text()).isEqualTo("1");
            }
            assertThat(refused.status()).isEqualTo(400);
            assertThat(second.get(session).status()).isEqualTo(400);
        }
    }

    @Test
    void aPayloadThatIsNoneEndsTheSession() throws Exception {
        String session = newSession(4);
        assertThat(socket.post(session, "abc").status()).isEqualTo(400);
        assertThat(socket.get(session).status()).isEqualTo(400);
    }

    @Test
    void aPollThatTheClientGivesUpEndsTheSession() throws Exception {
        String session = newSession(4);
        socket.begin("GET", session, new byte[0]);
        socket.reset();
        await().untilAsserted(() -> {
            try (var other = new RawSocket(address())) {
                assertThat(other.post(session, "4hello").status()).isEqualTo(400);
            }
        });
    }

    @Test
    void aClientThatIsSilentOnAWebSocketIsClosed() throws Exception {
        try (var pinging = new ConformanceServer(Duration.ofMillis(100), Duration.ofSeconds(3));
                var ws = RawSocket.webSocket(pinging.address(), "/engine.io/?EIO=4&transport=websocket")) {
            assertThat(ws.text()).startsWith("0{");
            assertThat(ws.text()).isEqualTo("2");
            ws.text("3");
            assertThat(ws.text()).isEqualTo("2");
            assertThat(ws.awaitClose()).isZero();
        }
    }

    @Test
    void aClientOfGenerationThreePingsByItself() throws Exception {
        try (var ws = RawSocket.webSocket(address(), "/engine.io/?EIO=3&transport=websocket")) {
            assertThat(ws.text()).startsWith("0{");
            for (int i = 0; i < 3; i++) {
                ws.text("2");
                assertThat(ws.text()).isEqualTo("3");
            }
        }
    }

    @Test
    void aSessionMovesFromPollingToAWebSocket() throws Exception {
        String session = newSession(4);
        try (var ws = RawSocket.webSocket(address(), session.replace("polling", "websocket"))) {
            ws.text("2probe");
            assertThat(ws.text()).isEqualTo("3probe");
            assertThat(socket.get(session).text()).isEqualTo("6");
            ws.text("5");
            ws.text("4hello");
            assertThat(ws.text()).isEqualTo("4hello");
            assertThat(socket.get(session).status()).isEqualTo(400);
            try (var second = RawSocket.webSocket(address(), session.replace("polling", "websocket"))) {
                assertThat(second.awaitClose()).isZero();
            }
        }
    }

    @Test
    void aJsonpPollIsACallOfThePagesFunction() throws Exception {
        assertThat(socket.get(BASE + "3&j=7", "Referer: http://localhost/page").text())
                .startsWith("___eio[7](\"118:0{\\\"sid\\\":")
                .endsWith("\");");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X-Nothing: 1", "Referer: http://elsewhere.example/", "Referer: rubbish", "Referer: http:///"})
    void aScriptOfAPageThatIsNotKnownIsKeptOut(String header) throws Exception {
        assertThat(socket.get(BASE + "3&j=7", header).status()).isEqualTo(403);
    }

    @Test
    void aClientThatSaysGoodbyeOverPollingIsForgotten() throws Exception {
        String session = newSession(4);
        assertThat(socket.post(session, "1").text()).isEqualTo("ok");
        assertThat(socket.get(session).text()).isEqualTo("6");
        assertThat(socket.get(session).status()).isEqualTo(400);
    }

    @Test
    void theBodyOfAPostHasALimit() throws Exception {
        String session = newSession(4);
        byte[] large = ("4" + "x".repeat(1_000_001)).getBytes(StandardCharsets.US_ASCII);
        RawSocket.Reply reply;
        try {
            reply = socket.request("POST", session, large);
            assertThat(reply.status()).isEqualTo(413);
        } catch (IOException cutOff) {
            assertThat(cutOff).isNotNull();
        }
    }
}
