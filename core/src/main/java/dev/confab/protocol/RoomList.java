package dev.confab.protocol;

import java.util.Optional;

/** The lists that a room has. */
public enum RoomList {
    /** Users who may change the room's other lists and mode, next to the owner. */
    ADMINLIST,
    /** Users who may join in whitelist mode. */
    WHITELIST,
    /** Users who may not join. */
    BLACKLIST,
    /** Users with at least one member connection; nobody can edit it. */
    USERLIST;

    private final String listName = name().toLowerCase(java.util.Locale.ROOT);

    /**
     * The list's name among clients.
     *
     * @return the name in lower case
     */
    public String listName() {
        return listName;
    }

    /**
     * The list with a name.
     *
     * @param name a name, as a client gave it
     * @return the list, or nothing where no list has that name
     */
    public static Optional<RoomList> named(String name) {
        for (RoomList list : values()) {
            if (list.listName.equals(name)) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }
}
