package dev.confab.engine;

import dev.confab.protocol.Event;
import dev.confab.protocol.Position;
import dev.confab.spi.Follower;
import org.jspecify.annotations.Nullable;

/**
 * A connection of this node as a member of a room: a cursor on the room's log. It begins held, until its join is
 * answered; then it is live, hearing what is announced, or behind, reading the log until it is at the head. Guarded by its
 * {@link RoomFeed}. Open for tests that break it.
 */
class Member implements Follower {

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
    /** Where it is, as an epoch and an id: thousands of quiet members have no object for it. */
    private String epoch = "";

    private long id;

    /** What waits for the join to be answered; null from then on. */
    private @Nullable HeldBack held = new HeldBack();

    Member(Session session, RoomFeed feed) {
        this.session = session;
        this.feed = feed;
    }

    /** How far this connection has read; while it is held, where the membership began. */
    Position position() {
        return new Position(epoch, id);
    }

    void position(Position other) {
        epoch = other.epoch();
        id = other.id();
    }

    void hasReadTo(long last) {
        id = last;
    }

    /**
     * Keeps something for later.
     *
     * @param messageId the message's id; 0 for anything that is in no log
     * @return whether there was room
     */
    boolean hold(long messageId, Encodings encodings) {
        return held == null || isOwnArrival(encodings.event()) || held.keep(messageId, encodings.in(session.dialect()));
    }

    /** Keeps nothing of what is in the log. */
    void forgetMessages() {
        if (held != null) {
            held.forgetMessages();
        }
    }

    /**
     * Writes what has waited since the join.
     *
     * @return the id of the last message that this connection has now
     */
    long release() {
        HeldBack waiting = held;
        held = null;
        return waiting == null ? id : waiting.release(id, session::send);
    }

    /** The joining connection is told of its own user's arrival by the join itself, before its reply. */
    private boolean isOwnArrival(Event event) {
        return event instanceof Event.RoomUserJoined(var _, String user) && user.equals(session.userName());
    }

    @Override
    public void fellBehind(long messageId) {
        session.execute(() -> feed.fellBehind(this, messageId));
    }
}
