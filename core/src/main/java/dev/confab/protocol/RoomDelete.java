package dev.confab.protocol;

/**
 * Deletes a room with its log. All members are removed before the reply.
 *
 * <p>Errors: {@code notAllowed} unless clients may manage rooms and the asker owns this one; {@code noRoom}.
 *
 * @param room the room's name
 */
public record RoomDelete(String room) implements RoomCommand<Done> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomDelete of(String room) {
        return new RoomDelete(room);
    }
}
