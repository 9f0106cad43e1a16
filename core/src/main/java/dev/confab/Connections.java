package dev.confab;

import java.util.Map;
import java.util.Optional;

/** The connections of this node, from the moment they come in, before their login, until they end. */
public interface Connections {

    /**
     * A connection.
     *
     * @param id its id
     * @return the connection, or nothing where this node has none of that id
     */
    Optional<ClientConnection> find(String id);

    /**
     * The connections that are logged in.
     *
     * @return ids to users
     */
    Map<String, String> users();
}
