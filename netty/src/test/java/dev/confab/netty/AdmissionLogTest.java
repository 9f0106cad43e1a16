package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionLogTest {

    private final Logger logger = Logger.getLogger("dev.confab.netty");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void listenNoMore() {
        logger.removeHandler(handler);
    }

    @Test
    void aRefusedAdmissionIsLoggedWithItsCodeAndTheAddress() throws Exception {
        try (var served = new Served(SocketIoDoor.builder().admit(_ -> {
                    throw new ChatException(ChatError.notAllowed());
                }));
                var ws = RawSocket.webSocket(served.address(), "/socket.io/?EIO=4&transport=websocket&token=secret")) {
            ws.text("40/chat-service,");

            assertThat(lines.poll(30, TimeUnit.SECONDS)).isEqualTo("admission refused: notAllowed, from 127.0.0.1");
        }
    }
}
