package dev.confab.protocol;

/**
 * Appends a message to a room's log and tells every member.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user with no member connection; {@code badArgument} for a body that
 * the server's message format does not allow.
 *
 * @param room the room's name
 * @param body what to say
 */
public record RoomMessage(String room, Body body) implements RoomCommand<Posted> {
    /**
     * The command.
     *
     * @param room the room's name
     * @param body what to say
     * @return the command
     */
    public static RoomMessage of(String room, Body body) {
        return new RoomMessage(room, body);
    }
}
