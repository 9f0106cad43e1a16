package dev.confab.engine;

import dev.confab.protocol.Event;
import dev.confab.protocol.Position;
import dev.confab.spi.Follower;
import dev.confab.spi.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection of this node as a member of a room: a cursor on the room's log. It begins held, until its join is
 * answered; then it is live, hearing what is announced, or behind, reading the log until it is at the head. Guarded by its
 * {@link RoomFeed}. Open for tests that break it.
 */
class Member implements Follower {

    /** More than this doesn't wait for a join to be answered: messages are read from the log then. */
    private static final int MAX_HELD_BYTES = 1024 * 1024;

    /** Where a member stands. */
    enum Phase {
        /** Its join is not answered: what the room says meanwhile waits here. */
        HELD,
        /** Its position is before the head: {@link CatchUp} reads the log for it. */
        BEHIND,
        /** It has read further than this node was told of; it goes live with the message behind its position. */
        AHEAD,
        /** Its position is the head: it hears what is announced. */
        LIVE,
        /** It is a member no longer. */
        GONE
    }

    final Session session;
    final RoomFeed feed;

    Phase phase = Phase.HELD;
    /** How far this connection has read; while it is held, where the membership began. */
    Position position = new Position("", 0);

    private List<Held> held = new ArrayList<>(0);
    private int heldBytes;
    private boolean messagesDropped;

    Member(Session session, RoomFeed feed) {
        this.session = session;
        this.feed = feed;
    }

    /**
     * Keeps something for later.
     *
     * @param id the message's id; 0 for anything that is in no log
     * @return whether there was room
     */
    boolean hold(long id, Encodings encodings) {
        if (isOwnArrival(encodings.event()) || (id > 0 && messagesDropped)) {
            return true;
        }
        Frame frame = encodings.in(session.dialect());
        heldBytes += frame.weight();
        held.add(new Held(id, frame));
        if (heldBytes > MAX_HELD_BYTES && !messagesDropped) {
            dropMessages();
        }
        return heldBytes <= MAX_HELD_BYTES;
    }

    private void dropMessages() {
        messagesDropped = true;
        forgetMessages();
    }

    /** Keeps nothing of what is in the log. */
    void forgetMessages() {
        held.removeIf(one -> one.id > 0);
        heldBytes = held.stream().mapToInt(one -> one.frame.weight()).sum();
    }

    /**
     * Writes what has waited, but nothing that came before the position that the membership began at, and no message
     * behind one that was lost on its way.
     *
     * @return the id of the last message that this connection has now
     */
    long release() {
        long last = position.id();
        for (Held one : held) {
            if (one.id == 0) {
                session.send(one.frame);
            } else if (one.id == last + 1) {
                session.send(one.frame);
                last = one.id;
            }
        }
        held = List.of();
        return last;
    }

    /** The joining connection is told of its own user's arrival by the join itself, before its reply. */
    private boolean isOwnArrival(Event event) {
        return event instanceof Event.RoomUserJoined(var _, String user) && user.equals(session.userName());
    }

    @Override
    public void fellBehind(long id) {
        session.execute(() -> feed.fellBehind(this, id));
    }

    private record Held(long id, Frame frame) {}
}
