package dev.confab.protocol;

/**
 * Creates a room that the asker owns, without joining it.
 *
 * <p>Errors: {@code notAllowed} unless clients may manage rooms; {@code invalidName}; {@code roomExists};
 * {@code listLimitExceeded} where the server keeps no more rooms.
 *
 * @param room the room's name
 * @param whitelistOnly whether only whitelisted users may join
 */
public record RoomCreate(String room, boolean whitelistOnly) implements RoomCommand<Done> {
    /**
     * The command.
     *
     * @param room the room's name
     * @param whitelistOnly whether only whitelisted users may join
     * @return the command
     */
    public static RoomCreate of(String room, boolean whitelistOnly) {
        return new RoomCreate(room, whitelistOnly);
    }
}
