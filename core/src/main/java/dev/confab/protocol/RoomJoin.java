package dev.confab.protocol;

/**
 * Makes the asking connection a member of a room. Joining again changes nothing and answers the same count.
 *
 * <p>Errors: {@code noRoom}; {@code notAllowed} for a user whom the room's lists keep out, whoever asks; {@code timeout}
 * where another join or leave of the same user and room takes too long.
 *
 * @param room the room's name
 */
public record RoomJoin(String room) implements RoomCommand<Joined> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomJoin of(String room) {
        return new RoomJoin(room);
    }
}
