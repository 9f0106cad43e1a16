package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The reply to {@link RoomJoin}.
 *
 * @param connections how many of the user's connections are members now, this one included
 * @param position the head of the room's log in the act that made the member: later messages follow it
 * @param replay what the join has brought, once it is answered; null where it was not asked to, and in after hooks, which
 *     run before
 */
public record Joined(
        int connections, Position position, @Nullable Replay replay) {

    /**
     * The same reply, with what was brought.
     *
     * @param brought the replay
     * @return the reply
     */
    public Joined with(Replay brought) {
        return new Joined(connections, position, brought);
    }
}
