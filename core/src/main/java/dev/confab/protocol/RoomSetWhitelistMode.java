package dev.confab.protocol;

/**
 * Turns whitelist mode on or off. Turning it on removes every member who is neither listed, administrator nor owner.
 *
 * <p>Errors: {@code noRoom}; {@code notAllowed} for a user who is not an administrator.
 *
 * @param room the room's name
 * @param whitelistOnly the mode
 */
public record RoomSetWhitelistMode(String room, boolean whitelistOnly) implements RoomCommand<Done> {
    /**
     * The command.
     *
     * @param room the room's name
     * @param whitelistOnly the mode
     * @return the command
     */
    public static RoomSetWhitelistMode of(String room, boolean whitelistOnly) {
        return new RoomSetWhitelistMode(room, whitelistOnly);
    }
}
