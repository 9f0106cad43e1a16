package dev.confab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves of a run in which members come and go, fall behind, are banned and lose their rooms that each of them got what
 * it had to get, and nothing else. Members tell it through their {@link View views} what they asked and heard, in order;
 * whoever keeps a room tells it what was done to the members and what the log held. Nothing of it depends on time: what
 * was before what is decided by the order on one connection, and by ids.
 *
 * <p>For every member, room and epoch:
 * <ul>
 *   <li>Behind a join that says {@code recovered}, ids rise by one from the position that the join gave; otherwise from
 *       the first one that the join brought, or from the head that it told. A join says {@code recovered} if and only if
 *       it brought all from the one to the other.
 *   <li>No id comes twice, across all connections of the member, and none late.
 *   <li>An id is the same message for all who heard it, for its author's acknowledgement and in the log; an author's
 *       messages are there once each, in the order in which they were said.
 *   <li>The log as it is read has no holes; what was acknowledged in a room that is there in the end is in it.
 *   <li>Nothing of a room comes behind {@code roomAccessRemoved}, or behind the answer to leaving it, until the member
 *       asks to join again. A membership that began before a ban was asked for has nothing to do with ids beyond the
 *       head that was read behind the ban's acknowledgement, neither hearing nor saying them; and none begins between
 *       that head and the one that was read before the ban was lifted.
 * </ul>
 */
final class SoakChecker {

    private final Faults faults;
    private final Map<String, Map<String, KnownLog>> logs = new LinkedHashMap<>();
    private final Map<String, String> current = new LinkedHashMap<>();

    SoakChecker(Faults faults) {
        this.faults = faults;
    }

    /** What a member sees of a room; for one thread. */
    View view(String member, String room) {
        return new View(member, room, this, faults);
    }

    /** The log of a room in an epoch. Any thread. */
    synchronized KnownLog log(String room, Position position) {
        return logs.computeIfAbsent(room, _ -> new LinkedHashMap<>())
                .computeIfAbsent(position.epoch(), _ -> new KnownLog(room, position.at(0), faults));
    }

    /** A room was created, and its log is this one. */
    synchronized KnownLog created(String room, Position position) {
        current.put(room, position.epoch());
        return log(room, position);
    }

    /** A room was deleted. */
    synchronized void deleted(String room) {
        current.remove(room);
    }

    /** How often a message was heard, by members or when a log was read. */
    synchronized long heard() {
        return logs.values().stream()
                .flatMap(epochs -> epochs.values().stream())
                .mapToLong(KnownLog::heard)
                .sum();
    }

    /** Looks at all logs, once nothing is under way and those that are left were read to their ends. */
    synchronized void end() {
        logs.forEach((room, epochs) -> {
            var ended = new ArrayList<>(List.copyOf(epochs.values()));
            ended.forEach(log -> log.end(!log.epoch().equals(current.get(room))));
        });
    }
}
