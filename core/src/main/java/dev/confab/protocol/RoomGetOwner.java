package dev.confab.protocol;

import java.util.Optional;

/**
 * A room's owner, if it has one.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user who is neither member nor administrator.
 *
 * @param room the room's name
 */
public record RoomGetOwner(String room) implements RoomCommand<Optional<String>> {
    /**
     * The command.
     *
     * @param room the room's name
     * @return the command
     */
    public static RoomGetOwner of(String room) {
        return new RoomGetOwner(room);
    }
}
