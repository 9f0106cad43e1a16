package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Asks a join to bring what was missed since a position, and to say where it brought the client.
 *
 * @param since how far the client has read; null where it has read nothing, and wants to know the position only
 */
public record Resume(@Nullable Position since) {}
