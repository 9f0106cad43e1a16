package dev.confab.bench;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How far a log reaches, or how far somebody has read it.
 *
 * @param epoch the log's epoch
 * @param id the id of a message; 0 before the first
 */
record Position(String epoch, long id) {

    /** Reads {@code {epoch, id}}. */
    static Position of(JsonNode json) {
        return new Position(json.path("epoch").asString(""), json.path("id").asLong(-1));
    }

    Position at(long other) {
        return new Position(epoch, other);
    }

    /** As requests have it. */
    Map<String, Object> json() {
        return Map.of("epoch", epoch, "id", id);
    }
}
