package dev.confab.engine;

import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Frame;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.PageLimit;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of those rooms that one connection is behind in, or joins with a position: the one way in which missed
 * messages reach it. The rooms take turns, a page each, and a page is read only when all before it has left the outbox; so
 * a connection that reads slowly costs one page, and no thread.
 */
final class CatchUp {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private static final PageLimit PAGE = new PageLimit(100, 16 * 1024);

    private final Session session;
    private final RoomStore rooms;
    private final Counters counters;
    private final ArrayDeque<Turn> turns = new ArrayDeque<>(2);
    private boolean running;

    CatchUp(Session session, RoomStore rooms, Counters counters) {
        this.session = session;
        this.rooms = rooms;
        this.counters = counters;
    }

    /** Brings a member to the head of its room's log. Returns at once. */
    void add(Member member) {
        add(() -> bring(member));
    }

    /** Brings a member that fell behind to the head again. Returns at once. */
    void addFallen(Member member) {
        counters.fellBehind();
        add(member);
    }

    /** A member has read to the head of its room's log, and is about to be live again. */
    void arrived() {
        counters.caughtUp();
    }

    /** Brings what a join has missed, and lets it be answered. Returns at once. */
    void add(PendingJoin join) {
        add(() -> bring(join));
    }

    private synchronized void add(Turn turn) {
        turns.add(turn);
        if (!running) {
            running = true;
            awaitTurn();
        }
    }

    private void awaitTurn() {
        session.connection().whenWritten(() -> session.execute(this::takeTurn));
    }

    private void takeTurn() {
        Turn turn = next();
        boolean more = take(turn);
        synchronized (this) {
            if (more) {
                turns.add(turn);
            }
            running = !turns.isEmpty();
            if (running) {
                awaitTurn();
            }
        }
    }

    private synchronized Turn next() {
        return turns.remove();
    }

    private boolean take(Turn turn) {
        try {
            return turn.take();
        } catch (ChatException membershipEnded) {
            return false;
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "reading a log for connection " + session.id() + " failed", e);
            session.connection().close(CloseReason.CONNECTION_LOST);
            return false;
        }
    }

    private boolean bring(PendingJoin join) {
        RoomFeed feed = join.member().feed;
        if (!join.isThere()) {
            LogPage page = read(feed.room(), join.readsFrom());
            if (page == null) {
                return false;
            }
            List<Message> messages = join.take(page);
            if (!feed.bring(join.member(), frames(feed.room(), messages))) {
                join.overtaken(messages.size());
            }
        }
        if (join.isThere()) {
            join.arrive();
            return false;
        }
        return true;
    }

    private boolean bring(Member member) {
        RoomFeed feed = member.feed;
        Position from = feed.readsFrom(member);
        LogPage page = from == null ? null : read(feed.room(), from);
        if (from == null || page == null) {
            return false;
        }
        List<Message> messages = page.messages();
        if (messages.isEmpty() || messages.getFirst().id() != from.id() + 1) {
            leaveBehind(feed.room(), from, page);
            return false;
        }
        return feed.bring(
                member, frames(feed.room(), messages), messages.getLast().id());
    }

    /** A page from a position on; null where the room is another one by now, and the membership about to end. */
    private @Nullable LogPage read(String room, Position from) {
        LogPage page = rooms.readAfter(room, new Guard.Reader(String.valueOf(session.userName())), from.id(), PAGE);
        counters.pageRead();
        return page.epoch().equals(from.epoch()) ? page : null;
    }

    private List<Frame> frames(String room, List<Message> messages) {
        return messages.stream()
                .map(message -> session.dialect().encode(new Event.RoomMessagePosted(room, message)))
                .toList();
    }

    private void leaveBehind(String room, Position from, LogPage page) {
        LOG.log(
                System.Logger.Level.INFO,
                "closing connection {0} of user {1}: it has read room {2} to message {3}, and its log begins at {4}",
                session.id(),
                session.userName(),
                room,
                Long.toString(from.id()),
                Long.toString(page.firstId()));
        session.connection().close(CloseReason.LEFT_BEHIND);
    }

    /** One room's turn. */
    private interface Turn {
        /**
         * Reads one page.
         *
         * @return whether another one is to be read
         */
        boolean take();
    }
}
