package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket.IO protocol 5, byte for byte. */
class SocketIoWireTest {

    private ConformanceServer server;
    private RawSocket ws;

    @BeforeEach
    void open() throws Exception {
        server = ConformanceServer.quiet();
        ws = RawSocket.webSocket(server.address(), "/socket.io/?EIO=4&transport=websocket");
        assertThat(ws.text()).startsWith("0{");
    }

    @AfterEach
    void close() throws Exception {
        ws.close();
        server.close();
    }

    private void enterRoot() throws Exception {
        ws.text("40");
        assertThat(ws.text()).startsWith("40{\"sid\":\"");
        assertThat(ws.text()).isEqualTo("42[\"auth\",{}]");
    }

    @Test
    void aClientEntersTheRootWithWhatItLogsInWith() throws Exception {
        ws.text("40{\"token\":\"123\"}");
        assertThat(ws.text()).matches("40\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(ws.text()).isEqualTo("42[\"auth\",{\"token\":\"123\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40/custom", "40/custom,"})
    void aClientEntersAnotherNamespaceWithOrWithoutAComma(String packet) throws Exception {
        ws.text(packet);
        assertThat(ws.text()).matches("40/custom,\\{\"sid\":\"[A-Za-z0-9_-]{20}\"}");
        assertThat(ws.text()).isEqualTo("42/custom,[\"auth\",{}]");
    }

    @Test
    void anUnknownNamespaceIsRefusedAndTheConnectionLives() throws Exception {
        ws.text("40/random");
        assertThat(ws.text()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
        enterRoot();
    }

    @Test
    void anEventComesBackWithEveryJsonValue() throws Exception {
        enterRoot();
        ws.text("42[\"message\",1,\"2\",{\"3\":[true,null,1.50,-0,1e400,\"\\u0000\\ud83d\\ude00\"]}]");
        assertThat(ws.text())
                .isEqualTo("42[\"message-back\",1,\"2\",{\"3\":[true,null,1.50,-0,1e400,\"\\u0000\ud83d\ude00\"]}]");
    }

    @Test
    void anAcknowledgementCarriesItsNumber() throws Exception {
        enterRoot();
        ws.text("42456[\"message-with-ack\",1,\"2\"]");
        assertThat(ws.text()).isEqualTo("43456[1,\"2\"]");
    }

    @Test
    void attachmentsFollowTheirPacketBothWays() throws Exception {
        enterRoot();
        ws.text(
                "452-789[\"message-with-ack\",{\"_placeholder\":true,\"num\":0},{\"a\":[{\"_placeholder\":true,\"num\":1}]}]");
        ws.binary((byte) 1, (byte) 2);
        ws.binary((byte) 3);
        assertThat(ws.text())
                .isEqualTo("462-789[{\"_placeholder\":true,\"num\":0},{\"a\":[{\"_placeholder\":true,\"num\":1}]}]");
        assertThat(ws.frame().payload()).containsExactly(1, 2);
        assertThat(ws.frame().payload()).containsExactly(3);
    }

    @Test
    void leavingANamespaceKeepsTheConnection() throws Exception {
        enterRoot();
        ws.text("40/custom");
        assertThat(ws.text()).startsWith("40/custom,");
        assertThat(ws.text()).isEqualTo("42/custom,[\"auth\",{}]");
        ws.text("41/custom");
        ws.text("42[\"message\",\"still here\"]");
        assertThat(ws.text()).isEqualTo("42[\"message-back\",\"still here\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4abc",
                "4",
                "42{}",
                "42[]",
                "42[true]",
                "42abc[\"message\"]",
                "42[\"connect\"]",
                "49",
                "43[1]",
                "45[\"x\"]",
                "451-",
                "4511-[\"x\"]",
                "45-1[\"x\"]",
                "4299999999999999999999[\"x\"]",
                "42[\"x\"",
                "42[\"x\"]]",
                "42[\"x\",NaN]",
                "40",
                "42/custom,[\"message\"]",
                "x",
                "5x5",
                "7"
            })
    void aMalformedPacketEndsItsConnectionAndNoOther(String packet) throws Exception {
        enterRoot();
        try (var other = RawSocket.webSocket(server.address(), "/socket.io/?EIO=4&transport=websocket")) {
            other.text("40");
            if (packet.startsWith("5")) {
                ws.text("4" + packet);
            } else {
                ws.text(packet);
            }
            ws.awaitClose();
            other.text("421[\"message-with-ack\",\"alive\"]");
            String text = other.text();
            while (!text.startsWith("431")) {
                text = other.text();
            }
            assertThat(text).isEqualTo("431[\"alive\"]");
        }
    }

    @Test
    void aTextInPlaceOfAnAttachmentEndsTheConnection() throws Exception {
        enterRoot();
        ws.text("451-[\"message\",{\"_placeholder\":true,\"num\":0}]");
        ws.text("42[\"message\"]");
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void anAttachmentThatNothingAnnouncedEndsTheConnection() throws Exception {
        enterRoot();
        ws.binary((byte) 1);
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void aPlaceholderWithoutAnAttachmentEndsTheConnection() throws Exception {
        enterRoot();
        ws.text("451-[\"message\",{\"_placeholder\":true,\"num\":7}]");
        ws.binary((byte) 1);
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void anAcknowledgementOfNothingIsIgnored() throws Exception {
        enterRoot();
        ws.text("4312345[\"never asked\"]");
        ws.text("421[\"message-with-ack\",\"alive\"]");
        assertThat(ws.text()).isEqualTo("431[\"alive\"]");
    }

    @Test
    void jsonThatIsTooDeepEndsTheConnection() throws Exception {
        enterRoot();
        ws.text("42[\"message\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]");
        assertThat(ws.awaitClose()).isEqualTo(1002);
    }

    @Test
    void aClientThatEntersNoNamespaceIsClosed() throws Exception {
        assertThat(ws.awaitClose()).isEqualTo(1009);
    }
}
