package dev.confab.engine;

import dev.confab.ChatOptions;
import dev.confab.ConfabListener.Inconsistency;
import dev.confab.ConfabListener.Kind;
import dev.confab.Disconnect;
import dev.confab.Join;
import dev.confab.Leave;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.protocol.Joined;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.PresenceStore.Leaving;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How connections become members and cease to be, with all who are told on the way. Joins and leaves of one user in one
 * room take turns, hooks included; it is the only place where a lock is held across a hook and a store call.
 */
final class Presence {

    private final Store store;
    private final PresenceStore presence;
    private final Delivery delivery;
    private final Roster roster;
    private final Lifecycle lifecycle;
    private final Listeners listeners;
    private final ChatOptions options;
    private final Clock clock;

    /** The user and room whose turn the current thread, a hook's, runs in. */
    private final ScopedValue<Turn> turn;

    Presence(
            Store store,
            Delivery delivery,
            Roster roster,
            Lifecycle lifecycle,
            Listeners listeners,
            ChatOptions options,
            Clock clock,
            ScopedValue<Turn> turn) {
        this.store = store;
        this.presence = store.presence();
        this.delivery = delivery;
        this.roster = roster;
        this.lifecycle = lifecycle;
        this.listeners = listeners;
        this.options = options;
        this.clock = clock;
        this.turn = turn;
    }

    /** Makes a connection a member: stored, accepted by the hook, told to others; held until the join is answered. */
    Joined join(Ask<?> ask, RoomJoin join, String user, String connection) {
        String room = join.room();
        Session session = roster.find(connection);
        if (session == null || !session.isConnected() || !user.equals(session.userName())) {
            throw new ChatException(ChatError.invalidSocket(connection));
        }
        return inTurn(user, room, () -> {
            boolean wasKnown = delivery.find(room, session.id()) != null;
            Member member = delivery.hold(room, session);
            Membership membership;
            try {
                membership = presence.join(member.feed.room(), new Guard.Joiner(user), user, session.id());
            } catch (RuntimeException e) {
                if (!wasKnown) {
                    abandon(member, room);
                }
                throw e;
            }
            member.feed.began(member, membership.position());
            if (membership.isNew()) {
                accept(member, room, membership);
                session.joined(member.feed.room());
                announce(ask, session, room, membership);
            }
            ask.arrives(new Arrival(member, membership, join.resume()));
            return new Joined(membership.connections(), membership.position(), null);
        });
    }

    /** Ends a membership because its user wants to. */
    int leave(Ask<?> ask, String room, String user, String connection) {
        return inTurn(user, room, () -> {
            Leaving leaving = leaveStore(room, user, connection);
            if (leaving.wasMember()) {
                tellLeft(room, user, connection, leaving, ask.echoless());
                afterLeave(new Leave(lifecycle.chat(), user, room, connection, leaving.connections()));
            }
            return leaving.connections();
        });
    }

    /**
     * Follows up on members who lost access: their hooks run, they are told, and, where users who come and go are
     * announced, so is everybody else.
     *
     * @param tellOthers false where the room is gone
     */
    void departed(String room, List<Departure> departures, boolean tellOthers) {
        for (Departure departure : departures) {
            try {
                followUpInTurn(room, departure, tellOthers);
            } catch (RuntimeException e) {
                listeners.storeInconsistent(e, new Inconsistency(Kind.ROOM_USERLIST, departure.user(), room, null));
            }
        }
    }

    /** Ends a connection's registration and memberships. */
    void disconnect(Session session, String user) {
        String id = session.id();
        var left = new HashMap<String, Integer>();
        List<String> rooms;
        int connections;
        try {
            var disconnected = presence.disconnect(user, id);
            rooms = disconnected.rooms();
            connections = disconnected.connections();
        } catch (RuntimeException e) {
            listeners.storeInconsistent(e, new Inconsistency(Kind.USER_CONNECTIONS, user, null, id));
            session.rooms().forEach(room -> delivery.drop(room, id));
            return;
        }
        rooms.forEach(room -> left.put(room, leaveAtEnd(room, user, id)));
        session.rooms().forEach(room -> delivery.drop(room, id));
        spread(
                new Inconsistency(Kind.USER_CONNECTIONS, user, null, id),
                () -> presence.tell(user, new Event.DisconnectEcho(id, connections), id));
        lifecycle.disconnected(new Disconnect(lifecycle.chat(), user, id, connections, left));
    }

    private int leaveAtEnd(String room, String user, String id) {
        try {
            return inTurnUnlessMine(user, room, () -> {
                Leaving leaving = presence.leave(room, user, id);
                if (leaving.wasMember()) {
                    afterLeave(new Leave(lifecycle.chat(), user, room, id, leaving.connections()));
                    tellLeft(room, user, id, leaving, id);
                }
                return leaving.connections();
            });
        } catch (ChatException deletedMeanwhile) {
            return 0;
        } catch (RuntimeException e) {
            listeners.storeInconsistent(e, new Inconsistency(Kind.ROOM_USERLIST, user, room, id));
            return 0;
        }
    }

    private void accept(Member member, String room, Membership membership) {
        Session session = member.session;
        String user = String.valueOf(session.userName());
        try {
            var join = new Join(lifecycle.chat(), user, room, session.id(), membership.connections());
            ScopedValue.where(turn, new Turn(user, room)).run(() -> lifecycle.joining(join));
        } catch (ChatException refused) {
            abandon(member, room);
            undo(room, user, session.id(), membership);
            throw refused;
        }
        if (member.feed.isGone(member)) {
            afterLeave(new Leave(lifecycle.chat(), user, room, session.id(), 0));
            throw new ChatException(ChatError.notAllowed());
        }
    }

    private void undo(String room, String user, String connection, Membership membership) {
        try {
            presence.undoJoin(room, user, connection, membership);
        } catch (RuntimeException e) {
            listeners.storeInconsistent(e, new Inconsistency(Kind.USER_ROOMS, user, room, connection));
        }
    }

    private void abandon(Member member, String room) {
        if (member.feed.isHeld(member)) {
            delivery.drop(room, member.session.id());
        }
    }

    private void announce(Ask<?> ask, Session session, String room, Membership membership) {
        String user = String.valueOf(session.userName());
        var where = new Inconsistency(Kind.ROOM_USERLIST, user, room, session.id());
        int connections = membership.connections();
        if (connections == 1 && membership.userlistUpdates()) {
            var joined = new Event.RoomUserJoined(room, user);
            spread(where, () -> presence.notify(room, joined));
            session.send(joined);
        }
        var echo = new Event.RoomJoinedEcho(room, session.id(), connections);
        spread(where, () -> presence.tell(user, echo, ask.echoless()));
    }

    private void tellLeft(String room, String user, String connection, Leaving leaving, @Nullable String echoless) {
        var where = new Inconsistency(Kind.ROOM_USERLIST, user, room, connection);
        var echo = new Event.RoomLeftEcho(room, connection, leaving.connections());
        spread(where, () -> presence.tell(user, echo, echoless));
        if (leaving.connections() == 0 && leaving.userlistUpdates()) {
            spread(where, () -> presence.notify(room, new Event.RoomUserLeft(room, user)));
        }
    }

    /** Tells others what has happened; it has, whether or not the store passes that on. */
    private void spread(Inconsistency where, Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            listeners.storeInconsistent(e, where);
        }
    }

    private Leaving leaveStore(String room, String user, String connection) {
        try {
            return presence.leave(room, user, connection);
        } catch (ChatException e) {
            throw e;
        } catch (RuntimeException e) {
            delivery.drop(room, connection);
            listeners.storeInconsistent(e, new Inconsistency(Kind.ROOM_USERLIST, user, room, connection));
            return new Leaving(false, remaining(room, user, connection), false);
        } finally {
            Session session = roster.find(connection);
            if (session != null) {
                session.left(room);
                session.expelled(room);
            }
        }
    }

    private int remaining(String room, String user, String without) {
        return (int) presence.connections(user).entrySet().stream()
                .filter(one -> !one.getKey().equals(without) && one.getValue().contains(room))
                .count();
    }

    /** Follows up in turn; where the turn doesn't come in time, because of a slow hook, out of turn. */
    private void followUpInTurn(String room, Departure departure, boolean tellOthers) {
        var hasBegun = new AtomicBoolean();
        try {
            inTurnUnlessMine(departure.user(), room, () -> {
                hasBegun.set(true);
                followUp(room, departure, tellOthers);
                return true;
            });
        } catch (ChatException failed) {
            if (hasBegun.get()) {
                throw failed;
            }
            followUp(room, departure, tellOthers);
        }
    }

    private void followUp(String room, Departure departure, boolean tellOthers) {
        String user = departure.user();
        boolean wasHeard = false;
        for (String connection : departure.connections()) {
            Session session = roster.find(connection);
            if (session == null || session.left(room)) {
                wasHeard = true;
                afterLeave(new Leave(lifecycle.chat(), user, room, connection, 0));
            }
        }
        spread(
                new Inconsistency(Kind.ROOM_USERLIST, user, room, null),
                () -> presence.tell(user, new Event.RoomAccessRemoved(room), null));
        if (tellOthers
                && wasHeard
                && !store.rooms().lists(room, RoomList.USERLIST, user)
                && store.rooms().view(room, Guard.NONE).userlistUpdates()) {
            presence.notify(room, new Event.RoomUserLeft(room, user));
        }
    }

    private void afterLeave(Leave leave) {
        ScopedValue.where(turn, new Turn(leave.user(), leave.room())).run(() -> lifecycle.left(leave));
    }

    /** Runs something in the turn of a user and room, which must not be the caller's own already. */
    private <T> T inTurn(String user, String room, Supplier<T> action) {
        if (isMine(user, room)) {
            throw new OwnTurnException(user, room);
        }
        return reserved(user, room, action);
    }

    /** The same, for what must happen in any case. */
    private <T> T inTurnUnlessMine(String user, String room, Supplier<T> action) {
        return isMine(user, room) ? action.get() : reserved(user, room, action);
    }

    private boolean isMine(String user, String room) {
        return turn.isBound() && turn.get().equals(new Turn(user, room));
    }

    private <T> T reserved(String user, String room, Supplier<T> action) {
        try (var _ = presence.reserve(user, room, options.lockPatience(), options.lockLease())) {
            long begun = clock.millis();
            T result = action.get();
            if (Duration.ofMillis(clock.millis() - begun).compareTo(options.lockLease()) > 0) {
                listeners.lockTimeExceeded(user, room);
            }
            return result;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new ChatException(ChatError.timeout());
        }
    }

    /** A hook of a join or leave asks for the same again: a fault of the embedder's code, and thrown at it. */
    static final class OwnTurnException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        OwnTurnException(String user, String room) {
            super("a hook of a join or leave of " + user + " and " + room + " can't join or leave the same again");
        }
    }

    /** The joins and leaves of one user in one room. */
    record Turn(String user, String room) {}
}
