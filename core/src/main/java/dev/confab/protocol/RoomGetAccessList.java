package dev.confab.protocol;

import java.util.List;

/**
 * The names in one of a room's lists.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator; {@code noList}.
 *
 * @param room the room's name
 * @param list the list's name, see {@link RoomList}
 */
public record RoomGetAccessList(String room, String list) implements RoomCommand<List<String>> {

    /**
     * The command for a list that exists.
     *
     * @param room the room's name
     * @param list the list
     * @return the command
     */
    public static RoomGetAccessList of(String room, RoomList list) {
        return new RoomGetAccessList(room, list.listName());
    }

    /**
     * The command.
     *
     * @param room the room's name
     * @param list the list's name, see {@link RoomList}
     * @return the command
     */
    public static RoomGetAccessList of(String room, String list) {
        return new RoomGetAccessList(room, list);
    }
}
