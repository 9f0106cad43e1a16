package dev.confab.protocol;

/**
 * How much of a room's log is kept, and where its head is.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 */
public record RoomHistoryInfo(String room) implements RoomCommand<HistoryInfo> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomHistoryInfo of(String room) {
        return new RoomHistoryInfo(room);
    }
}
