package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.ChatOptions;
import dev.confab.RateLimit;
import dev.confab.protocol.CloseReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients on real sockets that ask for more than they may. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RateLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ASK = "42/chat-service,%d[\"directGetWhitelistMode\"]";

    /** Slow enough that no test waits for more of it. */
    private static final RateLimit THREE = RateLimit.of(1, 3);

    private static Served served(ChatOptions.Builder options) throws Exception {
        return new Served(SocketIoDoor.builder(), confab -> confab.options(options.build()));
    }

    private static int askUntilAnError(RawSocket ws, int from) throws Exception {
        int asked = from;
        while (true) {
            ws.text(ASK.formatted(asked));
            String reply = ws.text();
            if (!reply.equals("43/chat-service," + asked + "[null,false]")) {
                assertThat(reply)
                        .matches("43/chat-service," + asked
                                + "\\[\"ChatServiceError: Too many requests, try again in [0-9]+ ms\",null]");
                return asked - from;
            }
            asked++;
        }
    }

    @Test
    void whoAsksTooMuchIsToldWhenToComeAgainAndStays() throws Exception {
        try (Served served = served(ChatOptions.builder().connectionCommands(THREE));
                RawSocket ann = served.enter("ann");
                RawSocket bob = served.enter("bob")) {
            assertThat(askUntilAnError(ann, 0)).isGreaterThanOrEqualTo(3);
            assertThat(askUntilAnError(bob, 0)).isGreaterThanOrEqualTo(3);
            assertThat(served.chat().statistics().rateLimited()).isEqualTo(2);
        }
    }

    @Test
    void orIsClosedToComeBackAndTheCloseCodeTheLogAndTheCountersSayWhy() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (var _ = new Listening(Logger.getLogger("dev.confab"), lines);
                Served served = served(ChatOptions.builder().userCommands(THREE).closeOverLimit(true));
                RawSocket ann = served.enter("ann")) {
            for (int i = 0; i < 20; i++) {
                ann.text(ASK.formatted(i));
            }
            RawSocket.Frame frame = ann.frame();
            int answered = 0;
            while (frame.opcode() != 8) {
                assertThat(frame.text()).isEqualTo("43/chat-service," + answered++ + "[null,false]");
                frame = ann.frame();
            }
            assertThat(answered).isBetween(3, 19);
            assertThat(frame.payload()).startsWith(1013 >> 8, 1013 & 255);
            assertThat(new String(frame.payload(), 2, frame.payload().length - 2, StandardCharsets.US_ASCII))
                    .isEqualTo("rate limited");
            await().atMost(PATIENCE)
                    .until(() -> served.chat().statistics().closed().getOrDefault(CloseReason.RATE_LIMITED, 0L) == 1);
            assertThat(served.chat().statistics().rateLimited()).isEqualTo(1);
            assertThat(lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo("connection closed: RATE_LIMITED, of \"ann\", from 127.0.0.1");
            served.enter("ann").close();
        }
    }

    @Test
    void aPollingClientIsClosedToComeBackToo() throws Exception {
        String polling = "/socket.io/?EIO=4&transport=polling&user=ann";
        try (Served served =
                        served(ChatOptions.builder().connectionCommands(THREE).closeOverLimit(true));
                RawSocket ann = new RawSocket(served.address())) {
            var sid = Pattern.compile("\"sid\":\"(.{20})\"")
                    .matcher(ann.get(polling).text());
            assertThat(sid.find()).isTrue();
            String session = polling + "&sid=" + sid.group(1);
            ann.post(session, "40/chat-service,");
            var heard = new StringBuilder();
            while (!heard.toString().contains("loginConfirmed")) {
                heard.append(ann.get(session).text()).append('\u001e');
            }
            var requests = new StringBuilder(ASK.formatted(0));
            for (int i = 1; i < 20; i++) {
                requests.append('\u001e').append(ASK.formatted(i));
            }
            ann.post(session, requests.toString());
            while (!heard.toString().endsWith("1\u001e")) {
                heard.append(ann.get(session).text()).append('\u001e');
            }
            assertThat(heard).contains("43/chat-service,2[null,false]").doesNotContain("43/chat-service,19");
            assertThat(heard).doesNotContain("41/chat-service");
        }
    }

    /** Takes down what is logged. */
    private static final class Listening extends Handler implements AutoCloseable {
        private final Logger logger;
        private final BlockingQueue<String> lines;

        Listening(Logger logger, BlockingQueue<String> lines) {
            this.logger = logger;
            this.lines = lines;
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLoggerName().equals(logger.getName())) {
                lines.add(new SimpleFormatter().formatMessage(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
