package dev.confab.protocol;

import java.util.List;

/**
 * The newest messages of a room, newest first.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 */
public record RoomRecentHistory(String room) implements RoomCommand<List<Message>> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomRecentHistory of(String room) {
        return new RoomRecentHistory(room);
    }
}
