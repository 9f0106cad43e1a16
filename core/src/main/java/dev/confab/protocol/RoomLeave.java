package dev.confab.protocol;

/**
 * Ends the asking connection's membership; answers how many of the user's connections remain joined. Leaving a room that
 * was not joined succeeds.
 *
 * <p>Errors: {@code noRoom}; {@code timeout} as for {@link RoomJoin}.
 *
 * @param room the room's name
 */
public record RoomLeave(String room) implements RoomCommand<Integer> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomLeave of(String room) {
        return new RoomLeave(room);
    }
}
