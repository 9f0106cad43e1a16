package dev.confab.engine;

import dev.confab.spi.Audience;
import dev.confab.spi.Dialect;
import dev.confab.spi.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node's members of one room hear: announcements in, frames out. Its lock makes one order of announcements and
 * of members who come and go; under it nothing is called that blocks.
 */
final class RoomFeed {

    private final Map<String, Member> members = new HashMap<>(4);
    private final List<Section> sections = new ArrayList<>(1);
    private int held;
    private boolean closed;

    /**
     * Begins a membership, held.
     *
     * @return the member; null where this feed has ended and another one is to be asked
     */
    synchronized @Nullable Member hold(Session session) {
        if (closed) {
            return null;
        }
        Member known = members.get(session.id());
        if (known != null) {
            return known;
        }
        var member = new Member(session, this);
        members.put(session.id(), member);
        held++;
        return member;
    }

    synchronized @Nullable Member find(String connection) {
        return members.get(connection);
    }

    /** Whether a member still waits for its join to be answered. */
    synchronized boolean isHeld(Member member) {
        return member.isHeld() && !member.gone;
    }

    /** Whether a membership has ended. */
    synchronized boolean isGone(Member member) {
        return member.gone;
    }

    /**
     * Ends the hold of a member, unless the membership has ended meanwhile: answers the join, writes what has waited, and
     * lets everything after that follow.
     *
     * @param after the position that the membership began at
     * @param answer answers the join
     * @return false where the membership has ended
     */
    synchronized boolean goLive(Member member, long after, Runnable answer) {
        if (member.gone) {
            return false;
        }
        answer.run();
        if (member.isHeld()) {
            member.release(after);
            held--;
            sectionOf(member.session).add(member.session);
        }
        return true;
    }

    /**
     * Tells something to all members.
     *
     * @param id the message's id; 0 for anything else
     */
    synchronized void tell(long id, Encodings encodings) {
        for (Section section : sections) {
            section.audience.send(encodings.in(section.dialect));
        }
        if (held > 0) {
            members.values().stream().filter(Member::isHeld).forEach(member -> {
                if (!member.hold(id, encodings)) {
                    member.session.overflow();
                }
            });
        }
    }

    /**
     * Ends a membership.
     *
     * @return whether nobody is left, and the feed has ended
     */
    synchronized boolean remove(String connection) {
        Member member = members.remove(connection);
        if (member != null) {
            member.gone = true;
            if (member.isHeld()) {
                held--;
            } else {
                Section section = sectionOf(member.session);
                section.remove(member.session);
                if (section.isEmpty()) {
                    sections.remove(section);
                }
            }
        }
        closed = members.isEmpty();
        return closed;
    }

    private Section sectionOf(Session session) {
        for (Section section : sections) {
            if (section.lane.equals(session.lane()) && section.dialect.equals(session.dialect())) {
                return section;
            }
        }
        var section = new Section(session.lane(), session.dialect());
        sections.add(section);
        return section;
    }

    /** The members who share a lane and a dialect. */
    private static final class Section {
        final Lane lane;
        final Dialect dialect;
        final Audience audience;
        private int size;

        Section(Lane lane, Dialect dialect) {
            this.lane = lane;
            this.dialect = dialect;
            this.audience = lane.newAudience();
        }

        void add(Session session) {
            size++;
            audience.add(session.connection());
        }

        void remove(Session session) {
            size--;
            audience.remove(session.connection());
        }

        boolean isEmpty() {
            return size == 0;
        }
    }
}
