package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StopTest {

    @Test
    void anIdleServerStopsWithSuccessWhenItIsTerminated() throws Exception {
        try (var server = ConfabProcess.serve()) {
            URI address = server.address();
            try (var client = WireClient.login(address, "ann")) {
                server.terminate();

                assertThat(client.awaitClosed()).isPositive();
            }
            assertThat(server.exitCode()).isZero();
        }
    }

    @Test
    void aTerminatedServerLetsNobodyInFinishesCommandsClosesClientsAndThenEnds() throws Exception {
        try (var server = ConfabProcess.start(SlowServer.class, "serve", "--port=0", "--hook-deadline=1m")) {
            URI address = server.address();
            try (var client = WireClient.login(address, "ann")) {
                client.send("42/chat-service,1[\"roomJoin\",\"default\"]");
                client.await("43/chat-service,1[null,1]");
                client.send("42/chat-service,2[\"roomMessage\",\"default\",{\"textMessage\":\"Hi\"}]");
                server.awaitOutput("message begins");

                server.terminate();

                await().atMost(Duration.ofSeconds(30)).until(() -> isRefused(address));
                assertThat(server.output()).doesNotContain("message ends", "connection ends", "server ends");
                server.type("go on");
                client.await("43/chat-service,2[null,1]");
                assertThat(client.awaitClosed()).isPositive();
            }
            assertThat(server.exitCode()).isZero();
            assertThat(server.output())
                    .containsSubsequence("message begins", "message ends", "connection ends", "server ends");
        }
    }

    @Test
    void aCommandThatNeverEndsHoldsATerminatedServerOnlyForTheCloseTimeout() throws Exception {
        try (var server = ConfabProcess.start(
                SlowServer.class, "serve", "--port=0", "--hook-deadline=1h", "--close-timeout=200ms")) {
            try (var client = WireClient.login(server.address(), "ann")) {
                client.send("42/chat-service,1[\"roomJoin\",\"default\"]");
                client.await("43/chat-service,1[null,1]");
                client.send("42/chat-service,2[\"roomMessage\",\"default\",{\"textMessage\":\"Hi\"}]");
                server.awaitOutput("message begins");

                server.terminate();

                assertThat(client.awaitClosed()).isPositive();
            }
            assertThat(server.exitCode()).isZero();
            assertThat(server.output()).contains("server ends").doesNotContain("message ends");
        }
    }

    private static boolean isRefused(URI address) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
