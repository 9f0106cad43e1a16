package dev.confab.protocol;

/**
 * Whether only whitelisted users, administrators and the owner may join.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 */
public record RoomGetWhitelistMode(String room) implements RoomCommand<Boolean> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomGetWhitelistMode of(String room) {
        return new RoomGetWhitelistMode(room);
    }
}
