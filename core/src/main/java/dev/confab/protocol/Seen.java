package dev.confab.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reply to {@link RoomUserSeen}.
 *
 * @param joined whether the user is in the room now
 * @param timestamp when the user's first connection joined, or the last one left; null for a user never seen, or
 *     forgotten
 */
public record Seen(boolean joined, @Nullable Instant timestamp) {

    /** A user never seen. */
    public static final Seen NEVER = new Seen(false, null);
}
