package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session moves to a WebSocket, which is as a rule on another event loop than the session. */
@Timeout(60)
class UpgradeTest {

    private static final String LONG = "x".repeat(5000);

    private static String polling(RawSocket http, int version) throws Exception {
        String path = "/socket.io/?transport=polling&user=ann&EIO=" + version;
        var sid = Pattern.compile("\"sid\":\"(.{20})\"").matcher(http.get(path).text());
        assertThat(sid.find()).isTrue();
        return path + "&sid=" + sid.group(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void everyReplyArrivesOnceAndInOrderOnWhicheverLoopTheWebSocketIs(int version) throws Exception {
        try (var served = new Served(SocketIoDoor.builder())) {
            for (int client = 0; client < 8; client++) {
                try (var http = new RawSocket(served.address())) {
                    String session = polling(http, version);
                    String connect = "40/chat-service,";
                    http.post(session, version == 4 ? connect : connect.length() + ":" + connect);
                    upgradeAndTalk(served, http, session);
                }
            }
        }
    }

    private static void upgradeAndTalk(Served served, RawSocket http, String session) throws Exception {
        try (var ws = RawSocket.webSocket(served.address(), session.replace("polling", "websocket"))) {
            ws.text("2probe");
            assertThat(ws.text()).isEqualTo("3probe");
            assertThat(http.get(session).status()).isEqualTo(200);
            ws.text("5");
            var all = new ByteSink(200_000);
            for (int i = 0; i < 100; i++) {
                String arg = i % 10 == 0 ? LONG : "short";
                String request = "42/chat-service," + i + "[\"nothing\",\"" + arg + "\"]";
                all.put(RawSocket.masked(0x81, request.getBytes(StandardCharsets.UTF_8)));
            }
            ws.send(all.toArray());
            for (int i = 0; i < 100; i++) {
                String text = ws.text();
                while (!text.startsWith("43/chat-service,")) {
                    text = ws.text();
                }
                assertThat(text)
                        .isEqualTo("43/chat-service," + i + "[\"ChatServiceError: No such command nothing\",null]");
            }
        }
    }

    @Test
    void aProbeThatSaysSomethingElseIsClosedAndTheSessionGoesOn() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var http = new RawSocket(served.address())) {
            String session = polling(http, 4);
            try (var ws = RawSocket.webSocket(served.address(), session.replace("polling", "websocket"))) {
                ws.text("4hello");
                assertThat(ws.awaitClose()).isZero();
            }
            assertThat(http.post(session, "40/chat-service,").text()).isEqualTo("ok");
            assertThat(http.get(session).text()).startsWith("40/chat-service,{\"sid\":\"");
        }
    }
}
