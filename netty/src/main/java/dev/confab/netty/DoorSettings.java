package dev.confab.netty;

import dev.confab.chatservice.ErrorFormat;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What can be set about a {@link SocketIoDoor}. Immutable; made by a builder that knows the defaults.
 *
 * @param host the address to bind: a name or an address; only loopback ones are safe without a login; default 127.0.0.1
 * @param port the port to bind; 0 for any free one; 0 to 65,535; default 8000
 * @param path the path of Socket.IO; begins and ends with a slash; default /socket.io/
 * @param namespace the namespace in which the chat-service contract is spoken; begins with a slash, and is not the slash alone; default /chat-service
 * @param errorFormat how errors are spelled; default TEXT
 * @param transports which transports may be used: {@code polling}, {@code websocket}; default both
 * @param allowEio3 whether clients of Engine.IO 3 (Socket.IO 1 and 2) are served; default true
 * @param pingInterval how often a connection is probed; 1 ms to 24 h; default 25 s
 * @param pingTimeout how long the answer to a probe may take; 1 ms to 24 h; default 20 s
 * @param upgradeTimeout how long a WebSocket may take to take over from polling; 1 ms to 24 h; default 10 s
 * @param connectTimeout how long a connection may be in no namespace that does anything; 1 ms to 24 h; default 45 s
 * @param requestTimeout how long a network connection may take to bring a whole request; 1 ms to 24 h; default 20 s
 * @param maxPayload how large a message, a packet or the body of a POST may be, in bytes; 1,024 to 1,073,741,824; default 1,000,000
 * @param maxAttachments how many binary attachments a packet may have; 0 to 1,000; default 10
 * @param maxAttachmentBytes how large the attachments of a packet may be together, in bytes; 0 to 1,073,741,824; default 10,000,000
 * @param perMessageDeflate whether messages on WebSockets are compressed, where clients offer it; default false
 * @param perMessageDeflateThreshold messages of fewer bytes are not compressed; 0 to 1,073,741,824; default 1,024
 * @param maxNesting how deep the JSON of a packet may nest; 8 to 1,000; default 256
 * @param maxHeaderSize how large the head of a request may be, in bytes; 1,024 to 1,048,576; default 16,384
 * @param maxConnections how many network connections, and how many Engine.IO sessions, there may be at once; 1 to 10,000,000; default 100,000
 * @param maxConnectionsPerAddress how many network connections one address may have at once; 0 for any number; 0 to 10,000,000; default 0
 * @param maxPendingPolls how many long polls may wait at once; 1 to 10,000,000; default 100,000
 * @param outboxBytes how much may wait to be written to one connection, in bytes, before messages of rooms have to wait in their logs, and half of what may wait at all before it is closed as too slow; 32,768 to 1,073,741,824; default 1,048,576
 * @param sendBufferBytes how much the kernel may hold for one connection beyond that, in bytes, as the socket option SO_SNDBUF has it; 4,096 to 1,073,741,824; default 65,536
 * @param stuckTimeout how long a connection that is behind may take nothing before it is closed as too slow; 1 ms to 24 h; default 30 s
 * @param allowedOrigins origins of pages that may connect, next to those of this server and, at a loopback address, of this machine; {@code *} for any; default none
 * @param eventLoops how many event loops there are; 0 for one per processor; 0 to 1,024; default 0
 * @param admissions decide, one after the other, who may enter the chat namespace, before any login
 * @param content what is answered to other requests; default nothing
 */
public record DoorSettings(
        String host,
        int port,
        String path,
        String namespace,
        ErrorFormat errorFormat,
        Set<String> transports,
        boolean allowEio3,
        Duration pingInterval,
        Duration pingTimeout,
        Duration upgradeTimeout,
        Duration connectTimeout,
        Duration requestTimeout,
        int maxPayload,
        int maxAttachments,
        long maxAttachmentBytes,
        boolean perMessageDeflate,
        int perMessageDeflateThreshold,
        int maxNesting,
        int maxHeaderSize,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxPendingPolls,
        int outboxBytes,
        int sendBufferBytes,
        Duration stuckTimeout,
        Set<String> allowedOrigins,
        int eventLoops,
        List<Admission> admissions,
        HttpContent content) {

    private static final Duration DAY = Duration.ofHours(24);

    /** Copies the collections and checks every range. */
    public DoorSettings {
        transports = Set.copyOf(transports);
        allowedOrigins = Set.copyOf(allowedOrigins);
        admissions = List.copyOf(admissions);
        check(path.startsWith("/") && path.endsWith("/") && path.length() > 1, "path", "/…/", path);
        check(
                namespace.startsWith("/") && namespace.length() > 1 && !namespace.contains(","),
                "namespace",
                "/…",
                namespace);
        check(
                !transports.isEmpty() && Set.of("polling", "websocket").containsAll(transports),
                "transports",
                "polling, websocket",
                transports);
        range("port", port, 0, 65_535);
        range("pingInterval", pingInterval);
        range("pingTimeout", pingTimeout);
        range("upgradeTimeout", upgradeTimeout);
        range("connectTimeout", connectTimeout);
        range("requestTimeout", requestTimeout);
        range("maxPayload", maxPayload, 1024, 1_073_741_824);
        range("maxAttachments", maxAttachments, 0, 1000);
        range("maxAttachmentBytes", maxAttachmentBytes, 0, 1_073_741_824);
        range("perMessageDeflateThreshold", perMessageDeflateThreshold, 0, 1_073_741_824);
        range("maxNesting", maxNesting, 8, 1000);
        range("maxHeaderSize", maxHeaderSize, 1024, 1_048_576);
        range("maxConnections", maxConnections, 1, 10_000_000);
        range("maxConnectionsPerAddress", maxConnectionsPerAddress, 0, 10_000_000);
        range("maxPendingPolls", maxPendingPolls, 1, 10_000_000);
        range("outboxBytes", outboxBytes, 32_768, 1_073_741_824);
        range("sendBufferBytes", sendBufferBytes, 4096, 1_073_741_824);
        range("stuckTimeout", stuckTimeout);
        range("eventLoops", eventLoops, 0, 1024);
    }

    private static void range(String name, long value, long least, long most) {
        check(value >= least && value <= most, name, least + " to " + most, value);
    }

    private static void range(String name, Duration value) {
        check(value.toMillis() >= 1 && value.compareTo(DAY) <= 0, name, "1 ms to 24 h", value);
    }

    private static void check(boolean fits, String name, String range, Object value) {
        if (!fits) {
            throw new IllegalArgumentException(name + " is " + range + ", not " + value);
        }
    }
}
