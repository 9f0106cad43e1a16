package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand clients of one busy room that stop reading, before a server with little memory. */
@Timeout(value = 240, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StalledCrowdTest {

    private static final int STALLED = 1000;
    private static final int READING = 50;

    /** With their size, more than both sockets and the outbox of one connection hold. */
    private static final int MESSAGES = 400;

    private static final String TEXT = "x".repeat(6_000);

    @Test
    void whoReadsHearsAllMeanwhileAndWhoStoppedHearsAllOnceInOrderLater() throws Exception {
        try (var server = new ServerProcess(StalledCrowdServer.class, "-XX:MaxDirectMemorySize=64m");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RawSocket> stalled = join(server, "stalled", STALLED);
            List<RawSocket> reading = join(server, "reader", READING);
            try (RawSocket author = join(server, "author", 1).getFirst()) {
                var all = new ArrayList<Future<Boolean>>();
                reading.forEach(client -> all.add(threads.submit(() -> hearsAll(client))));
                for (int i = 1; i <= MESSAGES; i++) {
                    author.text("42/chat-service," + i + "[\"roomMessage\",\"default\",{\"textMessage\":\"" + TEXT
                            + "\"}]");
                    awaitReply(author, i);
                }
                for (Future<Boolean> one : all) {
                    assertThat(one.get()).isTrue();
                }
                long[] before = server.numbers();
                assertThat(before[0]).as("fell behind").isGreaterThanOrEqualTo(900);
                assertThat(before[3]).as("closed").isZero();

                all.clear();
                stalled.forEach(client -> all.add(threads.submit(() -> hearsAll(client))));
                for (Future<Boolean> one : all) {
                    assertThat(one.get()).isTrue();
                }
                await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> {
                    long[] after = server.numbers();
                    assertThat(after[1]).as("pages read").isGreaterThanOrEqualTo(900);
                    assertThat(after[2]).as("caught up").isEqualTo(after[0]);
                    assertThat(after[3]).as("closed").isZero();
                });
            }
            for (RawSocket client : stalled) {
                client.close();
            }
            for (RawSocket client : reading) {
                client.close();
            }
        }
    }

    private static void awaitReply(RawSocket author, int number) throws IOException {
        String heard = author.text();
        while (!heard.startsWith("43/chat-service," + number + "[null,")) {
            heard = author.text();
        }
    }

    private static boolean hearsAll(RawSocket client) throws IOException {
        for (int id = 1; id <= MESSAGES; id++) {
            assertThat(client.text())
                    .startsWith("42/chat-service,[\"roomMessage\"")
                    .endsWith("\"id\":" + id + "}]");
        }
        return true;
    }

    private static List<RawSocket> join(ServerProcess server, String name, int count) throws IOException {
        var joined = new ArrayList<RawSocket>();
        for (int i = 0; i < count; i++) {
            RawSocket client =
                    RawSocket.webSocket(server.address(), "/socket.io/?EIO=4&transport=websocket&user=" + name + i);
            client.waitForever();
            client.text("40/chat-service,");
            client.text("42/chat-service,0[\"roomJoin\",\"default\"]");
            awaitReply(client, 0);
            joined.add(client);
        }
        return joined;
    }
}
