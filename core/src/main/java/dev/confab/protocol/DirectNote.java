package dev.confab.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A direct message as its recipient gets it.
 *
 * @param author who said it; null where the server did without naming a user
 * @param timestamp when it was accepted, to the millisecond
 * @param body what it says
 */
public record DirectNote(@Nullable String author, Instant timestamp, Body body) {}
