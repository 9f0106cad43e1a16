package dev.confab.server;

import static dev.confab.server.Kinds.size;
import static dev.confab.server.Kinds.smallSize;
import static dev.confab.server.Kinds.span;
import static dev.confab.server.Kinds.whole;
import static dev.confab.server.Kinds.yesNo;
import static dev.confab.server.Option.Section.CONNECTIONS;
import static dev.confab.server.Option.Section.SERVER;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;

import dev.confab.chatservice.ErrorFormat;
import dev.confab.netty.DoorSettings;
import dev.confab.netty.SocketIoDoor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Options of the web door, with its defaults. */
final class DoorTable {

    private static final DoorSettings DEFAULT = SocketIoDoor.builder().settings();
    private static final Kind<Duration> TIME = span(ofMillis(1), ofDays(1));
    private static final int GIB = 1 << 30;

    static final Bound<SocketIoDoor.Builder, String> HOST = Bound.of(
            SERVER,
            "host",
            Kinds.word("host", "a name or address of this machine", Predicate.not(String::isBlank)),
            DEFAULT.host(),
            SocketIoDoor.Builder::host,
            "the address to listen on; with open login a loopback one, unless insecureOpenLogin is set");

    static final Bound<SocketIoDoor.Builder, Integer> PORT = Bound.of(
            SERVER,
            "port",
            whole(0, 65_535),
            DEFAULT.port(),
            SocketIoDoor.Builder::port,
            "the port to listen on; 0 takes any that is free");

    static final Bound<SocketIoDoor.Builder, String> NAMESPACE = Bound.of(
            SERVER,
            "namespace",
            Kinds.word(
                    "namespace",
                    "a slash and more, without comma, question mark or blank",
                    name -> name.matches("/[^,?\\s\\p{Cntrl}]{1,255}")),
            DEFAULT.namespace(),
            SocketIoDoor.Builder::namespace,
            "the Socket.IO namespace of the chat");

    static final List<Bound<SocketIoDoor.Builder, ?>> ALL = List.of(
            HOST,
            PORT,
            NAMESPACE,
            Bound.of(
                    SERVER,
                    "useRawErrorObjects",
                    yesNo(),
                    DEFAULT.errorFormat() == ErrorFormat.OBJECT,
                    (door, raw) -> door.errorFormat(raw ? ErrorFormat.OBJECT : ErrorFormat.TEXT),
                    "whether errors are sent as objects with a code, instead of as text"),
            Bound.of(
                    CONNECTIONS,
                    "allowedOrigins",
                    Kinds.words(
                            "origin",
                            "an origin such as https://chat.example.org, or *",
                            0,
                            origin -> origin.equals("*") || origin.matches("https?://[^/,\\s\\p{Cntrl}]+")),
                    sorted(DEFAULT.allowedOrigins()),
                    SocketIoDoor.Builder::allowedOrigins,
                    "whose pages may connect, beside this server's own and, on a loopback address, this machine's;"
                            + " * lets every page connect"),
            Bound.of(
                    CONNECTIONS,
                    "transports",
                    Kinds.words("transport", "polling or websocket", 1, Set.of("polling", "websocket")::contains),
                    sorted(DEFAULT.transports()),
                    SocketIoDoor.Builder::transports,
                    "how clients may connect"),
            Bound.of(
                    CONNECTIONS,
                    "allowEio3",
                    yesNo(),
                    DEFAULT.allowEio3(),
                    SocketIoDoor.Builder::allowEio3,
                    "whether clients of Socket.IO 1 and 2 are served"),
            Bound.of(
                    CONNECTIONS,
                    "pingInterval",
                    TIME,
                    DEFAULT.pingInterval(),
                    SocketIoDoor.Builder::pingInterval,
                    "how often a connection is probed"),
            Bound.of(
                    CONNECTIONS,
                    "pingTimeout",
                    TIME,
                    DEFAULT.pingTimeout(),
                    SocketIoDoor.Builder::pingTimeout,
                    "how long the answer to a probe may take"),
            Bound.of(
                    CONNECTIONS,
                    "upgradeTimeout",
                    TIME,
                    DEFAULT.upgradeTimeout(),
                    SocketIoDoor.Builder::upgradeTimeout,
                    "how long a WebSocket may take to take over from polling"),
            Bound.of(
                    CONNECTIONS,
                    "connectTimeout",
                    TIME,
                    DEFAULT.connectTimeout(),
                    SocketIoDoor.Builder::connectTimeout,
                    "how long a client may take to enter the chat's namespace"),
            Bound.of(
                    CONNECTIONS,
                    "requestTimeout",
                    TIME,
                    DEFAULT.requestTimeout(),
                    SocketIoDoor.Builder::requestTimeout,
                    "how long a client may take to send a whole request"),
            Bound.of(
                    CONNECTIONS,
                    "maxPayload",
                    smallSize(1024, GIB),
                    DEFAULT.maxPayload(),
                    SocketIoDoor.Builder::maxPayload,
                    "how large a packet, or the body of a request, may be"),
            Bound.of(
                    CONNECTIONS,
                    "maxAttachments",
                    whole(0, 1000),
                    DEFAULT.maxAttachments(),
                    SocketIoDoor.Builder::maxAttachments,
                    "how many binary attachments a packet may have"),
            Bound.of(
                    CONNECTIONS,
                    "maxAttachmentBytes",
                    size(0, GIB),
                    DEFAULT.maxAttachmentBytes(),
                    SocketIoDoor.Builder::maxAttachmentBytes,
                    "how large the attachments of a packet may be together"),
            Bound.of(
                    CONNECTIONS,
                    "perMessageDeflate",
                    yesNo(),
                    DEFAULT.perMessageDeflate(),
                    SocketIoDoor.Builder::perMessageDeflate,
                    "whether messages on WebSockets are compressed, for clients that offer it"),
            Bound.of(
                    CONNECTIONS,
                    "perMessageDeflateThreshold",
                    smallSize(0, GIB),
                    DEFAULT.perMessageDeflateThreshold(),
                    SocketIoDoor.Builder::perMessageDeflateThreshold,
                    "how large a message has to be to be compressed"),
            Bound.of(
                    CONNECTIONS,
                    "maxNesting",
                    whole(8, 1000),
                    DEFAULT.maxNesting(),
                    SocketIoDoor.Builder::maxNesting,
                    "how deep the JSON of a packet may nest"),
            Bound.of(
                    CONNECTIONS,
                    "maxHeaderSize",
                    smallSize(1024, 1 << 20),
                    DEFAULT.maxHeaderSize(),
                    SocketIoDoor.Builder::maxHeaderSize,
                    "how large the head of a request may be"),
            Bound.of(
                    CONNECTIONS,
                    "maxConnections",
                    whole(1, 10_000_000),
                    DEFAULT.maxConnections(),
                    SocketIoDoor.Builder::maxConnections,
                    "how many connections there may be at once"),
            Bound.of(
                    CONNECTIONS,
                    "maxConnectionsPerAddress",
                    whole(0, 10_000_000),
                    DEFAULT.maxConnectionsPerAddress(),
                    SocketIoDoor.Builder::maxConnectionsPerAddress,
                    "how many connections one address may have at once; 0 for as many as it likes"),
            Bound.of(
                    CONNECTIONS,
                    "maxPendingPolls",
                    whole(1, 10_000_000),
                    DEFAULT.maxPendingPolls(),
                    SocketIoDoor.Builder::maxPendingPolls,
                    "how many long polls may wait at once"),
            Bound.of(
                    CONNECTIONS,
                    "outboxBytes",
                    smallSize(32_768, GIB),
                    DEFAULT.outboxBytes(),
                    SocketIoDoor.Builder::outboxBytes,
                    "how much may wait to be written to one connection before messages of rooms wait in their logs"),
            Bound.of(
                    CONNECTIONS,
                    "sendBufferBytes",
                    smallSize(4096, GIB),
                    DEFAULT.sendBufferBytes(),
                    SocketIoDoor.Builder::sendBufferBytes,
                    "how much the kernel may hold for one connection beyond that"),
            Bound.of(
                    CONNECTIONS,
                    "stuckTimeout",
                    TIME,
                    DEFAULT.stuckTimeout(),
                    SocketIoDoor.Builder::stuckTimeout,
                    "how long a connection that is behind may take nothing before it is closed as too slow"),
            Bound.of(
                    CONNECTIONS,
                    "eventLoops",
                    whole(0, 1024),
                    DEFAULT.eventLoops(),
                    SocketIoDoor.Builder::eventLoops,
                    "how many event loops serve the connections; 0 for one per processor"));

    private DoorTable() {}

    private static List<String> sorted(Set<String> names) {
        return List.copyOf(new TreeSet<>(names));
    }
}
