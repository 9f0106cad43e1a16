package dev.confab.protocol;

import java.util.Optional;

/** The lists that a user has for direct messages. */
public enum DirectList {
    /** Users whose messages arrive in whitelist mode. */
    WHITELIST,
    /** Users whose messages never arrive. */
    BLACKLIST;

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
    public static Optional<DirectList> named(String name) {
        for (DirectList list : values()) {
            if (list.listName.equals(name)) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }
}
