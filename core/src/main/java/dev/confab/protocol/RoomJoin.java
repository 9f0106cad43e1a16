package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Makes the asking connection a member of a room. Joining again changes nothing and answers the same count.
 *
 * <p>With a {@link Resume}, the messages behind the given position that are kept, up to the one that the membership begins at, reach
 * the connection in the order of their ids before the reply does, unless it was a member already; and the reply says what was
 * brought. The replay needs what reading the history needs. After hooks run before it.
 *
 * <p>Errors: {@code noRoom}; {@code notAllowed} for a user whom the room's lists keep out, whoever asks, and for one who loses
 * access before the reply; {@code timeout} where another join or leave of the same user and room takes too long.
 *
 * @param room the room's name
 * @param resume from where to bring what was missed; null for a join that brings nothing
 */
public record RoomJoin(String room, @Nullable Resume resume) implements RoomCommand<Joined> {
    /**
     * The command, bringing nothing that was missed.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomJoin of(String room) {
        return new RoomJoin(room, null);
    }

    /**
     * The command, bringing what was missed.
     *
     * @param room the room's name
     * @param since how far the client has read; null where it has read nothing
     * @return the command
     */
    public static RoomJoin since(String room, @Nullable Position since) {
        return new RoomJoin(room, new Resume(since));
    }
}
