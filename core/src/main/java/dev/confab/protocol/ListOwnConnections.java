package dev.confab.protocol;

import java.util.List;
import java.util.Map;

/**
 * All connections of the asker, on all nodes, and the rooms that each has joined.
 */
public record ListOwnConnections() implements UserCommand<Map<String, List<String>>> {
    /**
     * The command.
     *
     * @return the command
     */
    public static ListOwnConnections of() {
        return new ListOwnConnections();
    }
}
