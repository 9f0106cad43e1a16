package dev.confab;

import java.util.Map;

/**
 * A connection that has ended, and left all its rooms.
 *
 * @param chat the server
 * @param user the user
 * @param connection the connection's id
 * @param connections how many connections the user has still
 * @param rooms the rooms that it was a member of, and how many of the user's connections are members of each still
 */
public record Disconnect(Confab chat, String user, String connection, int connections, Map<String, Integer> rooms) {
    /** Copies the rooms. */
    public Disconnect {
        rooms = Map.copyOf(rooms);
    }
}
