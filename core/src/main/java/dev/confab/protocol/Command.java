package dev.confab.protocol;

/**
 * What a client asks, or the server on a user's behalf. Every command gets exactly one reply: a result or a
 * {@link ChatError}. Commands are plain data; who asks, and what the asker may do, is decided where they run.
 *
 * @param <R> what a successful reply holds
 */
public sealed interface Command<R> permits RoomCommand, UserCommand {}
