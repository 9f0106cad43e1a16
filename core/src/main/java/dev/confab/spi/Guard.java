package dev.confab.spi;

import java.util.List;

/**
 * What must hold of a user and a room inside the act that it guards. {@link AccessPolicy} says what each one means;
 * stores that decide in another language say the same there.
 */
public sealed interface Guard {

    /** Nothing must hold: the server asks. */
    Guard NONE = new Open();

    /** Nothing must hold. */
    record Open() implements Guard {}

    /**
     * The user has a member connection, else {@code notJoined}.
     *
     * @param user the user
     */
    record Member(String user) implements Guard {}

    /**
     * The user has a member connection or is an administrator, else {@code notJoined}.
     *
     * @param user the user
     */
    record Reader(String user) implements Guard {}

    /**
     * The user may join, else {@code notAllowed}.
     *
     * @param user the user
     */
    record Joiner(String user) implements Guard {}

    /**
     * The user is the owner or in the adminlist, else {@code notAllowed}.
     *
     * @param user the user
     */
    record Admin(String user) implements Guard {}

    /**
     * The user is the owner, else {@code notAllowed}.
     *
     * @param user the user
     */
    record Owner(String user) implements Guard {}

    /**
     * The user may change these names in this list, else {@code notAllowed}.
     *
     * @param user the user
     * @param list the list's name, whether or not there is such a list
     * @param names the names
     */
    record Editor(String user, String list, List<String> names) implements Guard {
        /** Copies the names. */
        public Editor {
            names = List.copyOf(names);
        }
    }
}
