package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.Before;
import dev.confab.protocol.RoomHistoryInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client may pile up, and what becomes of one that goes past it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DoorLimitsTest {

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling&user=ann";

    private static String polling(RawSocket socket) throws IOException {
        var sid = Pattern.compile("\"sid\":\"(.{20})\"")
                .matcher(socket.get(POLLING).text());
        assertThat(sid.find()).isTrue();
        return POLLING + "&sid=" + sid.group(1);
    }

    @Test
    void aBurstThatIsLargerThanTheOutboxReachesAClientThatReads() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().outboxBytes(32_768));
                RawSocket ws = served.enter("ann")) {
            String request = "42/chat-service,%d[\"systemMessage\",\"" + "x".repeat(500) + "\",\"rest\"]";
            var all = new ByteSink(60_000);
            for (int i = 0; i < 60; i++) {
                all.put(RawSocket.masked(0x81, request.formatted(i).getBytes(StandardCharsets.UTF_8)));
            }
            ws.send(all.toArray());
            for (int i = 0; i < 60; i++) {
                assertThat(ws.text()).isEqualTo("43/chat-service," + i + "[null,null]");
            }
        }
    }

    @Test
    void whoPingsWithoutReadingGetsNoPileOfAnswers() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().outboxBytes(32_768));
                RawSocket ws = served.enter("ann")) {
            int pings = 200_000;
            byte[] ping = RawSocket.masked(0x89, new byte[125]);
            byte[] thousand = new byte[1000 * ping.length];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(ping, 0, thousand, i * ping.length, ping.length);
            }
            for (int i = 0; i < pings / 1000; i++) {
                ws.send(thousand);
            }
            ws.frame(0x88, new byte[0]);
            int pongs = 0;
            try {
                while (ws.frame().opcode() == 10) {
                    pongs++;
                }
            } catch (IOException ended) {
                assertThat(ended).isNotNull();
            }
            assertThat(pongs).isPositive().isLessThan(pings);
        }
    }

    @Test
    void aLargeMessageInSmallPiecesIsRead() throws Exception {
        try (var served = new Served(SocketIoDoor.builder());
                RawSocket ws = served.enter("ann")) {
            String text = "42/chat-service,7[\"systemMessage\",\"" + "x".repeat(400_000) + "\"]";
            byte[] frame = RawSocket.masked(0x81, text.getBytes(StandardCharsets.UTF_8));
            for (int from = 0; from < frame.length; from += 40) {
                ws.send(Arrays.copyOfRange(frame, from, Math.min(frame.length, from + 40)));
            }
            assertThat(ws.text()).isEqualTo("43/chat-service,7[null,null]");
        }
    }

    @Test
    void aPostOfMoreRequestsThanMayWaitIsTakenUpPieceByPiece() throws Exception {
        var holding = new CountDownLatch(1);
        try (var served = new Served(
                        SocketIoDoor.builder(),
                        confab -> confab.before(RoomHistoryInfo.class, call -> {
                            holding.await();
                            return Before.proceed(call.command());
                        }));
                var posts = new RawSocket(served.address());
                var gets = new RawSocket(served.address())) {
            String session = polling(gets);
            posts.post(session, "40/chat-service,");
            var body = new StringBuilder("42/chat-service,0[\"roomHistoryInfo\",\"default\"]");
            for (int i = 1; i < 1000; i++) {
                body.append("\u001e42/chat-service,").append(i).append("[\"directGetWhitelistMode\"]");
            }
            posts.begin("POST", session, body.toString().getBytes(StandardCharsets.UTF_8));
            var acks = new StringBuilder();
            while (!acks.toString().contains("loginConfirmed")) {
                acks.append(gets.get(session).text()).append('\u001e');
            }
            try (var second = new RawSocket(served.address())) {
                assertThat(acks.toString()).doesNotContain("43/chat-service,");
                holding.countDown();
                assertThat(posts.reply().text()).isEqualTo("ok");
                assertThat(second.get("/nothing").status()).isEqualTo(404);
            }
            while (!acks.toString().contains("43/chat-service,999[")) {
                acks.append(gets.get(session).text()).append('\u001e');
            }
            var numbers = Pattern.compile("43/chat-service,(\\d+)\\[")
                    .matcher(acks)
                    .results()
                    .map(found -> Integer.parseInt(found.group(1)))
                    .toList();
            assertThat(numbers).hasSize(1000).isSorted();
        }
    }

    @Test
    void aClientThatIsNotReadFromIsNotHeldForDead() throws Exception {
        var holding = new CountDownLatch(1);
        try (var served = new Served(
                        SocketIoDoor.builder()
                                .pingInterval(Duration.ofMillis(100))
                                .pingTimeout(Duration.ofSeconds(3)),
                        confab -> confab.before(RoomHistoryInfo.class, call -> {
                            holding.await();
                            return Before.proceed(call.command());
                        }));
                RawSocket ws = served.enter("ann")) {
            ws.text("42/chat-service,0[\"roomHistoryInfo\",\"default\"]");
            for (int i = 1; i < 300; i++) {
                ws.text("42/chat-service," + i + "[\"directGetWhitelistMode\"]");
            }
            RawSocket.Frame frame = ws.frame(Duration.ofSeconds(4));
            while (frame != null && frame.text().equals("2")) {
                ws.text("3");
                frame = ws.frame(Duration.ofSeconds(4));
            }
            assertThat(frame).as("closed, although it is not read from").isNull();
            holding.countDown();
            String text = ws.text();
            while (!text.startsWith("43/chat-service,299")) {
                if (text.equals("2")) {
                    ws.text("3");
                }
                text = ws.text();
            }
        }
    }

    @Test
    void aPollBeyondThoseThatMayWaitIsTurnedAway() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().maxPendingPolls(1));
                var one = new RawSocket(served.address());
                var two = new RawSocket(served.address())) {
            String first = polling(one);
            String second = polling(two);
            one.begin("GET", first, new byte[0]);
            RawSocket.Reply reply = two.get("/nothing");
            assertThat(reply.status()).isEqualTo(404);
            try (var both = new RawSocket(served.address())) {
                // where the first poll was a little late, the second one waits and the first is turned away
                both.begin("GET", second, new byte[0]);
                assertThat(first(one, both).status()).isEqualTo(503);
            }
        }
    }

    private static RawSocket.Reply first(RawSocket one, RawSocket two) throws Exception {
        var reply = new CompletableFuture<RawSocket.Reply>();
        for (RawSocket socket : new RawSocket[] {one, two}) {
            Thread.ofVirtual().start(() -> {
                try {
                    reply.complete(socket.reply());
                } catch (IOException closedAfterTheTest) {
                    reply.completeExceptionally(closedAfterTheTest);
                }
            });
        }
        return reply.get(10, TimeUnit.SECONDS);
    }

    @Test
    void connectionsHaveALimit() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().maxConnections(1));
                RawSocket ann = served.enter("ann")) {
            assertThatThrownBy(() -> served.enter("bob")).isInstanceOf(IOException.class);
            ann.text("42/chat-service,0[\"directGetWhitelistMode\"]");
            assertThat(ann.text()).isEqualTo("43/chat-service,0[null,false]");
        }
    }

    @Test
    void sessionsOnOneConnectionHaveTheSameLimitAndItIsFreedAgain() throws Exception {
        String base = "/socket.io/?EIO=4&transport=polling";
        try (var served = new Served(SocketIoDoor.builder().maxConnections(2));
                var socket = new RawSocket(served.address())) {
            String opened = socket.get(base).text();
            String session = base + "&sid=" + opened.substring("0{'sid':'".length(), opened.indexOf("\",\"upgrades"));
            assertThat(socket.get(base).status()).isEqualTo(200);
            assertThat(socket.get(base).status()).isEqualTo(503);
            assertThat(socket.post(session, "1").status()).isEqualTo(200);
            assertThat(socket.get(base).status()).isEqualTo(200);
        }
    }

    @Test
    void connectionsOfOneAddressHaveALimitThatIsFreedAgain() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().maxConnectionsPerAddress(1))) {
            try (RawSocket ann = served.enter("ann")) {
                assertThatThrownBy(() -> served.enter("bob")).isInstanceOf(IOException.class);
                ann.frame(0x88, new byte[0]);
                ann.awaitEnd();
            }
            org.awaitility.Awaitility.await()
                    .ignoreExceptions()
                    .untilAsserted(() -> served.enter("bob").close());
        }
    }

    @Test
    void aRequestThatDoesNotComeToItsEndIsCutOff() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().requestTimeout(Duration.ofMillis(200)));
                var head = new RawSocket(served.address());
                var body = new RawSocket(served.address())) {
            head.send("GET /socket.io/?EIO=4&transp");
            body.send("POST /socket.io/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n4he");
            head.awaitEnd();
            body.awaitEnd();
        }
    }

    @Test
    void theHeadOfARequestHasALimit() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().maxHeaderSize(2048))) {
            try (var socket = new RawSocket(served.address())) {
                assertThat(socket.get("/?" + "x".repeat(4000)).status()).isEqualTo(414);
                socket.awaitEnd();
            }
            try (var socket = new RawSocket(served.address())) {
                assertThat(socket.get("/", "X-Long: " + "x".repeat(4000)).status())
                        .isEqualTo(431);
                socket.awaitEnd();
            }
        }
    }

    @Test
    void aWebSocketThatIsClosedAsSoonAsItIsOpenLeavesNoSession() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().maxConnections(1))) {
            try (var raw = new RawSocket(served.address())) {
                var all = new ByteSink(1000);
                all.put("""
                        GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                        Host: localhost\r
                        Upgrade: websocket\r
                        Connection: Upgrade\r
                        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                        Sec-WebSocket-Version: 13\r
                        \r
                        """.getBytes(StandardCharsets.US_ASCII));
                all.put(RawSocket.masked(0x88, new byte[0]));
                raw.send(all.toArray());
                raw.awaitEnd();
            }
            await().ignoreException(IOException.class).untilAsserted(() -> {
                try (var next = new RawSocket(served.address())) {
                    assertThat(next.upgrade("/socket.io/?EIO=4&transport=websocket")
                                    .status())
                            .isEqualTo(101);
                }
            });
        }
    }
}
