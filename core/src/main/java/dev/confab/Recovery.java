package dev.confab;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What repairs presence after failures of a store. Methods may block. Those whose connection turns out to be gone leave
 * their rooms, and the rooms are told.
 */
public interface Recovery {

    /**
     * Drops registered connections of a user that are not alive.
     *
     * @param user the user
     */
    void syncUser(String user);

    /**
     * Ends the membership of connections that their users don't have any more.
     *
     * @param room the room
     * @throws dev.confab.protocol.ChatException {@code noRoom}
     */
    void syncRoom(String room);

    /**
     * Drops all connections of a node that has ended without closing.
     *
     * @param node the node's id
     */
    void recoverNode(String node);

    /**
     * When a node last said that it is alive.
     *
     * @param node the node's id
     * @return the time, or nothing for an unknown node
     */
    Optional<Instant> lastBeat(String node);

    /**
     * The connections that a node has registered in the store.
     *
     * @param node the node's id
     * @return ids to users
     */
    Map<String, String> connectionsOf(String node);
}
