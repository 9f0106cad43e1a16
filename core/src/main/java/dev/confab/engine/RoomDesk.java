package dev.confab.engine;

import dev.confab.ChatOptions;
import dev.confab.RoomSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Done;
import dev.confab.protocol.HistoryInfo;
import dev.confab.protocol.Message;
import dev.confab.protocol.Names;
import dev.confab.protocol.NotificationsInfo;
import dev.confab.protocol.Posted;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomCommand;
import dev.confab.protocol.RoomCreate;
import dev.confab.protocol.RoomDelete;
import dev.confab.protocol.RoomGetAccessList;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomGetWhitelistMode;
import dev.confab.protocol.RoomHistoryGet;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomLeave;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.RoomNotificationsInfo;
import dev.confab.protocol.RoomRecentHistory;
import dev.confab.protocol.RoomRemoveFromList;
import dev.confab.protocol.RoomSetWhitelistMode;
import dev.confab.protocol.RoomUserSeen;
import dev.confab.protocol.Value;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomStore.Once;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.spi.RoomView;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Commands about rooms: each turns its intent into a guard, and lets the store decide inside the act. */
final class RoomDesk {

    private final RoomStore rooms;
    private final Presence presence;
    private final ChatOptions options;

    RoomDesk(RoomStore rooms, Presence presence, ChatOptions options) {
        this.rooms = rooms;
        this.presence = presence;
        this.options = options;
    }

    Object run(Ask<?> ask, RoomCommand<?> command) {
        return switch (command) {
            case RoomJoin join -> presence.join(ask, join, user(ask, "roomJoin"), connection(ask, "roomJoin"));
            case RoomLeave(String room) ->
                presence.leave(ask, room, user(ask, "roomLeave"), connection(ask, "roomLeave"));
            case RoomMessage message -> post(ask, message);
            case RoomRecentHistory(String room) -> recent(ask, room);
            case RoomHistoryGet get -> history(ask, get);
            case RoomHistoryInfo(String room) -> historyInfo(view(ask, room));
            case RoomNotificationsInfo(String room) -> notificationsInfo(view(ask, room));
            case RoomUserSeen(String room, String user) -> rooms.seen(room, ask.guard(Guard.Reader::new), user);
            case RoomGetAccessList(String room, String list) -> list(ask, room, list);
            case RoomGetOwner(String room) ->
                Optional.ofNullable(view(ask, room).owner());
            case RoomGetWhitelistMode(String room) -> view(ask, room).whitelistOnly();
            case RoomAddToList(String room, String list, List<String> names) -> change(ask, room, list, names, true);
            case RoomRemoveFromList(String room, String list, List<String> names) ->
                change(ask, room, list, names, false);
            case RoomSetWhitelistMode(String room, boolean mode) -> setMode(ask, room, mode);
            case RoomCreate create -> create(ask, create);
            case RoomDelete(String room) -> delete(ask, room);
        };
    }

    /** A room's settings with the server's defaults where they leave something open. */
    RoomSettings complete(RoomSettings settings) {
        return new RoomSettings(
                settings.owner(),
                settings.adminlist(),
                settings.whitelist(),
                settings.blacklist(),
                settings.whitelistOnly(),
                Optional.ofNullable(settings.historyMaxSize()).orElse(options.historyMaxSize()),
                Optional.ofNullable(settings.enableUserlistUpdates()).orElse(options.enableUserlistUpdates()),
                Optional.ofNullable(settings.enableAccessListsUpdates()).orElse(options.enableAccessListsUpdates()));
    }

    private Posted post(Ask<?> ask, RoomMessage message) {
        Appended appended = rooms.append(
                message.room(),
                ask.guard(Guard.Member::new),
                ask.asker().user(),
                message.body().withoutReserved(),
                once(message.key()));
        return new Posted(appended.position(), appended.timestamp(), appended.repeat());
    }

    private @Nullable Once once(@Nullable String key) {
        return key == null ? null : new Once(key, options.messageKeysPerUser(), options.messageKeyTime());
    }

    private List<Message> recent(Ask<?> ask, String room) {
        var limit = new PageLimit(options.historyMaxGetMessages(), options.historyMaxGetBytes());
        return rooms.readNewest(room, ask.guard(Guard.Reader::new), limit)
                .messages()
                .reversed();
    }

    private List<Message> history(Ask<?> ask, RoomHistoryGet get) {
        if (get.after() < 0) {
            throw new ChatException(ChatError.badArgument(1, Value.of(get.after())));
        }
        if (get.limit() < 1) {
            throw new ChatException(ChatError.badArgument(2, Value.of(get.limit())));
        }
        boolean capped = !ask.bypassesPermissions();
        long messages = capped ? Math.min(get.limit(), options.historyMaxGetMessages()) : get.limit();
        var limit = new PageLimit(
                (int) Math.min(messages, Integer.MAX_VALUE), capped ? options.historyMaxGetBytes() : Long.MAX_VALUE);
        return rooms.readAfter(get.room(), ask.guard(Guard.Reader::new), get.after(), limit)
                .messages()
                .reversed();
    }

    private HistoryInfo historyInfo(RoomView view) {
        return new HistoryInfo(view.historySize(), view.historyMaxSize(), options.historyMaxGetMessages(), view.head());
    }

    private static NotificationsInfo notificationsInfo(RoomView view) {
        return new NotificationsInfo(view.userlistUpdates(), view.accessListsUpdates());
    }

    private List<String> list(Ask<?> ask, String room, String name) {
        Guard guard = ask.guard(Guard.Reader::new);
        return rooms.list(room, guard, known(room, guard, name));
    }

    private Done change(Ask<?> ask, String room, String name, List<String> names, boolean add) {
        if (name.equals(RoomList.USERLIST.listName())) {
            rooms.view(room, Guard.NONE);
            throw new ChatException(ChatError.notAllowed());
        }
        Guard guard = ask.guard(user -> new Guard.Editor(user, name, names));
        var change = new ListChange(known(room, guard, name), add, names, options.roomListSizeLimit());
        presence.departed(room, rooms.changeList(room, guard, change), true);
        return Done.DONE;
    }

    private Done setMode(Ask<?> ask, String room, boolean whitelistOnly) {
        presence.departed(room, rooms.setWhitelistMode(room, ask.guard(Guard.Admin::new), whitelistOnly), true);
        return Done.DONE;
    }

    private Done create(Ask<?> ask, RoomCreate create) {
        requireManagement(ask);
        var settings = RoomSettings.builder()
                .owner(ask.asker().user())
                .whitelistOnly(create.whitelistOnly())
                .build();
        rooms.create(Names.check(create.room()), complete(settings));
        return Done.DONE;
    }

    private Done delete(Ask<?> ask, String room) {
        requireManagement(ask);
        presence.departed(room, rooms.delete(room, ask.guard(Guard.Owner::new)), false);
        return Done.DONE;
    }

    /** The list of a name; where there is none the room and the guard have their say first. */
    private RoomList known(String room, Guard guard, String name) {
        return RoomList.named(name).orElseGet(() -> {
            rooms.view(room, guard);
            throw new ChatException(ChatError.noList(name));
        });
    }

    private RoomView view(Ask<?> ask, String room) {
        return rooms.view(room, ask.guard(Guard.Reader::new));
    }

    private void requireManagement(Ask<?> ask) {
        if (!options.enableRoomsManagement() && !ask.bypassesPermissions()) {
            throw new ChatException(ChatError.notAllowed());
        }
    }

    private static String user(Ask<?> ask, String command) {
        return ask.user().orElseThrow(() -> new ChatException(ChatError.noSocket(command)));
    }

    private static String connection(Ask<?> ask, String command) {
        return ask.connection().orElseThrow(() -> new ChatException(ChatError.noSocket(command)));
    }
}
