package dev.confab.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a room's log.
 *
 * @param id 1, 2, 3 … within the room's epoch
 * @param author who said it; null where the server did without naming a user
 * @param timestamp when it was stored, to the millisecond
 * @param body what it says
 */
public record Message(long id, @Nullable String author, Instant timestamp, Body body) {}
