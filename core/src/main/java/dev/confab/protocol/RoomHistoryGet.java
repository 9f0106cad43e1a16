package dev.confab.protocol;

import java.util.List;

/**
 * The messages that directly follow an id, newest first: the oldest {@code limit} kept messages whose id is greater than
 * {@code after}. A client that asks again with the highest id it got reads the log without a gap.
 *
 * <p>Errors: {@code badArgument} for a negative id or a limit below 1; {@code noRoom}; {@code notJoined} for a user who
 * is neither member nor administrator.
 *
 * @param room the room's name
 * @param after the id to read on from, 0 or more
 * @param limit how many messages at most, 1 or more; the server has a cap of its own
 */
public record RoomHistoryGet(String room, long after, long limit) implements RoomCommand<List<Message>> {
    /**
     * The command.
     *
     * @param room the room's name
     * @param after the id to read on from, 0 or more
     * @param limit how many messages at most, 1 or more; the server has a cap of its own
     * @return the command
     */
    public static RoomHistoryGet of(String room, long after, long limit) {
        return new RoomHistoryGet(room, after, limit);
    }
}
