package dev.confab.engine;

import dev.confab.engine.Member.Phase;
import dev.confab.protocol.Position;
import dev.confab.spi.Audience;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this node's members of one room hear: announcements in, frames out. Its lock makes one order of announcements, of
 * members who come and go, and of those who catch up; under it nothing is called that blocks.
 * Open for tests that break it.
 */
class RoomFeed {

    private final String room;
    private final Map<String, Member> members = new HashMap<>(4);
    private final List<Section> sections = new ArrayList<>(1);
    private final List<Member> ahead = new ArrayList<>(0);
    private String epoch = "";
    private long last;
    private int held;
    private boolean closed;

    RoomFeed(String room) {
        this.room = room;
    }

    String room() {
        return room;
    }

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
        Member member = newMember(session);
        members.put(session.id(), member);
        held++;
        return member;
    }

    Member newMember(Session session) {
        return new Member(session, this);
    }

    synchronized @Nullable Member find(String connection) {
        return members.get(connection);
    }

    /** Whether a member still waits for its join to be answered. */
    synchronized boolean isHeld(Member member) {
        return member.phase == Phase.HELD;
    }

    /** Notes where a membership begins; of several joins that one connection makes at once the first one counts. */
    synchronized void began(Member member, Position position) {
        if (member.phase == Phase.HELD && !member.position().epoch().equals(position.epoch())) {
            member.position(position);
        }
    }

    /** Whether a membership has ended. */
    synchronized boolean isGone(Member member) {
        return member.phase == Phase.GONE;
    }

    /**
     * Answers a join, and ends the hold of its member: what has waited is written, and everything after that follows.
     *
     * @param answer answers the join
     * @return false, and nothing is answered, where the membership has ended
     */
    synchronized boolean goLive(Member member, Runnable answer) {
        if (member.phase == Phase.GONE) {
            return false;
        }
        answer.run();
        if (member.phase == Phase.HELD) {
            held--;
            sectionOf(member.session).add(member.session);
            enter(member.position().epoch());
            member.hasReadTo(member.release());
            settle(member);
        }
        return true;
    }

    /** Tells all members something that is in no log. */
    synchronized void tell(Encodings encodings) {
        for (Section section : sections) {
            section.audience.send(encodings.in(section.dialect));
        }
        hold(0, encodings);
    }

    /** Tells all members a message, unless it was told before. One that was never told makes all read the log. */
    synchronized void post(Position position, Encodings encodings) {
        enter(position.epoch());
        long id = position.id();
        if (id <= last) {
            return;
        }
        if (id > last + 1) {
            sections.forEach(section -> section.audience.skip(last + 1));
        }
        boolean mayMeet = !ahead.isEmpty();
        if (mayMeet) {
            last = id - 1;
            settleAhead();
        }
        last = id;
        for (Section section : sections) {
            section.audience.post(encodings.in(section.dialect), id);
        }
        hold(id, encodings);
        if (mayMeet) {
            settleAhead();
        }
    }

    /** Begins with the log of an epoch; a join that is under way may have seen the one before. */
    private void enter(String current) {
        if (!epoch.equals(current)) {
            epoch = current;
            last = 0;
            members.values().stream()
                    .filter(member -> member.phase == Phase.HELD)
                    .forEach(Member::forgetMessages);
        }
    }

    /** Looks again at those who had read further than this node was told of. */
    private void settleAhead() {
        var waited = List.copyOf(ahead);
        ahead.clear();
        waited.forEach(this::settle);
    }

    private void hold(long id, Encodings encodings) {
        if (held > 0) {
            members.values().stream()
                    .filter(member -> member.phase == Phase.HELD)
                    .forEach(member -> {
                        if (!member.hold(id, encodings)) {
                            member.session.overflow();
                        }
                    });
        }
    }

    /** Puts a member where its position belongs, as seen from the last announcement. */
    private void settle(Member member) {
        long position = member.position().id();
        if (position == last) {
            follow(member);
        } else if (position > last) {
            member.phase = Phase.AHEAD;
            ahead.add(member);
        } else {
            member.phase = Phase.BEHIND;
            member.session.catchUp().add(member);
        }
    }

    private void follow(Member member) {
        member.phase = Phase.LIVE;
        sectionOf(member.session).audience.follow(member.session.connection(), member);
    }

    /** A live member could not be written to: it has all messages before this one. */
    synchronized void fellBehind(Member member, long id) {
        if (member.phase == Phase.LIVE) {
            member.phase = Phase.BEHIND;
            member.hasReadTo(id - 1);
            member.session.catchUp().addFallen(member);
        }
    }

    /** Where a member reads on; null where it doesn't read. */
    synchronized @Nullable Position readsFrom(Member member) {
        return member.phase == Phase.BEHIND ? member.position() : null;
    }

    /** Writes what was read for a member that waits for its join, unless it is gone. */
    synchronized boolean bring(Member member, List<Frame> frames) {
        if (member.phase != Phase.HELD) {
            return false;
        }
        frames.forEach(member.session::send);
        return true;
    }

    /**
     * Writes what was read for a member that is behind, unless it is gone.
     *
     * @param id the id of the last message read
     * @return whether it is still behind, and there is more to read
     */
    synchronized boolean bring(Member member, List<Frame> frames, long id) {
        if (member.phase != Phase.BEHIND) {
            return false;
        }
        frames.forEach(member.session::send);
        member.hasReadTo(id);
        if (id < last) {
            return true;
        }
        member.session.catchUp().arrived();
        settle(member);
        return false;
    }

    /**
     * Ends a membership.
     *
     * @return whether nobody is left, and the feed has ended
     */
    synchronized boolean remove(String connection) {
        Member member = members.remove(connection);
        if (member != null) {
            if (member.phase == Phase.HELD) {
                held--;
            } else {
                Section section = sectionOf(member.session);
                section.remove(member.session);
                if (section.isEmpty()) {
                    sections.remove(section);
                }
            }
            if (member.phase == Phase.AHEAD) {
                ahead.remove(member);
            }
            member.phase = Phase.GONE;
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
