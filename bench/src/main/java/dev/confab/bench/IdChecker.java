package dev.confab.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Checks that one client gets every id of its room once and in order. An id that didn't come in its place is missing
 * at first: it is a swap once it comes late, and a gap if it never does. Used by one thread.
 */
final class IdChecker {

    /** How many runs of missing ids are remembered; the oldest are gaps for good when there are more. */
    private static final int REMEMBERED = 64;

    private static final long UNKNOWN = -1;

    private final String who;
    private final Faults faults;
    private final Deque<Missing> missing = new ArrayDeque<>(0);
    private long next = UNKNOWN;
    private long floor = UNKNOWN;

    private record Missing(long first, long last) {

        boolean has(long id) {
            return first <= id && id <= last;
        }
    }

    /**
     * A checker that knows nothing yet: the first id, whichever it is, begins the order.
     *
     * @param who whose ids they are, for the words of a fault
     */
    IdChecker(String who, Faults faults) {
        this.who = who;
        this.faults = faults;
    }

    /** From now on nothing may be missing that comes after the given id. */
    void startAfter(long id) {
        floor = id + 1;
    }

    /** The id that should come next, or one that never comes where any may. */
    long next() {
        return next;
    }

    /**
     * Takes an id.
     *
     * @return whether the client has it for the first time
     */
    boolean heard(long id) {
        if (id == next) {
            next++;
            return true;
        }
        if (next == UNKNOWN) {
            next = floor == UNKNOWN ? id : Math.min(id, floor);
            return heard(id);
        }
        return id > next ? skipped(id) : late(id);
    }

    private boolean skipped(long id) {
        missing.addLast(new Missing(next, id - 1));
        if (missing.size() > REMEMBERED) {
            gap(missing.removeFirst());
        }
        next = id + 1;
        return true;
    }

    private boolean late(long id) {
        for (Missing some : missing) {
            if (some.has(id)) {
                found(some, id);
                faults.add(Fault.SWAP, who + " got id " + id + " after id " + (next - 1));
                return true;
            }
        }
        faults.add(Fault.DUPLICATE, who + " got id " + id + " again");
        return false;
    }

    private void found(Missing some, long id) {
        missing.remove(some);
        if (some.first() < id) {
            missing.addLast(new Missing(some.first(), id - 1));
        }
        if (id < some.last()) {
            missing.addLast(new Missing(id + 1, some.last()));
        }
    }

    /**
     * Ends the order.
     *
     * @param head the highest id that the client should have got
     */
    void end(long head) {
        missing.forEach(this::gap);
        missing.clear();
        long due = next == UNKNOWN ? floor : next;
        if (due != UNKNOWN && due <= head) {
            gap(new Missing(due, head));
            next = head + 1;
        }
    }

    private void gap(Missing some) {
        faults.add(
                Fault.GAP,
                some.first() == some.last()
                        ? who + " never got id " + some.first()
                        : who + " never got ids " + some.first() + " to " + some.last());
    }
}
