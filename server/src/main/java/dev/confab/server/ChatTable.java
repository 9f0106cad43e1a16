package dev.confab.server;

import static dev.confab.server.Kinds.byteRate;
import static dev.confab.server.Kinds.rate;
import static dev.confab.server.Kinds.smallSize;
import static dev.confab.server.Kinds.span;
import static dev.confab.server.Kinds.whole;
import static dev.confab.server.Kinds.yesNo;
import static dev.confab.server.Option.Section.COMMANDS;
import static dev.confab.server.Option.Section.NODE;
import static dev.confab.server.Option.Section.ROOMS;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import dev.confab.ChatOptions;
import java.util.List;

/** Options about rooms, users and commands: all of {@link ChatOptions}, with its defaults but for two. */
final class ChatTable {

    /** What a message may be. */
    enum MessageFormat {
        TEXT,
        OBJECT
    }

    private static final ChatOptions DEFAULT = ChatOptions.DEFAULT;

    static final List<Bound<ChatOptions.Builder, ?>> ALL = List.of(
            Bound.of(
                    ROOMS,
                    "messageFormat",
                    Kinds.choice(MessageFormat.class),
                    MessageFormat.TEXT,
                    (chat, format) -> chat.anyObject(format == MessageFormat.OBJECT),
                    "what a message is: an object with one string, textMessage, or any object"),
            Bound.of(
                    ROOMS,
                    "enableDirectMessages",
                    yesNo(),
                    true,
                    ChatOptions.Builder::enableDirectMessages,
                    "whether users may send each other direct messages"),
            Bound.of(
                    ROOMS,
                    "enableUserlistUpdates",
                    yesNo(),
                    true,
                    ChatOptions.Builder::enableUserlistUpdates,
                    "whether new rooms announce users who come and go"),
            Bound.of(
                    ROOMS,
                    "enableAccessListsUpdates",
                    yesNo(),
                    DEFAULT.enableAccessListsUpdates(),
                    ChatOptions.Builder::enableAccessListsUpdates,
                    "whether new rooms announce changes of their lists and mode"),
            Bound.of(
                    ROOMS,
                    "enableRoomsManagement",
                    yesNo(),
                    DEFAULT.enableRoomsManagement(),
                    ChatOptions.Builder::enableRoomsManagement,
                    "whether clients may create rooms, and delete those they own"),
            Bound.of(
                    ROOMS,
                    "historyMaxSize",
                    whole(0, 1_000_000),
                    DEFAULT.historyMaxSize(),
                    ChatOptions.Builder::historyMaxSize,
                    "how many messages a new room keeps"),
            Bound.of(
                    ROOMS,
                    "historyMaxGetMessages",
                    whole(0, 100_000),
                    DEFAULT.historyMaxGetMessages(),
                    ChatOptions.Builder::historyMaxGetMessages,
                    "how many messages one request for history gets"),
            Bound.of(
                    ROOMS,
                    "historyMaxGetBytes",
                    smallSize(1, 64 << 20),
                    DEFAULT.historyMaxGetBytes(),
                    ChatOptions.Builder::historyMaxGetBytes,
                    "how many bytes of messages one request for history gets, but one message always"),
            Bound.of(
                    ROOMS,
                    "replayMaxMessages",
                    whole(0, 1_000_000),
                    DEFAULT.replayMaxMessages(),
                    ChatOptions.Builder::replayMaxMessages,
                    "how many messages a join brings that were missed"),
            Bound.of(
                    ROOMS,
                    "roomListSizeLimit",
                    whole(0, 1_000_000),
                    DEFAULT.roomListSizeLimit(),
                    ChatOptions.Builder::roomListSizeLimit,
                    "how many names each list of a room holds"),
            Bound.of(
                    ROOMS,
                    "directListSizeLimit",
                    whole(0, 1_000_000),
                    DEFAULT.directListSizeLimit(),
                    ChatOptions.Builder::directListSizeLimit,
                    "how many names each list for direct messages holds"),
            Bound.of(
                    ROOMS,
                    "messageKeyTime",
                    span(ZERO, ofDays(1)),
                    DEFAULT.messageKeyTime(),
                    ChatOptions.Builder::messageKeyTime,
                    "how long the key of a message is remembered, so that a client that sends it again publishes it once"),
            Bound.of(
                    ROOMS,
                    "messageKeysPerUser",
                    whole(0, 100_000),
                    DEFAULT.messageKeysPerUser(),
                    ChatOptions.Builder::messageKeysPerUser,
                    "how many keys of each user's newest messages in a room are remembered"),
            Bound.of(
                    COMMANDS,
                    "closeTimeout",
                    span(ZERO, ofMinutes(10)),
                    DEFAULT.closeTimeout(),
                    ChatOptions.Builder::closeTimeout,
                    "how long closing waits for running commands"),
            Bound.of(
                    COMMANDS,
                    "hookDeadline",
                    span(ofMillis(100), ofHours(1)),
                    DEFAULT.hookDeadline(),
                    ChatOptions.Builder::hookDeadline,
                    "how long a hook may take"),
            Bound.of(
                    COMMANDS,
                    "lockPatience",
                    span(ZERO, ofMinutes(10)),
                    DEFAULT.lockPatience(),
                    ChatOptions.Builder::lockPatience,
                    "how long a join or leave waits for another one of the same user and room"),
            Bound.of(
                    COMMANDS,
                    "lockTTL",
                    span(ofMillis(1), ofHours(1)),
                    DEFAULT.lockLease(),
                    ChatOptions.Builder::lockLease,
                    "how long a join or leave may take before a line in the log says so"),
            Bound.of(
                    COMMANDS,
                    "commandQueueSize",
                    whole(1, 100_000),
                    DEFAULT.commandQueueSize(),
                    ChatOptions.Builder::commandQueueSize,
                    "how many requests of one connection wait before reading from it pauses"),
            Bound.of(
                    COMMANDS,
                    "commandQueueBytes",
                    smallSize(1, 1 << 30),
                    DEFAULT.commandQueueBytes(),
                    ChatOptions.Builder::commandQueueBytes,
                    "how many bytes of requests of one connection wait before reading from it pauses"),
            Bound.of(
                    COMMANDS,
                    "connectionCommands",
                    rate(),
                    DEFAULT.connectionCommands(),
                    ChatOptions.Builder::connectionCommands,
                    "how many requests each connection may send"),
            Bound.of(
                    COMMANDS,
                    "connectionMessages",
                    rate(),
                    DEFAULT.connectionMessages(),
                    ChatOptions.Builder::connectionMessages,
                    "how many messages, to rooms and to users, each connection may send"),
            Bound.of(
                    COMMANDS,
                    "connectionBytes",
                    byteRate(),
                    DEFAULT.connectionBytes(),
                    ChatOptions.Builder::connectionBytes,
                    "how much each connection may send, counted as the memory that its requests take"),
            Bound.of(
                    COMMANDS,
                    "userCommands",
                    rate(),
                    DEFAULT.userCommands(),
                    ChatOptions.Builder::userCommands,
                    "how many requests all connections of a user may send together"),
            Bound.of(
                    COMMANDS,
                    "userMessages",
                    rate(),
                    DEFAULT.userMessages(),
                    ChatOptions.Builder::userMessages,
                    "how many messages all connections of a user may send together"),
            Bound.of(
                    COMMANDS,
                    "userBytes",
                    byteRate(),
                    DEFAULT.userBytes(),
                    ChatOptions.Builder::userBytes,
                    "how much all connections of a user may send together"),
            Bound.of(
                    COMMANDS,
                    "closeOverLimit",
                    yesNo(),
                    DEFAULT.closeOverLimit(),
                    ChatOptions.Builder::closeOverLimit,
                    "whether a connection that goes past such a rate is closed, to come back, instead of being told rateLimited"),
            Bound.of(
                    NODE,
                    "heartbeatRate",
                    span(ofMillis(100), ofHours(1)),
                    DEFAULT.heartbeatRate(),
                    ChatOptions.Builder::heartbeatRate,
                    "how often this node says in the store that it is alive"),
            Bound.of(
                    NODE,
                    "heartbeatTimeout",
                    span(ofMillis(200), ofDays(1)),
                    DEFAULT.heartbeatTimeout(),
                    ChatOptions.Builder::heartbeatTimeout,
                    "after how long without a heartbeat a node is held for dead; more than heartbeatRate"));

    private ChatTable() {}
}
