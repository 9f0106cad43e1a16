package dev.confab;

import org.jspecify.annotations.Nullable;

/**
 * A server that is closing: its doors are closed, its store is still open.
 *
 * @param chat the server
 * @param cause the failure that a door closed with; null where all went well
 */
public record Closing(Confab chat, @Nullable Throwable cause) {}
