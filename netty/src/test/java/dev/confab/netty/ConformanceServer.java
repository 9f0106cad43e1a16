package dev.confab.netty;

import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the official conformance suites expect to find: an echo on bare Engine.IO under {@code /engine.io/}, and the
 * test namespaces of the Socket.IO suite under {@code /socket.io/}.
 *
 * <p>{@code main} takes the port, and listens on 127.0.0.1 and ::1 until it is stopped.
 */
public final class ConformanceServer implements AutoCloseable {

    private final EngineServer server;

    /** Opens a server that speaks both, on one port of one address, with the pings that the suites expect. */
    ConformanceServer(String host, int port) throws IOException {
        this(host, port, Duration.ofMillis(300), Duration.ofMillis(200));
    }

    /** Opens one on any port of 127.0.0.1. */
    ConformanceServer(Duration pingInterval, Duration pingTimeout) throws IOException {
        this("127.0.0.1", 0, pingInterval, pingTimeout);
    }

    /** Opens one that doesn't ping while a test runs: what a client reads next is what it has asked for. */
    static ConformanceServer quiet() throws IOException {
        return new ConformanceServer(Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    private ConformanceServer(String host, int port, Duration pingInterval, Duration pingTimeout) throws IOException {
        DoorSettings settings = SocketIoDoor.builder()
                .host(host)
                .port(port)
                .pingInterval(pingInterval)
                .pingTimeout(pingTimeout)
                .connectTimeout(Duration.ofSeconds(1))
                .maxPayload(1_000_000)
                .errorFormat(ErrorFormat.TEXT)
                .settings();
        Map<String, Namespace> namespaces = Map.of("/", new Echo(true), "/custom", new Echo(false));
        server = new EngineServer(
                settings,
                Map.of(
                        "/engine.io/",
                        EngineEcho::new,
                        "/socket.io/",
                        new SocketIoServer(settings, namespaces)::newSession));
        server.open();
    }

    URI address() {
        return server.addresses().getFirst();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Serves until it is stopped. */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        var four = new ConformanceServer("127.0.0.1", port);
        var six = new ConformanceServer("::1", port);
        System.out.println("listening on " + four.address() + " and " + six.address());
        new CountDownLatch(1).await();
    }

    /** Every message back as it came. */
    private record EngineEcho(EngineSession session) implements EngineListener {

        @Override
        public void opened() {
            // the open packet says it all
        }

        @Override
        public void text(byte[] message, int from) {
            session.write(new EncodedPacket(message, List.of()));
        }

        @Override
        public void binary(byte[] message) {
            session.write(EncodedPacket.binary(message));
        }

        @Override
        public void tick(long now) {
            // nothing to do in time
        }

        @Override
        public void closed(CloseReason reason) {
            // nothing to clear up
        }
    }

    /** Tells what a client logs in with, and in the root sends back what it hears. */
    private record Echo(boolean isRoot) implements Namespace {

        @Override
        public void connect(NamespaceSocket socket) {
            socket.accept(this::listener);
        }

        private SocketListener listener(NamespaceSocket socket) {
            send(socket, "auth", List.of(socket.handshake().auth()));
            return new SocketListener() {
                @Override
                public void event(List<Value> items, int weight, @Nullable Consumer<List<Value>> ack) {
                    List<Value> args = items.subList(1, items.size());
                    if (isRoot && items.getFirst().equals(Value.of("message"))) {
                        send(socket, "message-back", args);
                    } else if (isRoot && ack != null && items.getFirst().equals(Value.of("message-with-ack"))) {
                        ack.accept(args);
                    }
                }

                @Override
                public void ended(CloseReason reason) {
                    // nothing to clear up
                }
            };
        }

        private static void send(NamespaceSocket socket, String event, List<Value> args) {
            socket.write(SocketIoEncoder.event(socket.namespace(), event, args));
        }
    }
}
