package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.Before;
import dev.confab.Confab;
import dev.confab.protocol.Body;
import dev.confab.protocol.RoomMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server of two event loops, of which one doesn't get on for a while. Connections that come one after the other are on
 * different loops.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** More than may wait for a lane. */
    private static final int MANY = Backlog.MOST + 4_000;

    /** Nobody falls behind the log, in what order ever they are read. */
    private static final int ROOMY = 16 * 1024 * 1024;

    private static final RoomMessage HI = RoomMessage.of("default", Body.text("Hi"));

    private final CountDownLatch standsStill = new CountDownLatch(1);
    private final CountDownLatch standing = new CountDownLatch(1);
    private final AtomicReference<Confab> chat = new AtomicReference<>();
    private final AtomicInteger said = new AtomicInteger();

    /** Makes the loop that it is asked on stand still, or speak. */
    private Optional<HttpContent.Resource> content(String path) {
        switch (path) {
            case "/stand" -> {
                standsStill.countDown();
                try {
                    standing.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case "/say" -> Objects.requireNonNull(chat.get()).asServer().execute(HI);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(new HttpContent.Resource(new byte[0], Map.of()));
    }

    private Served served() throws IOException {
        var served = new Served(
                SocketIoDoor.builder().content(this::content).outboxBytes(ROOMY),
                confab -> confab.before(RoomMessage.class, call -> {
                    said.incrementAndGet();
                    return Before.proceed(call.command());
                }));
        chat.set(served.chat());
        return served;
    }

    private void standStill(RawSocket asking) throws Exception {
        asking.begin("GET", "/stand", new byte[0]);
        assertThat(standsStill.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static void hears(RawSocket client, int last) throws Exception {
        for (int id = 1; id <= last; id++) {
            String heard = client.text();
            while (heard.equals("2")) {
                heard = client.text();
            }
            assertThat(heard).endsWith("\"id\":" + id + "}]");
        }
    }

    @Test
    void theServersOwnCallsWaitForALoopThatDoesNotGetOnButOtherLoopsNever() throws Exception {
        try (Served served = served();
                RawSocket one = served.join("one");
                RawSocket other = served.join("other");
                var asking = new RawSocket(served.address());
                var elsewhere = new RawSocket(served.address())) {
            standStill(asking);
            Thread caller = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < MANY; i++) {
                    served.chat().asServer().execute(HI);
                }
            });
            await().atMost(PATIENCE)
                    .until(() -> said.get() >= Backlog.MOST && caller.getState() == Thread.State.WAITING);
            int before = said.get();
            assertThat(before).isLessThan(Backlog.MOST + 100);
            assertThat(elsewhere.get("/say").status()).isEqualTo(200);
            assertThat(said).hasValue(before + 1);
            standing.countDown();
            assertThat(caller.join(PATIENCE)).isTrue();
            hears(one, MANY + 1);
            hears(other, MANY + 1);
        }
    }

    @Test
    void whatClientsAskWaitsToo() throws Exception {
        byte[] request = "42/chat-service,[\"roomMessage\",\"default\",{\"textMessage\":\"Hi\"}]"
                .getBytes(StandardCharsets.US_ASCII);
        try (Served served = served();
                RawSocket one = served.join("one");
                RawSocket other = served.join("other");
                RawSocket first = served.join("first");
                RawSocket second = served.join("second");
                var asking = new RawSocket(served.address())) {
            standStill(asking);
            for (RawSocket speaker : new RawSocket[] {first, second}) {
                Thread.startVirtualThread(() -> {
                    try {
                        for (int i = 0; i < MANY; i++) {
                            speaker.frame(0x81, request);
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            }
            await().atMost(PATIENCE).until(() -> said.get() >= Backlog.MOST);
            await().atMost(PATIENCE).during(Duration.ofMillis(300)).until(() -> said.get() < Backlog.MOST + 100);
            standing.countDown();
            hears(one, 2 * MANY);
            hears(other, 2 * MANY);
        }
    }
}
