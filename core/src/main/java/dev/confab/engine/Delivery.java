package dev.confab.engine;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Announcements;
import dev.confab.spi.Departure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings what the store announces to the connections of this node, in the order in which it is announced. */
final class Delivery implements Announcements {

    private final Roster roster;
    private final Function<String, RoomFeed> newFeed;
    private final Map<String, RoomFeed> feeds = new ConcurrentHashMap<>();

    Delivery(Roster roster, Function<String, RoomFeed> newFeed) {
        this.roster = roster;
        this.newFeed = newFeed;
    }

    /** Begins a membership, held: nothing of the room reaches the connection yet, and nothing is lost. */
    Member hold(String room, Session session) {
        while (true) {
            RoomFeed feed = feeds.computeIfAbsent(room, newFeed);
            Member member = feed.hold(session);
            if (member != null) {
                return member;
            }
            feeds.remove(room, feed);
        }
    }

    /** The membership of a connection of this node, if it has one. */
    @Nullable
    Member find(String room, String connection) {
        RoomFeed feed = feeds.get(room);
        return feed == null ? null : feed.find(connection);
    }

    /** Ends a membership. */
    void drop(String room, String connection) {
        RoomFeed feed = feeds.get(room);
        if (feed != null && feed.remove(connection)) {
            feeds.remove(room, feed);
        }
    }

    @Override
    public void posted(String room, Position position, Message message) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.post(position, new Encodings(new Event.RoomMessagePosted(room, message)));
        }
    }

    @Override
    public void notified(String room, Event event) {
        RoomFeed feed = feeds.get(room);
        if (feed != null) {
            feed.tell(new Encodings(event));
        }
    }

    @Override
    public void departed(String room, List<Departure> departures) {
        for (Departure departure : departures) {
            departure.connections().forEach(connection -> drop(room, connection));
        }
    }

    /**
     * Tells the connections of a user. One that is a member of a room again isn't told any more that it lost access: it has
     * learned of the room as it is now by joining it.
     */
    @Override
    public void told(String user, Event event, @Nullable String except) {
        List<Session> sessions = roster.of(user);
        if (!sessions.isEmpty()) {
            var encodings = new Encodings(event);
            for (Session session : sessions) {
                if (event instanceof Event.RoomAccessRemoved(String room) && find(room, session.id()) != null) {
                    session.abortEnded(room);
                } else {
                    tell(session, event, encodings, except);
                }
            }
        }
    }

    private static void tell(Session session, Event event, Encodings encodings, @Nullable String except) {
        if (!session.id().equals(except)) {
            session.tell(encodings.in(session.dialect()));
        }
        if (event instanceof Event.RoomAccessRemoved(String room)) {
            session.expelled(room);
        }
    }

    @Override
    public void dismissed(String user) {
        roster.of(user).forEach(session -> session.connection().close(CloseReason.KICKED));
    }
}
