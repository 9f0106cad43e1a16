package dev.confab;

import dev.confab.protocol.Command;
import java.net.URI;
import java.util.List;

/**
 * A running chat server: one node with its doors, its hooks and a share in a store. Several may run in one JVM.
 *
 * <p>All methods may be called on any thread but those of a transport, for they may block; calls from inside hooks are
 * fine.
 */
public interface Confab extends AutoCloseable {

    /**
     * Starts to describe a server.
     *
     * @return a builder without store, doors or login
     */
    static ConfabBuilder builder() {
        return new ConfabBuilder();
    }

    /**
     * Rooms, as the server sees them.
     *
     * @return the same view each time
     */
    Rooms rooms();

    /**
     * Users, as the server sees them.
     *
     * @return the same view each time
     */
    Users users();

    /**
     * The connections of this node.
     *
     * @return the same view each time
     */
    Connections connections();

    /**
     * What repairs presence after failures of a store.
     *
     * @return the same view each time
     */
    Recovery recovery();

    /**
     * What was counted since the start.
     *
     * @return a snapshot
     */
    Statistics statistics();

    /**
     * Gives commands as a user, who need not be online.
     *
     * @param user the user
     * @return an actor who respects permissions and passes the hooks
     */
    Actor asUser(String user);

    /**
     * Gives commands as the server, without a user: permissions don't apply.
     *
     * @return an actor who passes the hooks
     */
    Actor asServer();

    /**
     * Checks a command as far as that goes without carrying it out: its arguments and the message format.
     *
     * @param command the command
     * @throws dev.confab.protocol.ChatException what is wrong with it
     */
    void check(Command<?> command);

    /**
     * This node's id, random for each start.
     *
     * @return the id
     */
    String node();

    /**
     * Where the doors are.
     *
     * @return addresses that clients can use
     */
    List<URI> addresses();

    /**
     * Closes the server: lets nobody in any more, waits for running commands as long as
     * {@link ChatOptions#closeTimeout()}, closes all connections, runs {@code onClose}, closes the store. Closing twice
     * waits for the first to end.
     *
     * @throws RuntimeException what a door or {@code onClose} threw, after everything was closed
     */
    @Override
    void close();

    /**
     * Waits until the server is closed.
     *
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    void awaitClosed() throws InterruptedException;
}
