package dev.confab.protocol;

import java.util.List;

/**
 * Adds names to one of a room's lists. Members who lose access thereby are removed before the reply.
 *
 * <p>Errors: {@code noRoom}; {@code notAllowed} for the userlist, for a user who may not edit the list, and for an
 * administrator who names the owner; {@code noList}; {@code invalidName} for a name longer than
 * {@link Names#MAX_LENGTH}; {@code listLimitExceeded}.
 *
 * @param room the room's name
 * @param list the list's name, see {@link RoomList}
 * @param names the names; may be empty, may repeat
 */
public record RoomAddToList(String room, String list, List<String> names) implements RoomCommand<Done> {

    /** Copies the names. */
    public RoomAddToList {
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
    public static RoomAddToList of(String room, RoomList list, String... names) {
        return new RoomAddToList(room, list.listName(), List.of(names));
    }

    /**
     * The command.
     *
     * @param room the room's name
     * @param list the list's name, see {@link RoomList}
     * @param names the names; may be empty, may repeat
     * @return the command
     */
    public static RoomAddToList of(String room, String list, List<String> names) {
        return new RoomAddToList(room, list, names);
    }
}
