package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member's view of one room, across all the member's connections: what it asked and heard, in order. It keeps the
 * position as a client does, and checks what comes against it. Used by one thread.
 */
final class View {

    private enum Phase {
        /** No member: nothing of the room may come. */
        OUT,
        /** A join is asked for: what comes is what it brings. */
        JOINING,
        /** A member. */
        IN
    }

    private final String who;
    private final String member;
    private final String room;
    private final SoakChecker checker;
    private final Faults faults;

    private Phase phase = Phase.OUT;
    private @Nullable Position position;
    private @Nullable Position since;
    private List<Long> brought = new ArrayList<>();

    /**
     * How much a join had brought when the loss of access came in between; -1 where it didn't. Where the join is let in all the
     * same, it was an earlier membership that was lost.
     */
    private int shutOutAfter = -1;

    private @Nullable KnownLog log;
    private KnownLog.@Nullable Stay stay;
    private @Nullable IdChecker ids;
    private long recovered;
    private long unrecovered;
    private long replayed;

    View(String member, String room, SoakChecker checker, Faults faults) {
        this.member = member;
        this.room = room;
        this.checker = checker;
        this.faults = faults;
        who = member + " in " + room;
    }

    String room() {
        return room;
    }

    boolean isIn() {
        return phase == Phase.IN;
    }

    /** How far this member has read; nothing before its first membership. */
    @Nullable
    Position position() {
        return position;
    }

    /** Whether it is a member, and has read to a position. */
    boolean hasRead(Position head) {
        return isIn() && head.equals(position);
    }

    /** How many joins said that they had recovered. */
    long recovered() {
        return recovered;
    }

    /** How many joins had a position and said that they had not recovered from it. */
    long unrecovered() {
        return unrecovered;
    }

    /** How many messages joins brought. */
    long replayed() {
        return replayed;
    }

    /**
     * A join is asked for.
     *
     * @return the position to give
     */
    @Nullable
    Position joins() {
        phase = Phase.JOINING;
        since = position;
        brought = new ArrayList<>();
        shutOutAfter = -1;
        return since;
    }

    /** A message came. */
    void heard(long id, @Nullable Words words) {
        switch (phase) {
            case OUT -> faults.add(Fault.TRESPASS, who + " got id " + id + " without being a member");
            case JOINING -> broughtBeforeTheAnswer(id, words);
            case IN -> heardAsMember(id, words);
        }
    }

    /** Something else of the room came. */
    void noticed(String event) {
        if (phase == Phase.OUT) {
            faults.add(Fault.TRESPASS, who + " was told " + event + " without being a member");
        }
    }

    private void broughtBeforeTheAnswer(long id, @Nullable Words words) {
        Position from = since;
        if (from == null) {
            faults.add(Fault.RECOVERY, who + " got id " + id + " before a join was answered that gave no position");
            return;
        }
        long before = brought.isEmpty() ? from.id() : brought.getLast();
        if (id <= before) {
            faults.add(id == before ? Fault.DUPLICATE : Fault.SWAP, who + " was brought id " + id + " after " + before);
        }
        brought.add(id);
        replayed++;
        position = from.at(Math.max(id, before));
        checker.log(room, from).identify(id, words, who);
    }

    private void heardAsMember(long id, @Nullable Words words) {
        if (ids == null || log == null || stay == null || position == null) {
            throw new IllegalStateException(who + " is no member");
        }
        ids.heard(id);
        log.identify(id, words, who);
        stay.has(id);
        position = position.at(Math.max(id, position.id()));
    }

    /**
     * The join was answered.
     *
     * @param at the position that the membership begins at
     * @param first the oldest id that the log held
     * @param complete what the answer said of what was brought
     * @param missed how much it said was brought
     */
    void joined(Position at, long first, boolean complete, long missed) {
        if (shutOutAfter > 0) {
            faults.add(Fault.TRESPASS, who + " was let in although access was lost while messages were brought");
        }
        Position from = since;
        boolean isSameLog = from != null && from.epoch().equals(at.epoch());
        boolean isWhole = from != null && isSameLog && at.id() - from.id() == brought.size();
        if (complete != isWhole) {
            faults.add(
                    Fault.RECOVERY,
                    who + " was told recovered=" + complete + " by a join from " + from + " to " + at + " (first "
                            + first + ") that brought " + told(brought));
        }
        if (missed != brought.size() || (!brought.isEmpty() && (!isSameLog || brought.getLast() > at.id()))) {
            faults.add(
                    Fault.RECOVERY,
                    who + " was told of " + missed + " messages up to " + at + ", but was brought " + told(brought));
        }
        if (complete) {
            recovered++;
        } else if (from != null) {
            unrecovered++;
        }
        begins(at);
    }

    private void begins(Position at) {
        phase = Phase.IN;
        position = at;
        log = checker.log(room, at);
        stay = log.stays(member, at.id());
        ids = new IdChecker(who, faults);
        ids.startAfter(at.id());
        if (at.id() > 0) {
            ids.heard(at.id());
        }
    }

    /** The join was refused. */
    void refused() {
        if (shutOutAfter >= 0 && brought.size() > shutOutAfter) {
            faults.add(
                    Fault.TRESPASS,
                    who + " was brought " + told(brought.subList(shutOutAfter, brought.size()))
                            + " behind the loss of access");
        }
        phase = Phase.OUT;
    }

    /** {@code roomAccessRemoved} came. */
    void accessRemoved() {
        if (phase == Phase.JOINING) {
            shutOutAfter = brought.size();
        } else if (phase == Phase.IN) {
            end();
        }
    }

    /** Leaving was answered, or the connection is gone. */
    void end() {
        if (ids != null) {
            ids.end(0);
            ids = null;
        }
        phase = Phase.OUT;
    }

    /** The log that a message goes to which is said now. */
    Said says(Words words) {
        if (log == null || stay == null) {
            throw new IllegalStateException(who + " is no member");
        }
        return new Said(words, log, stay);
    }

    /**
     * A message on its way.
     *
     * @param words what it says
     * @param log where to
     * @param stay by which membership
     */
    record Said(Words words, KnownLog log, KnownLog.Stay stay) {

        /** It is stored under an id. */
        void acknowledged(long id) {
            log.acknowledged(id, words);
            stay.has(id);
        }
    }

    /** Nothing comes any more: everything up to the head should have. */
    void finish(Position head) {
        if (ids != null && log != null && log.epoch().equals(head.epoch())) {
            ids.end(head.id());
            ids = null;
        }
    }

    private static String told(List<Long> some) {
        return some.isEmpty()
                ? "nothing"
                : "ids " + some.getFirst() + " to " + some.getLast() + " (" + some.size() + ")";
    }
}
