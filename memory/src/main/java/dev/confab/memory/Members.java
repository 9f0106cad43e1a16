package dev.confab.memory;

import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one room, on which connections, and when the others were seen last. The room's lock guards it.
 *
 * <p>What is known of an absence stays while its user is back, so that a join taken back leaves things as they were.
 */
final class Members {

    private static final int FEW = 4;

    private final int maxAbsent;
    private Map<String, Occupant> present = new LinkedHashMap<>(FEW);

    /** When users left, those who left first at the front. */
    private @Nullable LinkedHashMap<String, Instant> absent;

    Members(int maxAbsent) {
        this.maxAbsent = maxAbsent;
    }

    boolean hasUser(String user) {
        return present.containsKey(user);
    }

    boolean hasConnection(String user, String connection) {
        Occupant occupant = present.get(user);
        return occupant != null && occupant.connections.contains(connection);
    }

    /** How many of a user's connections are members. */
    int count(String user) {
        Occupant occupant = present.get(user);
        return occupant == null ? 0 : occupant.connections.size();
    }

    List<String> users() {
        return List.copyOf(present.keySet());
    }

    Map<String, List<String>> connections() {
        var all = LinkedHashMap.<String, List<String>>newLinkedHashMap(present.size());
        present.forEach((user, occupant) -> all.put(user, List.copyOf(occupant.connections)));
        return all;
    }

    Seen seen(String user) {
        Occupant occupant = present.get(user);
        if (occupant != null) {
            return new Seen(true, Instant.ofEpochMilli(occupant.since));
        }
        Instant left = absent == null ? null : absent.get(user);
        return left == null ? Seen.NEVER : new Seen(false, left);
    }

    /** Adds a connection that is no member yet. */
    void add(String user, String connection, Instant now) {
        Occupant occupant = present.computeIfAbsent(user, _ -> new Occupant(now.toEpochMilli()));
        occupant.connections = Compact.with(occupant.connections, connection);
    }

    /** Removes a connection that is a member. */
    void remove(String user, String connection, Instant now) {
        if (takeOut(user, connection)) {
            left(user, now);
        }
    }

    /** Removes a connection that is a member, as if it had never been one. */
    void undo(String user, String connection) {
        takeOut(user, connection);
    }

    /** Removes all connections of a user; null where there was none. */
    @Nullable
    Departure expel(String user, Instant now) {
        Occupant occupant = present.remove(user);
        if (occupant == null) {
            return null;
        }
        left(user, now);
        return new Departure(user, List.copyOf(occupant.connections));
    }

    /** Returns whether it was the user's last connection. */
    private boolean takeOut(String user, String connection) {
        Occupant occupant = present.get(user);
        if (occupant == null) {
            return false;
        }
        occupant.connections = Compact.without(occupant.connections, connection);
        boolean last = occupant.connections.isEmpty();
        if (last) {
            present.remove(user);
            releaseIfEmpty();
        }
        return last;
    }

    private void left(String user, Instant now) {
        releaseIfEmpty();
        if (maxAbsent == 0) {
            return;
        }
        if (absent == null) {
            absent = new LinkedHashMap<>(FEW);
        }
        absent.putLast(user, now);
        if (absent.size() > maxAbsent) {
            absent.pollFirstEntry();
        }
    }

    /** A map keeps the size it once needed; one that is empty starts anew. */
    private void releaseIfEmpty() {
        if (present.isEmpty()) {
            present = new LinkedHashMap<>(FEW);
        }
    }

    /** A user in the room. */
    private static final class Occupant {
        final long since;
        Set<String> connections = Set.of();

        Occupant(long since) {
            this.since = since;
        }
    }
}
