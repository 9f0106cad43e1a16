package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.Before;
import dev.confab.protocol.RoomHistoryInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients on real sockets that go on sending while their first request takes its time. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(300);

    /** Together more than a command queue and the sockets of both sides hold, by far. */
    private static final int MANY = 3_000;

    private static final String LARGE = "x".repeat(10_000);

    private final CountDownLatch holding = new CountDownLatch(1);

    private Served served() throws IOException {
        return new Served(
                SocketIoDoor.builder(),
                confab -> confab.before(RoomHistoryInfo.class, call -> {
                    holding.await();
                    return Before.proceed(call.command());
                }));
    }

    private static String request(int number) {
        return number == 0
                ? "42/chat-service,0[\"roomHistoryInfo\",\"none\"]"
                : "42/chat-service," + number + "[\"systemMessage\",\"" + LARGE + "\"]";
    }

    /** Waits until a count has stood still for a moment. */
    private static int settled(AtomicInteger count) {
        var last = new AtomicInteger(-1);
        await().atMost(PATIENCE).pollInterval(MOMENT).until(() -> last.getAndSet(count.get()) == count.get());
        return last.get();
    }

    @Test
    void aWebSocketWhoseQueueIsFullIsReadNoFurtherAndLosesNothing() throws Exception {
        var sent = new AtomicInteger();
        try (Served served = served();
                RawSocket ws = served.enter("ann")) {
            Thread sending = Thread.startVirtualThread(() -> {
                try {
                    for (int i = 0; i < MANY; i++) {
                        ws.text(request(i));
                        sent.incrementAndGet();
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(settled(sent)).as("sent while nothing was taken up").isBetween(1, MANY - 1);
            holding.countDown();
            for (int i = 0; i < MANY; i++) {
                assertThat(ws.text()).startsWith("43/chat-service," + i + "[");
            }
            assertThat(sending.join(PATIENCE)).isTrue();
        }
    }

    @Test
    void aPostThatFillsTheQueueIsAnsweredWhenAllOfItWasTakenUp() throws Exception {
        String polling = "/socket.io/?EIO=4&transport=polling&user=ann";
        try (Served served = served();
                var gets = new RawSocket(served.address());
                var posts = new RawSocket(served.address())) {
            var sid = Pattern.compile("\"sid\":\"(.{20})\"")
                    .matcher(gets.get(polling).text());
            assertThat(sid.find()).isTrue();
            String session = polling + "&sid=" + sid.group(1);
            posts.post(session, "40/chat-service,");
            var body = new StringBuilder(request(0));
            for (int i = 1; i < 90; i++) {
                body.append('\u001e').append(request(i));
            }
            posts.begin("POST", session, body.toString().getBytes(StandardCharsets.UTF_8));
            CompletableFuture<String> answer = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return posts.reply().text();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    Thread::startVirtualThread);
            var heard = new StringBuilder();
            while (!heard.toString().contains("loginConfirmed")) {
                heard.append(gets.get(session).text()).append('\u001e');
            }
            await().atMost(PATIENCE).during(MOMENT).until(() -> !answer.isDone());
            holding.countDown();
            assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("ok");
            while (!heard.toString().contains("43/chat-service,89[")) {
                heard.append(gets.get(session).text()).append('\u001e');
            }
            var numbers = Pattern.compile("43/chat-service,(\\d+)\\[")
                    .matcher(heard)
                    .results()
                    .map(found -> Integer.parseInt(found.group(1)))
                    .toList();
            assertThat(numbers).hasSize(90).isSorted();
        }
    }
}
