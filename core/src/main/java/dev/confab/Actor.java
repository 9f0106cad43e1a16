package dev.confab;

import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;

/**
 * Someone in whose name the server gives commands. Immutable: each method that changes something answers another actor.
 * Commands given this way run at once on the calling thread; they never wait in a connection's queue.
 */
public interface Actor {

    /**
     * Acts on one of the user's connections, which {@link dev.confab.protocol.RoomJoin} and
     * {@link dev.confab.protocol.RoomLeave} need. Unlike the connection's own client, the connection itself hears the
     * echoes too.
     *
     * @param connection the connection's id
     * @return the actor
     */
    Actor on(String connection);

    /**
     * Ignores the permissions of rooms and users; but who may join is still decided by the room's lists.
     *
     * @return the actor
     */
    Actor bypassingPermissions();

    /**
     * Runs neither before nor after hooks.
     *
     * @return the actor
     */
    Actor bypassingHooks();

    /**
     * Gives a command, and answers how it ended.
     *
     * @param command the command
     * @param rest more arguments, for hooks
     * @param <R> what a successful reply holds
     * @return the outcome
     * @throws IllegalStateException where a hook of a join or leave asks to join or leave the same as the same user
     */
    <R> Outcome<R> call(Command<R> command, Value... rest);

    /**
     * Gives a command, and answers its result.
     *
     * @param command the command
     * @param <R> what a successful reply holds
     * @return the result
     * @throws ChatException the command's error
     * @throws IllegalStateException where a hook answered in words of its own; {@link #call} gives them
     */
    default <R> R execute(Command<R> command) {
        return switch (call(command)) {
            case Outcome.Success<R> success -> success.result();
            case Outcome.Failure<R> failure -> throw new ChatException(failure.error());
            case Outcome.Answered<R> _ ->
                throw new IllegalStateException(
                        "a hook answered " + command.getClass().getSimpleName() + " in words of its own; use call");
        };
    }
}
