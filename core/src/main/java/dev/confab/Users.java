package dev.confab;

import dev.confab.protocol.DirectList;
import dev.confab.protocol.Value;

/** Users, as the server sees them: no permissions, no hooks. Methods may block, and throw {@code noUser} unless said. */
public interface Users {

    /**
     * Creates a user, who is never forgotten. Users need not be created to log in.
     *
     * @param user the name
     * @param settings from whom the user takes direct messages
     * @throws dev.confab.protocol.ChatException {@code invalidName}, {@code userExists}, or {@code listLimitExceeded}
     *     where the store keeps no more users for whom something is set
     */
    void create(String user, DirectSettings settings);

    /**
     * Deletes a user.
     *
     * @param user the user
     * @throws dev.confab.protocol.ChatException {@code userOnline}
     */
    void delete(String user);

    /**
     * Whether there is such a user.
     *
     * @param user the name
     * @return true if so
     */
    boolean exists(String user);

    /**
     * Whether a list holds a name.
     *
     * @param user the user
     * @param list the list
     * @param name the name
     * @return true if so
     */
    boolean lists(String user, DirectList list, String name);

    /**
     * Whether a recipient takes direct messages from a sender.
     *
     * @param recipient a user, known or not
     * @param sender a user, known or not
     * @return true if so; false too where there is no such recipient
     */
    boolean takesDirect(String recipient, String sender);

    /**
     * Asks all nodes to close a user's connections; returns before they are. A user who is offline or unknown has none.
     *
     * @param user the user
     */
    void disconnect(String user);

    /**
     * Tells a user's connections on all nodes an event of the embedder's own.
     *
     * @param user the user; one who is offline or unknown has no connections
     * @param event the event's name among clients
     * @param args its arguments
     */
    void emit(String user, String event, Value... args);
}
