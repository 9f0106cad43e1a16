package dev.confab.protocol;

import java.time.Instant;

/**
 * The reply to {@link RoomMessage}: the message is in the log.
 *
 * @param position where
 * @param timestamp when, by the store's clock, to the millisecond
 * @param repeat whether it was in the log already, under the key of the command, so that nobody was told this time
 */
public record Posted(Position position, Instant timestamp, boolean repeat) {

    /**
     * The message's id.
     *
     * @return 1 or more
     */
    public long id() {
        return position.id();
    }
}
