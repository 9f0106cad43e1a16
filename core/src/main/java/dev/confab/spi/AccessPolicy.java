package dev.confab.spi;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.RoomList;
import java.util.List;

/** Who may do what in a room: pure decisions about {@link RoomFacts}, taken inside the act that they guard. */
public final class AccessPolicy {

    private AccessPolicy() {}

    /**
     * Lets an act pass its guard.
     *
     * @param guard what must hold
     * @param room the room's facts
     * @throws ChatException where it doesn't
     */
    public static void check(Guard guard, RoomFacts room) {
        switch (guard) {
            case Guard.Open _ -> {}
            case Guard.Member(String user) -> require(isJoined(room, user), ChatError.notJoined(room.name()));
            case Guard.Reader(String user) ->
                require(isJoined(room, user) || isAdmin(room, user), ChatError.notJoined(room.name()));
            case Guard.Joiner(String user) -> require(mayJoin(room, user), ChatError.notAllowed());
            case Guard.Admin(String user) -> require(isAdmin(room, user), ChatError.notAllowed());
            case Guard.Owner(String user) -> require(user.equals(room.owner()), ChatError.notAllowed());
            case Guard.Editor(String user, String list, List<String> names) ->
                require(mayEdit(room, user, list, names), ChatError.notAllowed());
        }
    }

    /**
     * Whether a user has all of an administrator's rights.
     *
     * @param room the room's facts
     * @param user the user
     * @return true for the owner and for those in the adminlist
     */
    public static boolean isAdmin(RoomFacts room, String user) {
        return user.equals(room.owner()) || room.lists(RoomList.ADMINLIST, user);
    }

    /**
     * Whether a user may be a member: administrators always, nobody in the blacklist, and in whitelist mode only those
     * in the whitelist.
     *
     * @param room the room's facts
     * @param user the user
     * @return true if so
     */
    public static boolean mayJoin(RoomFacts room, String user) {
        if (isAdmin(room, user)) {
            return true;
        }
        return !room.lists(RoomList.BLACKLIST, user) && (!room.whitelistOnly() || room.lists(RoomList.WHITELIST, user));
    }

    private static boolean mayEdit(RoomFacts room, String user, String list, List<String> names) {
        if (user.equals(room.owner())) {
            return true;
        }
        return !list.equals(RoomList.ADMINLIST.listName())
                && room.lists(RoomList.ADMINLIST, user)
                && (room.owner() == null || !names.contains(room.owner()));
    }

    private static boolean isJoined(RoomFacts room, String user) {
        return room.lists(RoomList.USERLIST, user);
    }

    private static void require(boolean held, ChatError otherwise) {
        if (!held) {
            throw new ChatException(otherwise);
        }
    }
}
