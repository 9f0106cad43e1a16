package dev.confab.protocol;

import java.util.List;

/**
 * Removes names from one of a room's lists. Members who lose access thereby are removed before the reply.
 *
 * <p>Errors: {@code noRoom}; {@code notAllowed} for the userlist, for a user who may not edit the list, and for an
 * administrator who names the owner; {@code noList}; nothing for names that are not in it.
 *
 * @param room the room's name
 * @param list the list's name, see {@link RoomList}
 * @param names the names; may be empty, may repeat
 */
public record RoomRemoveFromList(String room, String list, List<String> names) implements RoomCommand<Done> {

    /** Copies the names. */
    public RoomRemoveFromList {
        names = List.copyOf(names);
    }

    /**
     * The command for a list that exists.
     *
     * @param room the room's name
     * @param list the list
     * @param names the names
     * @return the command
     */
    public static RoomRemoveFromList of(String room, RoomList list, String... names) {
        return new RoomRemoveFromList(room, list.listName(), List.of(names));
    }

    /**
     * The command.
     *
     * @param room the room's name
     * @param list the list's name, see {@link RoomList}
     * @param names the names; may be empty, may repeat
     * @return the command
     */
    public static RoomRemoveFromList of(String room, String list, List<String> names) {
        return new RoomRemoveFromList(room, list, names);
    }
}
