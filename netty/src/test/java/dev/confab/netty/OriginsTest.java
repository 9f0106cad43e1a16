package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of strangers are kept out, on every way a browser lets them ask. */
class OriginsTest {

    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling&user=ann";

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "http://localhost:5173", "https://127.0.0.1:1", "http://[::1]:80"})
    void pagesOfThisMachineAreServedAtALoopbackDoor(String origin) throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var socket = new RawSocket(served.address())) {
            RawSocket.Reply reply = socket.get(HANDSHAKE, "Origin: " + origin);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers())
                    .containsEntry("access-control-allow-origin", origin)
                    .containsEntry("access-control-allow-credentials", "true")
                    .containsEntry("vary", "Origin");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "file://",
                "rubbish"
            })
    void pagesOfStrangersAreRefusedAndToldNothing(String origin) throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var polling = new RawSocket(served.address());
                var webSocket = new RawSocket(served.address());
                var preflight = new RawSocket(served.address())) {
            RawSocket.Reply reply = polling.get(HANDSHAKE, "Origin: " + origin);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text()).isEqualTo("{\"code\":4,\"message\":\"Forbidden\"}");
            assertThat(reply.headers()).doesNotContainKey("access-control-allow-origin");
            assertThat(webSocket
                            .upgrade(HANDSHAKE.replace("polling", "websocket"), "Origin: " + origin)
                            .status())
                    .isEqualTo(403);
            assertThat(preflight
                            .request("OPTIONS", HANDSHAKE, new byte[0], "Origin: " + origin)
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void listedOriginsAreServedAndMayAskBeforehand() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().allowedOrigins(Set.of("https://app.example")));
                var socket = new RawSocket(served.address())) {
            RawSocket.Reply reply = socket.request(
                    "OPTIONS",
                    HANDSHAKE,
                    new byte[0],
                    "Origin: https://app.example",
                    "Access-Control-Request-Headers: x-mine");
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.headers())
                    .containsEntry("access-control-allow-origin", "https://app.example")
                    .containsEntry("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
                    .containsEntry("access-control-allow-headers", "x-mine");
            assertThat(socket.get(HANDSHAKE, "Origin: https://app.example").status())
                    .isEqualTo(200);
            assertThat(socket.get(HANDSHAKE, "Origin: https://other.example").status())
                    .isEqualTo(403);
        }
    }

    @Test
    void errorsCarryTheHeadersToo() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var socket = new RawSocket(served.address())) {
            assertThat(socket.get(HANDSHAKE + "&sid=none", "Origin: http://localhost")
                            .headers())
                    .containsEntry("access-control-allow-origin", "http://localhost");
        }
    }

    @Test
    void anOriginWithCharactersThatNoneHasIsABadRequest() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().allowedOrigins(Set.of("*")));
                var socket = new RawSocket(served.address())) {
            RawSocket.Reply reply = socket.get(HANDSHAKE, "Origin: http://\u00e9.example");
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).isEqualTo("{\"code\":3,\"message\":\"Bad request\"}");
        }
    }

    @Test
    void aLoopbackDoorIsNotCalledByOtherNames() throws Exception {
        try (var served = new Served(SocketIoDoor.builder())) {
            assertThat(statusFor("rebound.example", served)).isEqualTo(403);
            assertThat(statusFor("localhost", served)).isEqualTo(200);
            assertThat(statusFor("rebound.example", served)).isEqualTo(403);
            assertThat(statusFor("localhost.rebound.example", served)).isEqualTo(403);
            assertThat(statusFor("localhost", served)).isEqualTo(200);
        }
    }

    private static int statusFor(String host, Served served) throws Exception {
        try (var socket = new RawSocket(served.address())) {
            socket.send("GET " + HANDSHAKE + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return socket.reply().status();
        }
    }
}
