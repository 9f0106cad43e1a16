package dev.confab;

import dev.confab.protocol.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A client's connection to this node. Methods do nothing once it has ended. They return at once, but for {@link #emit},
 * which may block.
 */
public interface ClientConnection {

    /**
     * The connection's id.
     *
     * @return the id
     */
    String id();

    /**
     * What is known of the client since it connected.
     *
     * @return the handshake
     */
    Handshake handshake();

    /**
     * Who is logged in here.
     *
     * @return the user, or nothing before the login
     */
    Optional<String> user();

    /**
     * Whether the connection has not ended.
     *
     * @return true if so
     */
    boolean isConnected();

    /**
     * What the embedder notes about this connection. Kept with it, told to nobody.
     *
     * @return a map that may be used by many threads at once
     */
    Map<String, Object> attributes();

    /**
     * Tells this connection alone an event of the embedder's own. Waits while the server has more to write than may wait.
     *
     * @param event the event's name among clients
     * @param args its arguments
     */
    void emit(String event, Value... args);

    /**
     * Handles requests of this connection under a name that is no command, in their turn among its commands.
     *
     * @param name the name
     * @param handler what to do; replaces one given before
     */
    void handle(String name, RequestHandler handler);

    /** Ends the connection, telling the client not to come back by itself. */
    void close();
}
