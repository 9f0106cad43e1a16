package dev.confab.protocol;

/**
 * Whether a user is in a room, and since or until when. A user never seen there is not an error.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 * @param user the user asked about
 */
public record RoomUserSeen(String room, String user) implements RoomCommand<Seen> {
    /**
     * The command.
     *
     * @param room the room's name
     * @param user the user asked about
     * @return the command
     */
    public static RoomUserSeen of(String room, String user) {
        return new RoomUserSeen(room, user);
    }
}
