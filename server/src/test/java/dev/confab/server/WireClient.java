package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that speaks Engine.IO 4 and Socket.IO 5 over a WebSocket, packet by packet. */
final class WireClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> packets = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    private WireClient(URI server, String query) {
        URI address =
                URI.create("ws" + server.toString().substring(4) + "/socket.io/?EIO=4&transport=websocket" + query);
        socket = http.newWebSocketBuilder().buildAsync(address, new Listener()).join();
    }

    /** Opens a connection. */
    static WireClient open(URI server, String query) throws InterruptedException {
        var client = new WireClient(server, query);
        client.await("0{");
        return client;
    }

    /** Opens a connection and asks for the namespace. */
    static WireClient connect(URI server, String query) throws InterruptedException {
        var client = open(server, query);
        client.send("40/chat-service,");
        client.await("40/chat-service,");
        return client;
    }

    static WireClient login(URI server, String user) throws InterruptedException {
        var client = connect(server, "&user=" + user);
        client.await("42/chat-service,[\"loginConfirmed\"");
        return client;
    }

    void send(String packet) {
        socket.sendText(packet, true).join();
    }

    /** Waits for a packet that begins in a way; those before it are passed over. */
    String await(String beginning) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            String packet = packets.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(packet).as("a packet that begins with " + beginning).isNotNull();
            if (packet.startsWith(beginning)) {
                return packet;
            }
        }
    }

    /** Waits until the server has closed the connection. */
    int awaitClosed() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder packet = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            packet.append(data);
            if (last) {
                packets.add(packet.toString());
                packet.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
