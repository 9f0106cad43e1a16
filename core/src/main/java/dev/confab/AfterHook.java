package dev.confab;

import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;

/**
 * Runs after a command, whether it succeeded or failed: may look, or answer something else.
 *
 * @param <C> the command's type
 * @param <R> what a successful reply holds
 */
@FunctionalInterface
public interface AfterHook<C extends Command<R>, R> {

    /**
     * Decides what to answer. Runs on a virtual thread and may block, until {@link ChatOptions#hookDeadline()}; never
     * at the same time as another command of the same connection, but at the same time as those of other connections
     * and of the server.
     *
     * @param call the command as it ran, and who asked
     * @param outcome how it ended, or what the after hook before this one made of it
     * @return what to answer
     * @throws Exception a {@link dev.confab.protocol.ChatException} becomes the reply, anything else
     *     {@code internalError}; what the command did stays done
     */
    Outcome<R> after(Call<C> call, Outcome<R> outcome) throws Exception;
}
