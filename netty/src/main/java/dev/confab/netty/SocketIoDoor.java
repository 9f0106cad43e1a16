package dev.confab.netty;

import dev.confab.chatservice.ErrorFormat;
import dev.confab.spi.Reception;
import dev.confab.spi.Transport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The door for Socket.IO clients, versions 1 to 4: Engine.IO 3 and 4 over HTTP long-polling and WebSocket, and the
 * chat-service contract in one namespace. Other HTTP requests on the same port are answered from {@link HttpContent}.
 *
 * <p>A door serves one server and opens once.
 */
public final class SocketIoDoor implements Transport {

    private final DoorSettings settings;
    private @Nullable EngineServer server;

    private SocketIoDoor(DoorSettings settings) {
        this.settings = settings;
    }

    /**
     * A door with default settings.
     *
     * @param host the address to bind
     * @param port the port to bind; 0 for any free one
     * @return the door
     */
    public static SocketIoDoor at(String host, int port) {
        return builder().host(host).port(port).build();
    }

    /**
     * A door with these settings.
     *
     * @param settings the settings
     * @return the door
     */
    public static SocketIoDoor with(DoorSettings settings) {
        return new SocketIoDoor(settings);
    }

    /**
     * Starts with default settings.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void open(Reception reception) throws IOException {
        if (server != null) {
            throw new IllegalStateException("this door was opened before");
        }
        var chat = new ChatNamespace(reception, settings);
        Map<String, Namespace> namespaces = Map.of("/", new EmptyNamespace(), settings.namespace(), chat);
        var socketIo = new SocketIoServer(settings, namespaces);
        var opening = new EngineServer(settings, Map.of(settings.path(), socketIo::newSession));
        server = opening;
        opening.open();
    }

    @Override
    public List<URI> addresses() {
        return server == null ? List.of() : server.addresses();
    }

    @Override
    public void pace() {
        EngineServer open = server;
        if (open != null) {
            open.pace();
        }
    }

    @Override
    public void stopAccepting() {
        if (server != null) {
            server.stopAccepting();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    /** Collects settings; {@link DoorSettings} says what each one means. */
    public static final class Builder {
        private String host = "127.0.0.1";
        private int port = 8000;
        private String path = "/socket.io/";
        private String namespace = "/chat-service";
        private ErrorFormat errorFormat = ErrorFormat.TEXT;
        private Set<String> transports = Set.of("polling", "websocket");
        private boolean allowEio3 = true;
        private Duration pingInterval = Duration.ofSeconds(25);
        private Duration pingTimeout = Duration.ofSeconds(20);
        private Duration upgradeTimeout = Duration.ofSeconds(10);
        private Duration connectTimeout = Duration.ofSeconds(45);
        private Duration requestTimeout = Duration.ofSeconds(20);
        private int maxPayload = 1_000_000;
        private int maxAttachments = 10;
        private long maxAttachmentBytes = 10_000_000;
        private boolean perMessageDeflate = false;
        private int perMessageDeflateThreshold = 1024;
        private int maxNesting = 256;
        private int maxHeaderSize = 16_384;
        private int maxConnections = 100_000;
        private int maxConnectionsPerAddress = 0;
        private int maxPendingPolls = 100_000;
        private int outboxBytes = 1024 * 1024;
        private int sendBufferBytes = 64 * 1024;
        private Duration stuckTimeout = Duration.ofSeconds(30);
        private Set<String> allowedOrigins = Set.of();
        private int eventLoops = 0;
        private final List<Admission> admissions = new ArrayList<>();
        private HttpContent content = HttpContent.NONE;

        private Builder() {}

        /**
         * Sets the address to bind: a name or an address; only loopback ones are safe without a login.
         *
         * @param value default 127.0.0.1
         * @return this
         */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /**
         * Sets the port to bind; 0 for any free one.
         *
         * @param value default 8000
         * @return this
         */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /**
         * Sets the path of Socket.IO; begins and ends with a slash.
         *
         * @param value default /socket.io/
         * @return this
         */
        public Builder path(String value) {
            path = value;
            return this;
        }

        /**
         * Sets the namespace in which the chat-service contract is spoken; begins with a slash, and is not the slash alone.
         *
         * @param value default /chat-service
         * @return this
         */
        public Builder namespace(String value) {
            namespace = value;
            return this;
        }

        /**
         * Sets how errors are spelled.
         *
         * @param value default TEXT
         * @return this
         */
        public Builder errorFormat(ErrorFormat value) {
            errorFormat = value;
            return this;
        }

        /**
         * Sets which transports may be used: {@code polling}, {@code websocket}.
         *
         * @param values default both
         * @return this
         */
        public Builder transports(Collection<String> values) {
            transports = Set.copyOf(values);
            return this;
        }

        /**
         * Sets whether clients of Engine.IO 3 (Socket.IO 1 and 2) are served.
         *
         * @param value default true
         * @return this
         */
        public Builder allowEio3(boolean value) {
            allowEio3 = value;
            return this;
        }

        /**
         * Sets how often a connection is probed.
         *
         * @param value default 25 s
         * @return this
         */
        public Builder pingInterval(Duration value) {
            pingInterval = value;
            return this;
        }

        /**
         * Sets how long the answer to a probe may take.
         *
         * @param value default 20 s
         * @return this
         */
        public Builder pingTimeout(Duration value) {
            pingTimeout = value;
            return this;
        }

        /**
         * Sets how long a WebSocket may take to take over from polling.
         *
         * @param value default 10 s
         * @return this
         */
        public Builder upgradeTimeout(Duration value) {
            upgradeTimeout = value;
            return this;
        }

        /**
         * Sets how long a connection may be in no namespace that does anything.
         *
         * @param value default 45 s
         * @return this
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /**
         * Sets how long a network connection may take to bring a whole request.
         *
         * @param value default 20 s
         * @return this
         */
        public Builder requestTimeout(Duration value) {
            requestTimeout = value;
            return this;
        }

        /**
         * Sets how large a message, a packet or the body of a POST may be, in bytes.
         *
         * @param value default 1,000,000
         * @return this
         */
        public Builder maxPayload(int value) {
            maxPayload = value;
            return this;
        }

        /**
         * Sets how many binary attachments a packet may have.
         *
         * @param value default 10
         * @return this
         */
        public Builder maxAttachments(int value) {
            maxAttachments = value;
            return this;
        }

        /**
         * Sets how large the attachments of a packet may be together, in bytes.
         *
         * @param value default 10,000,000
         * @return this
         */
        public Builder maxAttachmentBytes(long value) {
            maxAttachmentBytes = value;
            return this;
        }

        /**
         * Sets whether messages on WebSockets are compressed, where clients offer permessage-deflate. Each is compressed by
         * itself, once for all who hear it; so is each that a client sends. Secrets and what strangers may choose don't belong
         * in one message then, since its length tells about both.
         *
         * @param value default false
         * @return this
         */
        public Builder perMessageDeflate(boolean value) {
            perMessageDeflate = value;
            return this;
        }

        /**
         * Sets how large a message has to be, in bytes, to be compressed.
         *
         * @param value 0 to 1,073,741,824; default 1,024
         * @return this
         */
        public Builder perMessageDeflateThreshold(int value) {
            perMessageDeflateThreshold = value;
            return this;
        }

        /**
         * Sets how deep the JSON of a packet may nest.
         *
         * @param value default 256
         * @return this
         */
        public Builder maxNesting(int value) {
            maxNesting = value;
            return this;
        }

        /**
         * Sets how large the head of a request may be, in bytes.
         *
         * @param value default 16,384
         * @return this
         */
        public Builder maxHeaderSize(int value) {
            maxHeaderSize = value;
            return this;
        }

        /**
         * Sets how many network connections, and how many Engine.IO sessions, there may be at once.
         *
         * @param value default 100,000
         * @return this
         */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /**
         * Sets how many network connections one address may have at once; 0 for any number.
         *
         * @param value default 0
         * @return this
         */
        public Builder maxConnectionsPerAddress(int value) {
            maxConnectionsPerAddress = value;
            return this;
        }

        /**
         * Sets how many long polls may wait at once.
         *
         * @param value default 100,000
         * @return this
         */
        public Builder maxPendingPolls(int value) {
            maxPendingPolls = value;
            return this;
        }

        /**
         * Sets how much may wait to be written to one connection, in bytes, before messages of rooms have to wait in their
         * logs. When twice as much waits, whatever it is, the connection is closed as too slow; what is larger than that by
         * itself, and was written when there was room, doesn't count.
         *
         * @param value 32,768 to 1,073,741,824; default 1,048,576
         * @return this
         */
        public Builder outboxBytes(int value) {
            outboxBytes = value;
            return this;
        }

        /**
         * Sets how much the kernel may hold for one connection beyond the outbox, in bytes, as the socket option SO_SNDBUF has
         * it.
         *
         * @param value default 65,536
         * @return this
         */
        public Builder sendBufferBytes(int value) {
            sendBufferBytes = value;
            return this;
        }

        /**
         * Sets how long a connection that is behind may take nothing before it is closed as too slow.
         *
         * @param value default 30 s
         * @return this
         */
        public Builder stuckTimeout(Duration value) {
            stuckTimeout = value;
            return this;
        }

        /**
         * Sets origins of pages that may connect, next to those of this server and, at a loopback address, of this machine; {@code *} for any.
         *
         * @param values default none
         * @return this
         */
        public Builder allowedOrigins(Collection<String> values) {
            allowedOrigins = Set.copyOf(values);
            return this;
        }

        /**
         * Sets how many event loops there are; 0 for one per processor.
         *
         * @param value default 0
         * @return this
         */
        public Builder eventLoops(int value) {
            eventLoops = value;
            return this;
        }

        /**
         * Adds someone who decides who may enter the chat namespace, before any login.
         *
         * @param admission the decision
         * @return this
         */
        public Builder admit(Admission admission) {
            admissions.add(admission);
            return this;
        }

        /**
         * Sets what is answered to requests that are not for Socket.IO.
         *
         * @param value default nothing
         * @return this
         */
        public Builder content(HttpContent value) {
            content = value;
            return this;
        }

        /**
         * The settings collected.
         *
         * @return an immutable copy
         * @throws IllegalArgumentException where one is out of range, by its name
         */
        public DoorSettings settings() {
            return new DoorSettings(
                    host,
                    port,
                    path,
                    namespace,
                    errorFormat,
                    transports,
                    allowEio3,
                    pingInterval,
                    pingTimeout,
                    upgradeTimeout,
                    connectTimeout,
                    requestTimeout,
                    maxPayload,
                    maxAttachments,
                    maxAttachmentBytes,
                    perMessageDeflate,
                    perMessageDeflateThreshold,
                    maxNesting,
                    maxHeaderSize,
                    maxConnections,
                    maxConnectionsPerAddress,
                    maxPendingPolls,
                    outboxBytes,
                    sendBufferBytes,
                    stuckTimeout,
                    allowedOrigins,
                    eventLoops,
                    admissions,
                    content);
        }

        /**
         * A door with these settings.
         *
         * @return the door
         * @throws IllegalArgumentException where a setting is out of range, by its name
         */
        public SocketIoDoor build() {
            return new SocketIoDoor(settings());
        }
    }
}
