package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two hundred visits per second, for a minute or as long as {@code -Dconfab.churn.minutes} says: whatever way they end in,
 * the server holds as much in the end as it did before.
 */
@Tag("churn")
class ChurnTest {

    private static final double MINUTES = Double.parseDouble(System.getProperty("confab.churn.minutes", "1"));
    private static final int VISITS_PER_SECOND = 200;
    private static final int VISITS = (int) (MINUTES * 60 * VISITS_PER_SECOND);

    /** Enough for everything that is made once, and for every user to be known. */
    private static final int VISITS_BEFORE = 4_000;

    private static final int USERS = 500;
    private static final int MOST_AT_ONCE = 300;

    /** What a collection leaves differs by some hundred kilobytes from one time to the next. */
    private static final long HEAP_TOLERANCE = 2 << 20;

    /** Buffers come in chunks that are kept for later; how many are in use at most differs from burst to burst. */
    private static final long DIRECT_TOLERANCE = 8 << 20;

    private static final int FILES_TOLERANCE = 4;

    private final Semaphore visitors = new Semaphore(MOST_AT_ONCE);
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    /** What a server holds. */
    private record Holding(long users, long rooms, long heap, long direct, long files) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d users, %d rooms, %.1f MiB heap, %.1f MiB beside it, %d files",
                    users,
                    rooms,
                    heap / 1048576.0,
                    direct / 1048576.0,
                    files);
        }
    }

    @Test
    void afterAllThoseVisitsTheServerHoldsWhatItHeldBefore() throws Exception {
        try (var server = new ServerProcess(ChurnServer.class);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            visit(server.address(), threads, 0, VISITS_BEFORE, VISITS_PER_SECOND * 4);
            Holding before = holdsWhenEverybodyIsGone(server);
            long began = System.nanoTime();
            visit(server.address(), threads, VISITS_BEFORE, VISITS, VISITS_PER_SECOND);
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            assertThat(failures).isEmpty();
            Holding[] after = new Holding[1];
            await().atMost(2, TimeUnit.MINUTES)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        after[0] = holds(server);
                        assertThat(after[0].users()).as("users").isZero();
                        assertThat(after[0].rooms()).as("rooms").isEqualTo(before.rooms());
                        assertThat(after[0].heap()).as("heap").isLessThan(before.heap() + HEAP_TOLERANCE);
                        assertThat(after[0].direct()).as("direct").isLessThan(before.direct() + DIRECT_TOLERANCE);
                        assertThat(after[0].files()).as("files").isLessThanOrEqualTo(before.files() + FILES_TOLERANCE);
                    });
            System.out.println(
                    "churn: " + VISITS + " visits in " + seconds + " s; before: " + before + "; after: " + after[0]);
        }
    }

    private void visit(URI address, ExecutorService threads, int first, int count, int perSecond)
            throws InterruptedException {
        long start = System.nanoTime();
        for (int i = 0; i < count && failures.isEmpty(); i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            LockSupport.parkNanos(due - System.nanoTime());
            visitors.acquire();
            var visit = new Visit(address, first + i);
            threads.execute(() -> {
                try {
                    visit.run();
                } catch (IOException | RuntimeException | AssertionError failure) {
                    failures.add(failure);
                } finally {
                    visitors.release();
                }
            });
        }
        visitors.acquire(MOST_AT_ONCE);
        visitors.release(MOST_AT_ONCE);
    }

    /** One client that comes, does some of what clients do, and goes in one of the ways in which clients go. */
    private static final class Visit {
        private static final Pattern SESSION = Pattern.compile("\"sid\":\"([^\"]{20})\"");

        private final URI address;
        private final int number;
        private final SplittableRandom random;

        Visit(URI address, int number) {
            this.address = address;
            this.number = number;
            random = new SplittableRandom(number);
        }

        void run() throws IOException {
            if (random.nextInt(8) == 0) {
                poll();
            } else {
                talk();
            }
        }

        private String path(String transport) {
            return "/socket.io/?EIO=4&transport=" + transport + "&user=visitor" + number % USERS;
        }

        private void talk() throws IOException {
            try (RawSocket socket = RawSocket.webSocket(address, path("websocket"))) {
                socket.text("40/chat-service,");
                ask(socket, 0, "\"roomJoin\",\"default\"");
                ask(
                        socket,
                        1,
                        "\"roomMessage\",\"default\",{\"textMessage\":\"" + "x".repeat(random.nextInt(2_000)) + "\"}");
                if (random.nextInt(4) == 0) {
                    String room = "\"" + ChurnServer.ROOM + number % ChurnServer.ROOMS + "\"";
                    ask(socket, 2, "\"roomCreate\"," + room + ",false");
                    ask(socket, 3, "\"roomJoin\"," + room + ",{\"since\":null}");
                    ask(socket, 4, "\"roomDelete\"," + room);
                }
                switch (random.nextInt(4)) {
                    case 0 -> socket.frame(0x88, new byte[] {3, (byte) 0xE8});
                    case 1 -> socket.text("41/chat-service,");
                    case 2 -> socket.reset();
                    default -> {}
                }
            }
        }

        private static void ask(RawSocket socket, int number, String request) throws IOException {
            socket.text("42/chat-service," + number + "[" + request + "]");
            String answer = "43/chat-service," + number;
            String heard = socket.text();
            while (!heard.startsWith(answer)) {
                if (heard.equals("2")) {
                    socket.text("3");
                }
                heard = socket.text();
            }
            assertThat(heard).startsWith(answer + "[null,");
        }

        private void poll() throws IOException {
            try (RawSocket socket = new RawSocket(address)) {
                Matcher opened = SESSION.matcher(socket.get(path("polling")).text());
                assertThat(opened.find()).isTrue();
                String session = path("polling") + "&sid=" + opened.group(1);
                socket.post(session, "40/chat-service,");
                socket.post(session, "42/chat-service,0[\"roomJoin\",\"default\"]");
                String heard = "";
                while (!heard.contains("43/chat-service,0[null,")) {
                    RawSocket.Reply reply = socket.get(session);
                    assertThat(reply.status()).isEqualTo(200);
                    heard = reply.text();
                    if (Arrays.asList(heard.split("\u001e")).contains("2")) {
                        socket.post(session, "3");
                    }
                }
                switch (random.nextInt(3)) {
                    case 0 -> socket.post(session, "41/chat-service,");
                    case 1 -> socket.post(session, "1");
                    default -> {}
                }
            }
        }
    }

    private static Holding holds(ServerProcess server) throws IOException {
        long[] figures = server.numbers();
        return new Holding(figures[0], figures[1], figures[2], figures[3], figures[4]);
    }

    /** Those who left without a word are noticed after some seconds. */
    private static Holding holdsWhenEverybodyIsGone(ServerProcess server) {
        return await().atMost(1, TimeUnit.MINUTES)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> holds(server), holding -> holding.users() == 0);
    }
}
