package dev.confab.protocol;

/**
 * Which changes a room announces to its members.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 */
public record RoomNotificationsInfo(String room) implements RoomCommand<NotificationsInfo> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomNotificationsInfo of(String room) {
        return new RoomNotificationsInfo(room);
    }
}
