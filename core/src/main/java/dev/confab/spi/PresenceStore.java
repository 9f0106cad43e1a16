package dev.confab.spi;

import dev.confab.protocol.Event;
import dev.confab.protocol.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Presence: who is connected, on which node, and which connections are members of which rooms. What is said here of a
 * node's connections holds as long as the node's heartbeat does.
 */
public interface PresenceStore {

    /**
     * Registers a connection of this node with its user, who is created if need be. Once is enough: registering it
     * again changes nothing.
     *
     * @param user the user
     * @param connection the connection's id
     * @return how many connections the user has now
     */
    int connect(String user, String connection);

    /**
     * Ends a connection: it can join no room from now on. Its memberships stay until each is ended by {@link #leave}.
     * Ending what is not registered changes nothing.
     *
     * @param user the user
     * @param connection the connection's id
     * @return what remains
     */
    Disconnected disconnect(String user, String connection);

    /**
     * Makes a connection a member: guard, membership and the position it begins at are one act. Announces nothing. One
     * that is a member stays one, if the guard still holds.
     *
     * @param room the room
     * @param guard what must hold
     * @param user the user
     * @param connection the connection's id
     * @return how it stands now
     * @throws dev.confab.protocol.ChatException {@code noRoom}; what the guard says; {@code invalidSocket} where the
     *     connection is not registered with the user
     */
    Membership join(String room, Guard guard, String user, String connection);

    /**
     * Takes back a join that nobody has heard of: the membership goes, and what is known of when the user was seen is as
     * before. Announces nothing. Does nothing where the membership is gone already, or was not new.
     *
     * @param room the room
     * @param user the user
     * @param connection the connection's id
     * @param membership what {@link #join} returned
     */
    void undoJoin(String room, String user, String connection, Membership membership);

    /**
     * Whether a connection is a member of the room in this epoch.
     *
     * @param room the room
     * @param epoch the room's epoch
     * @param user the user
     * @param connection the connection's id
     * @return true if so; false too where there is no such room
     */
    boolean isMember(String room, String epoch, String user, String connection);

    /**
     * Ends a membership, and announces the departure. Leaving what was not joined changes nothing.
     *
     * @param room the room
     * @param user the user
     * @param connection the connection's id
     * @return how it stands now
     * @throws dev.confab.protocol.ChatException {@code noRoom}
     */
    Leaving leave(String room, String user, String connection);

    /**
     * A user's connections on all nodes and the rooms that each is a member of.
     *
     * @param user the user
     * @return ids to rooms; empty for a user who is offline or unknown
     */
    Map<String, List<String>> connections(String user);

    /**
     * A room's members.
     *
     * @param room the room
     * @return users to the ids of their member connections
     * @throws dev.confab.protocol.ChatException {@code noRoom}
     */
    Map<String, List<String>> members(String room);

    /**
     * Whether a user has a connection.
     *
     * @param user the user
     * @return true if so
     */
    boolean isOnline(String user);

    /**
     * Announces an event to the members of a room.
     *
     * @param room the room; where there is none, nobody hears it
     * @param event the event
     */
    void notify(String room, Event event);

    /**
     * Announces an event to the connections of a user.
     *
     * @param user the user
     * @param event the event
     * @param except the id of a connection that doesn't hear it; null for none
     */
    void tell(String user, Event event, @Nullable String except);

    /**
     * Announces that all connections of a user are to be closed.
     *
     * @param user the user
     */
    void dismiss(String user);

    /**
     * Reserves the joins and leaves of one user in one room for the caller. Not for use by one thread twice.
     *
     * @param user the user
     * @param room the room
     * @param patience how long to wait for others
     * @param lease how long the reservation holds at most, where others could otherwise wait for a dead node for ever
     * @return the reservation
     * @throws dev.confab.protocol.ChatException {@code timeout} where patience ended
     * @throws InterruptedException where the thread is interrupted meanwhile
     */
    Reservation reserve(String user, String room, Duration patience, Duration lease) throws InterruptedException;

    /** Says that this node is alive. Stores clear up after themselves on this occasion too. */
    void beat();

    /**
     * When a node was alive. Opening the store counts as its first beat.
     *
     * @param node the node's id
     * @return the time of its last beat, to the millisecond, or null for an unknown node
     */
    @Nullable
    Instant lastBeat(String node);

    /**
     * The connections that a node has registered.
     *
     * @param node the node's id
     * @return ids to users
     */
    Map<String, String> connectionsOf(String node);

    /**
     * Drops registered connections of a user that are not alive, and then their memberships, each room in an act that
     * announces the departure.
     *
     * @param user the user, known or not
     * @param alive the ids of those that are
     * @return the memberships dropped, by room
     */
    Map<String, Departure> retain(String user, Collection<String> alive);

    /** The right to join and leave for one user in one room. */
    interface Reservation extends AutoCloseable {
        /** Gives it back, on any thread. Giving it back twice does nothing. */
        @Override
        void close();
    }

    /**
     * How a member stands after a join.
     *
     * @param position the head of the log in the act of joining
     * @param firstId the id of the oldest message kept then; one more than the head where none was
     * @param connections how many of the user's connections are members now
     * @param isNew whether this connection was not a member before
     * @param userlistUpdates whether the room announces users who come and go
     * @param seenBefore when the user was seen before this join; null for never
     */
    record Membership(
            Position position,
            long firstId,
            int connections,
            boolean isNew,
            boolean userlistUpdates,
            @Nullable Instant seenBefore) {}

    /**
     * How a user stands after a leave.
     *
     * @param wasMember whether the connection was a member
     * @param connections how many of the user's connections are members still
     * @param userlistUpdates whether the room announces users who come and go
     */
    record Leaving(boolean wasMember, int connections, boolean userlistUpdates) {}

    /**
     * What remains after a connection ended.
     *
     * @param connections how many connections the user has still
     * @param rooms the rooms that the connection is still a member of
     */
    record Disconnected(int connections, List<String> rooms) {
        /** Copies the rooms. */
        public Disconnected {
            rooms = List.copyOf(rooms);
        }
    }
}
