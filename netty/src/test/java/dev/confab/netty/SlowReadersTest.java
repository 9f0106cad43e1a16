package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.protocol.Body;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.RoomMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients on real sockets that take nothing for a while. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowReadersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Body BODY = Body.text("x".repeat(10_000));

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling&user=slow";

    /** More than the sockets of both sides and the outbox hold together. */
    private static final int MANY = 300;

    private static SocketIoDoor.Builder smallOutbox() {
        return SocketIoDoor.builder().outboxBytes(65_536);
    }

    private static void say(Served served, int messages) {
        for (int i = 0; i < messages; i++) {
            served.chat().asServer().execute(RoomMessage.of("default", BODY));
        }
    }

    private static void hears(RawSocket client, long first, long last) throws Exception {
        for (long id = first; id <= last; id++) {
            String heard = client.text();
            while (heard.equals("2")) {
                heard = client.text();
            }
            assertThat(heard).endsWith("\"id\":" + id + "}]");
        }
    }

    @Test
    void whoDoesNotReadFallsBehindAndHearsEverythingOnceLater() throws Exception {
        try (var served = new Served(smallOutbox());
                RawSocket slow = served.join("slow");
                RawSocket quick = served.join("quick")) {
            for (int said = 0; said < MANY; said += 10) {
                say(served, 10);
                hears(quick, said + 1, said + 10);
            }
            await().atMost(PATIENCE).until(() -> served.chat().statistics().fellBehind() == 1);
            hears(slow, 1, MANY);
            say(served, 1);
            hears(slow, MANY + 1, MANY + 1);
            hears(quick, MANY + 1, MANY + 1);
            assertThat(served.chat().statistics().caughtUp()).isEqualTo(1);
            assertThat(served.chat().statistics().closed()).isEmpty();
        }
    }

    @Test
    void anOutboxWithRoomTakesAMessageLargerThanItself() throws Exception {
        try (var served = new Served(smallOutbox());
                RawSocket client = served.join("client")) {
            Body large = Body.text("x".repeat(3_000_000));
            for (int id = 1; id <= 3; id++) {
                served.chat().asServer().execute(RoomMessage.of("default", large));
                client.text("42/chat-service,7[\"roomGetOwner\",\"default\"]");
                hears(client, id, id);
                assertThat(client.text()).isEqualTo("43/chat-service,7[null,null]");
            }
            assertThat(served.chat().statistics().closed()).isEmpty();
        }
    }

    @Test
    void aPollingClientGetsAMessageLargerThanItsOutbox() throws Exception {
        try (var served = new Served(smallOutbox());
                RawSocket client = new RawSocket(served.address())) {
            String session = joinPolling(client);
            for (int id = 1; id <= 5; id++) {
                served.chat().asServer().execute(RoomMessage.of("default", Body.text("x".repeat(300_000))));
                client.post(session, "42/chat-service,7[\"roomGetOwner\",\"default\"]");
                String heard = client.get(session).text();
                assertThat(heard).contains("\"id\":" + id + "}]");
                while (!heard.contains("43/chat-service,7[null,null]")) {
                    heard = client.get(session).text();
                }
            }
            assertThat(served.chat().statistics().closed()).isEmpty();
        }
    }

    @Test
    void whoTakesNothingForTooLongIsClosedToComeBack() throws Exception {
        try (var served = new Served(
                        smallOutbox().stuckTimeout(Duration.ofMillis(300)).pingInterval(Duration.ofMillis(300)));
                RawSocket slow = served.join("slow")) {
            say(served, MANY);
            await().atMost(PATIENCE)
                    .until(() -> served.chat().statistics().closed().containsKey(CloseReason.TOO_SLOW));
            assertThat(slow.awaitClose()).isIn(0, 1013);
        }
    }

    @Test
    void whoFellBehindFurtherThanTheLogReachesIsClosedToComeBack() throws Exception {
        try (var served = new Served(smallOutbox());
                RawSocket slow = served.join("slow")) {
            served.chat().rooms().setHistoryMaxSize("default", 5);
            say(served, MANY);
            await().atMost(PATIENCE).until(() -> served.chat().statistics().fellBehind() == 1);
            assertThat(slow.awaitClose()).isEqualTo(1013);
            await().atMost(PATIENCE)
                    .until(() -> served.chat().statistics().closed().containsKey(CloseReason.LEFT_BEHIND));
        }
    }

    @Test
    void aPollingClientThatDoesNotPollFallsBehindToo() throws Exception {
        try (var served = new Served(smallOutbox());
                RawSocket slow = new RawSocket(served.address())) {
            String session = joinPolling(slow);
            say(served, 200);
            await().atMost(PATIENCE).until(() -> served.chat().statistics().fellBehind() == 1);
            var ids = new ArrayList<String>();
            while (ids.size() < 200) {
                ids.addAll(find("\"id\":(\\d+)}]", slow.get(session).text()));
            }
            assertThat(ids)
                    .isEqualTo(IntStream.rangeClosed(1, 200)
                            .mapToObj(String::valueOf)
                            .toList());
        }
    }

    private static List<String> find(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** Lets a client in over polling, and into the room. */
    private static String joinPolling(RawSocket client) throws Exception {
        String session = POLLING + "&sid="
                + find("\"sid\":\"(.{20})\"", client.get(POLLING).text()).getFirst();
        client.post(session, "40/chat-service,");
        client.post(session, "42/chat-service,0[\"roomJoin\",\"default\"]");
        String heard = client.get(session).text();
        while (!heard.contains("43/chat-service,0[null,")) {
            heard = client.get(session).text();
        }
        return session;
    }
}
