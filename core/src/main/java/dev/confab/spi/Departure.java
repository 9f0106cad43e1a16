package dev.confab.spi;

import java.util.List;

/**
 * A user's connections that are members of a room no longer.
 *
 * @param user the user
 * @param connections their ids
 */
public record Departure(String user, List<String> connections) {
    /** Copies the ids. */
    public Departure {
        connections = List.copyOf(connections);
    }
}
