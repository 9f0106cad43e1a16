package dev.confab;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to a server itself. Methods are called on any thread, perhaps at the same time; they should return
 * soon, and what they throw is logged.
 */
public interface ConfabListener {

    /**
     * The server is open.
     *
     * @param chat the server
     */
    default void ready(Confab chat) {}

    /**
     * The server is closed.
     *
     * @param cause why it closed or what went wrong when it did; null where all went well
     */
    default void closed(@Nullable Throwable cause) {}

    /**
     * The store failed in the middle of something that can't be taken back, so that presence may be wrong until
     * {@link Recovery} repairs it. Where it failed to tell clients of a change only, presence is right, and what these
     * clients know of it is not.
     *
     * @param cause the failure
     * @param where what may be wrong
     */
    default void storeInconsistent(Throwable cause, Inconsistency where) {}

    /**
     * A transport failed to add or remove a connection that the store has as a member, or as none.
     *
     * @param cause the failure
     * @param where what may be wrong
     */
    default void transportInconsistent(Throwable cause, Inconsistency where) {}

    /**
     * A join or leave, with its hook, took longer than {@link ChatOptions#lockLease()}.
     *
     * @param user the user
     * @param room the room
     */
    default void lockTimeExceeded(String user, String room) {}

    /**
     * What may be wrong in a store.
     *
     * @param kind in which part
     * @param user the user
     * @param room the room; null where none is concerned
     * @param connection the connection's id; null where none is concerned
     */
    record Inconsistency(
            Kind kind,
            String user,
            @Nullable String room,
            @Nullable String connection) {}

    /** The part of a store, or of a transport, that may be wrong. */
    enum Kind {
        /** The members of a room. */
        ROOM_USERLIST,
        /** The rooms of a user. */
        USER_ROOMS,
        /** The connections of a user. */
        USER_CONNECTIONS,
        /** Who hears a room. */
        TRANSPORT_CHANNEL
    }
}
