package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The chat-service contract as its own clients speak it: protocol 4 on Engine.IO 3, byte for byte. */
class OlderChatWireTest {

    private static final String WS = "/socket.io/?user=user1&EIO=3&transport=websocket";

    private static RawSocket open(Served served) throws Exception {
        var ws = RawSocket.webSocket(served.address(), WS);
        assertThat(ws.text()).startsWith("0{\"sid\":\"");
        assertThat(ws.text()).isEqualTo("40");
        return ws;
    }

    @Test
    void aClientLogsInJoinsAndTalks() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var ws = RawSocket.webSocket(served.address(), WS)) {
            var sid = Pattern.compile("\"sid\":\"(.{20})\"").matcher(ws.text());
            assertThat(sid.find()).isTrue();
            assertThat(ws.text()).isEqualTo("40");
            ws.text("40/chat-service?user=user1,");
            assertThat(ws.text()).isEqualTo("40/chat-service,");
            assertThat(ws.text())
                    .isEqualTo("42/chat-service,[\"loginConfirmed\",\"user1\",{\"id\":\"/chat-service#" + sid.group(1)
                            + "\"}]");
            ws.text("42/chat-service,0[\"roomJoin\",\"default\"]");
            assertThat(ws.text()).isEqualTo("43/chat-service,0[null,1]");
            ws.text("42/chat-service,1[\"roomMessage\",\"default\",{\"textMessage\":\"Hello!\"}]");
            assertThat(ws.text())
                    .matches("42/chat-service,\\[\"roomMessage\",\"default\","
                            + "\\{\"textMessage\":\"Hello!\",\"author\":\"user1\",\"timestamp\":\\d+,\"id\":1}]");
            assertThat(ws.text()).isEqualTo("43/chat-service,1[null,1]");
            ws.text("42/chat-service,2[\"roomMessage\",\"none\",{\"textMessage\":\"Hello!\"}]");
            assertThat(ws.text()).isEqualTo("43/chat-service,2[\"ChatServiceError: No such room none\",null]");
        }
    }

    @Test
    void binaryInsideAMessageComesBackWithItsTypeInFront() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var ws = open(served)) {
            ws.text("40/chat-service,");
            ws.text("42/chat-service,0[\"roomJoin\",\"default\"]");
            ws.text("452-/chat-service,1[\"roomMessage\",\"default\",{\"data\":{\"_placeholder\":true,\"num\":0},"
                    + "\"deep\":{\"d\":[{\"_placeholder\":true,\"num\":1}]}}]");
            ws.binary((byte) 4, (byte) 5, (byte) 6);
            ws.binary((byte) 4, (byte) 7);
            String text = ws.text();
            while (!text.startsWith("45")) {
                text = ws.text();
            }
            assertThat(text)
                    .startsWith(
                            "452-/chat-service,[\"roomMessage\",\"default\",{\"data\":{\"_placeholder\":true,\"num\":0},"
                                    + "\"deep\":{\"d\":[{\"_placeholder\":true,\"num\":1}]},\"author\":\"user1\"");
            assertThat(ws.frame().payload()).containsExactly(4, 5, 6);
            assertThat(ws.frame().payload()).containsExactly(4, 7);
            assertThat(ws.text()).isEqualTo("43/chat-service,1[null,1]");
        }
    }

    @Test
    void theQueryOfTheNamespaceOverlaysThatOfTheRequest() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var ws = open(served)) {
            ws.text("40/chat-service?user=us}er,");
            assertThat(ws.text()).isEqualTo("40/chat-service,");
            assertThat(ws.text())
                    .isEqualTo("42/chat-service,[\"loginRejected\","
                            + "\"ChatServiceError: String us}er contains invalid characters\"]");
            assertThat(ws.text()).isEqualTo("41/chat-service,");
        }
    }

    @Test
    void aRejectedClientKeepsItsConnection() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var ws = RawSocket.webSocket(served.address(), "/socket.io/?EIO=3&transport=websocket")) {
            ws.text("40/chat-service,");
            String text = ws.text();
            while (!text.equals("41/chat-service,")) {
                text = ws.text();
            }
            ws.text("2");
            assertThat(ws.text()).isEqualTo("3");
        }
    }

    @Test
    void admissionThatRefusesIsAnErrorPacketAndNoRejection() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().admit(handshake -> {
                    throw new ChatException(ChatError.of("some error"));
                }));
                var ws = open(served)) {
            ws.text("40/chat-service?user=user1,");
            assertThat(ws.text()).isEqualTo("44/chat-service,\"some error\"");
            ws.text("40/nope,");
            assertThat(ws.text()).isEqualTo("44/nope,\"Invalid namespace\"");
            ws.text("2");
            assertThat(ws.text()).isEqualTo("3");
        }
    }

    @Test
    void packetsForNamespacesThatWereNotEnteredAreIgnored() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var ws = open(served)) {
            ws.text("42/nope,1[\"message\"]");
            ws.text("42/chat-service,1[\"roomJoin\",\"default\"]");
            ws.text("2");
            assertThat(ws.text()).isEqualTo("3");
        }
    }

    @Test
    void overPollingTheFirstAnswerHoldsTheRootsConnection() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                var socket = new RawSocket(served.address())) {
            String open = socket.get("/socket.io/?user=user1&EIO=3&transport=polling&b64=1")
                    .text();
            assertThat(open).matches("(?s)\\d+:0\\{\"sid\":\".{20}\",.*}2:40");
        }
    }
}
