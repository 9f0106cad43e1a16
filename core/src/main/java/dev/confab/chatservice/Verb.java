package dev.confab.chatservice;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.protocol.DirectAddToList;
import dev.confab.protocol.DirectGetAccessList;
import dev.confab.protocol.DirectGetWhitelistMode;
import dev.confab.protocol.DirectMessage;
import dev.confab.protocol.DirectRemoveFromList;
import dev.confab.protocol.DirectSetWhitelistMode;
import dev.confab.protocol.ListOwnConnections;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomCreate;
import dev.confab.protocol.RoomDelete;
import dev.confab.protocol.RoomGetAccessList;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomGetWhitelistMode;
import dev.confab.protocol.RoomHistoryGet;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomLeave;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.RoomNotificationsInfo;
import dev.confab.protocol.RoomRecentHistory;
import dev.confab.protocol.RoomRemoveFromList;
import dev.confab.protocol.RoomSetWhitelistMode;
import dev.confab.protocol.RoomUserSeen;
import dev.confab.protocol.SystemMessage;
import dev.confab.protocol.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests of the contract: what each is called, how many arguments it takes, and the command it means. */
enum Verb {
    ROOM_JOIN("roomJoin", 1, RoomJoin.class, a -> new RoomJoin(a.text(0), a.resume(1))),
    ROOM_LEAVE("roomLeave", 1, RoomLeave.class, a -> new RoomLeave(a.text(0))),
    ROOM_MESSAGE("roomMessage", 2, RoomMessage.class, a -> new RoomMessage(a.text(0), a.body(1), a.key(2))),
    ROOM_RECENT_HISTORY("roomRecentHistory", 1, RoomRecentHistory.class, a -> new RoomRecentHistory(a.text(0))),
    ROOM_HISTORY_GET(
            "roomHistoryGet",
            3,
            RoomHistoryGet.class,
            a -> new RoomHistoryGet(a.text(0), a.atLeast(0, 1), a.atLeast(1, 2))),
    ROOM_HISTORY_INFO("roomHistoryInfo", 1, RoomHistoryInfo.class, a -> new RoomHistoryInfo(a.text(0))),
    ROOM_NOTIFICATIONS_INFO(
            "roomNotificationsInfo", 1, RoomNotificationsInfo.class, a -> new RoomNotificationsInfo(a.text(0))),
    ROOM_USER_SEEN("roomUserSeen", 2, RoomUserSeen.class, a -> new RoomUserSeen(a.text(0), a.text(1))),
    ROOM_GET_ACCESS_LIST(
            "roomGetAccessList", 2, RoomGetAccessList.class, a -> new RoomGetAccessList(a.text(0), a.text(1))),
    ROOM_GET_OWNER("roomGetOwner", 1, RoomGetOwner.class, a -> new RoomGetOwner(a.text(0))),
    ROOM_GET_WHITELIST_MODE(
            "roomGetWhitelistMode", 1, RoomGetWhitelistMode.class, a -> new RoomGetWhitelistMode(a.text(0))),
    ROOM_ADD_TO_LIST("roomAddToList", 3, RoomAddToList.class, a -> new RoomAddToList(a.text(0), a.text(1), a.texts(2))),
    ROOM_REMOVE_FROM_LIST(
            "roomRemoveFromList",
            3,
            RoomRemoveFromList.class,
            a -> new RoomRemoveFromList(a.text(0), a.text(1), a.texts(2))),
    ROOM_SET_WHITELIST_MODE(
            "roomSetWhitelistMode",
            2,
            RoomSetWhitelistMode.class,
            a -> new RoomSetWhitelistMode(a.text(0), a.truth(1))),
    ROOM_CREATE("roomCreate", 2, RoomCreate.class, a -> new RoomCreate(a.text(0), a.truth(1))),
    ROOM_DELETE("roomDelete", 1, RoomDelete.class, a -> new RoomDelete(a.text(0))),
    DIRECT_MESSAGE("directMessage", 2, DirectMessage.class, a -> new DirectMessage(a.text(0), a.body(1))),
    DIRECT_ADD_TO_LIST("directAddToList", 2, DirectAddToList.class, a -> new DirectAddToList(a.text(0), a.texts(1))),
    DIRECT_REMOVE_FROM_LIST(
            "directRemoveFromList",
            2,
            DirectRemoveFromList.class,
            a -> new DirectRemoveFromList(a.text(0), a.texts(1))),
    DIRECT_GET_ACCESS_LIST(
            "directGetAccessList", 1, DirectGetAccessList.class, a -> new DirectGetAccessList(a.text(0))),
    DIRECT_GET_WHITELIST_MODE(
            "directGetWhitelistMode", 0, DirectGetWhitelistMode.class, _ -> new DirectGetWhitelistMode()),
    DIRECT_SET_WHITELIST_MODE(
            "directSetWhitelistMode", 1, DirectSetWhitelistMode.class, a -> new DirectSetWhitelistMode(a.truth(0))),
    LIST_OWN_SOCKETS("listOwnSockets", 0, ListOwnConnections.class, _ -> new ListOwnConnections()),
    SYSTEM_MESSAGE("systemMessage", 1, SystemMessage.class, a -> new SystemMessage(a.any(0)));

    private static final Map<String, Verb> BY_NAME = new HashMap<>();
    private static final Map<Class<?>, Verb> BY_TYPE = new HashMap<>();

    static {
        Arrays.stream(values()).forEach(verb -> {
            BY_NAME.put(verb.verbName, verb);
            BY_TYPE.put(verb.type, verb);
        });
    }

    private final String verbName;
    private final int count;
    private final Class<? extends Command<?>> type;
    private final Function<Arguments, Command<?>> reader;

    Verb(String verbName, int count, Class<? extends Command<?>> type, Function<Arguments, Command<?>> reader) {
        this.verbName = verbName;
        this.count = count;
        this.type = type;
        this.reader = reader;
    }

    static @Nullable Verb named(String name) {
        return BY_NAME.get(name);
    }

    static Verb of(Command<?> command) {
        Verb verb = BY_TYPE.get(command.getClass());
        if (verb == null) {
            throw new IllegalArgumentException("no verb for " + command.getClass());
        }
        return verb;
    }

    String verbName() {
        return verbName;
    }

    /** Checks the arguments from left to right, and makes them a command. */
    Command<?> read(List<Value> args) {
        if (args.size() < count) {
            throw new ChatException(ChatError.wrongArgumentsCount(count, args.size()));
        }
        return reader.apply(new Arguments(args));
    }

    /** What is left behind the command's own arguments. */
    List<Value> rest(List<Value> args) {
        return args.size() > count ? args.subList(count, args.size()) : List.of();
    }
}
