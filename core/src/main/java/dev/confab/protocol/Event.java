package dev.confab.protocol;

import java.util.List;

/** What the server tells clients unasked. */
public sealed interface Event {

    /**
     * The connection is logged in; it was told neither this nor {@link LoginRejected} before.
     *
     * @param user the name it goes by
     * @param data what the login hook wants the client to know, and {@code id}: the connection's id
     */
    record LoginConfirmed(String user, Value.Obj data) implements Event {}

    /**
     * The connection is not logged in, and ends.
     *
     * @param error why
     */
    record LoginRejected(ChatError error) implements Event {}

    /**
     * A message, told to every member of its room, in the order of ids.
     *
     * @param room the room
     * @param message the message
     */
    record RoomMessagePosted(String room, Message message) implements Event {}

    /**
     * A user's first connection joined.
     *
     * @param room the room
     * @param user the user
     */
    record RoomUserJoined(String room, String user) implements Event {}

    /**
     * A user's last connection left.
     *
     * @param room the room
     * @param user the user
     */
    record RoomUserLeft(String room, String user) implements Event {}

    /**
     * Names were added to a list.
     *
     * @param room the room
     * @param list the list
     * @param names the names, as they were given
     */
    record RoomAccessListAdded(String room, RoomList list, List<String> names) implements Event {
        /** Copies the names. */
        public RoomAccessListAdded {
            names = List.copyOf(names);
        }
    }

    /**
     * Names were removed from a list.
     *
     * @param room the room
     * @param list the list
     * @param names the names, as they were given
     */
    record RoomAccessListRemoved(String room, RoomList list, List<String> names) implements Event {
        /** Copies the names. */
        public RoomAccessListRemoved {
            names = List.copyOf(names);
        }
    }

    /**
     * Whitelist mode was set.
     *
     * @param room the room
     * @param whitelistOnly the mode, changed or not
     */
    record RoomModeChanged(String room, boolean whitelistOnly) implements Event {}

    /**
     * The user who hears this was removed from a room, on all connections.
     *
     * @param room the room
     */
    record RoomAccessRemoved(String room) implements Event {}

    /**
     * Another connection of the user who hears this joined a room.
     *
     * @param room the room
     * @param connection the other connection's id
     * @param connections how many of the user's connections are members now
     */
    record RoomJoinedEcho(String room, String connection, int connections) implements Event {}

    /**
     * Another connection of the user who hears this left a room.
     *
     * @param room the room
     * @param connection the other connection's id
     * @param connections how many of the user's connections are members still
     */
    record RoomLeftEcho(String room, String connection, int connections) implements Event {}

    /**
     * Another connection of the user who hears this was made.
     *
     * @param connection the other connection's id
     * @param connections how many the user has now
     */
    record ConnectEcho(String connection, int connections) implements Event {}

    /**
     * Another connection of the user who hears this ended.
     *
     * @param connection the other connection's id
     * @param connections how many the user has still
     */
    record DisconnectEcho(String connection, int connections) implements Event {}

    /**
     * A direct message, told to all connections of its recipient.
     *
     * @param note the message
     */
    record DirectMessageReceived(DirectNote note) implements Event {}

    /**
     * A direct message that another connection of the user who hears this has sent.
     *
     * @param recipient to whom
     * @param note the message
     */
    record DirectMessageEcho(String recipient, DirectNote note) implements Event {}

    /**
     * A value from another connection of the user who hears this, or from the server.
     *
     * @param message the value
     */
    record SystemMessageReceived(Value message) implements Event {}

    /**
     * An event of the embedder's own.
     *
     * @param name its name among clients; must not be one that the dialect uses
     * @param args its arguments
     */
    record Custom(String name, List<Value> args) implements Event {
        /** Copies the arguments. */
        public Custom {
            args = List.copyOf(args);
        }
    }
}
