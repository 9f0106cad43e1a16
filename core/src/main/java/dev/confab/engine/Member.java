package dev.confab.engine;

import dev.confab.protocol.Event;
import dev.confab.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection of this node as a member of a room. It begins held: what the room says meanwhile waits here, until the
 * join is answered and the member goes live. Guarded by its {@link RoomFeed}.
 */
final class Member {

    /** More than this waits for nobody: the connection is closed as too slow. */
    private static final int MAX_HELD_BYTES = 1024 * 1024;

    final Session session;
    final RoomFeed feed;

    private @Nullable List<Held> held = new ArrayList<>(0);
    private int heldBytes;
    boolean gone;

    Member(Session session, RoomFeed feed) {
        this.session = session;
        this.feed = feed;
    }

    boolean isHeld() {
        return held != null;
    }

    /**
     * Keeps something for later.
     *
     * @param id the message's id; 0 for anything else
     * @return whether there was room
     */
    boolean hold(long id, Encodings encodings) {
        if (held == null || isOwnArrival(encodings.event())) {
            return true;
        }
        Frame frame = encodings.in(session.dialect());
        heldBytes += frame.weight();
        held.add(new Held(id, frame));
        return heldBytes <= MAX_HELD_BYTES;
    }

    /** Ends the hold, and writes what has waited: nothing that came before the position the member began at. */
    void release(long after) {
        if (held != null) {
            for (Held one : held) {
                if (one.id == 0 || one.id > after) {
                    session.send(one.frame);
                }
            }
            held = null;
        }
    }

    /** The joining connection is told of its own user's arrival by the join itself, before its reply. */
    private boolean isOwnArrival(Event event) {
        return event instanceof Event.RoomUserJoined(var _, String user) && user.equals(session.userName());
    }

    private record Held(long id, Frame frame) {}
}
