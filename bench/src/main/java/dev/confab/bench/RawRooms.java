package dev.confab.bench;

import java.util.HashMap;
import java.util.Map;

/** The rooms by name. Used by one event loop only. */
final class RawRooms {

    private final Map<String, RawRoom> rooms = new HashMap<>();

    RawRoom get(String name) {
        return rooms.computeIfAbsent(name, _ -> new RawRoom());
    }
}
