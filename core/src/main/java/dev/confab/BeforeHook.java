package dev.confab;

import dev.confab.protocol.Command;

/**
 * Runs before a command: may let it pass, change it, answer in its place, or refuse it.
 *
 * @param <C> the command's type
 * @param <R> what a successful reply holds
 */
@FunctionalInterface
public interface BeforeHook<C extends Command<R>, R> {

    /**
     * Decides about one command, whose arguments were found to be in order. Runs on a virtual thread and may block,
     * until {@link ChatOptions#hookDeadline()}; never at the same time as another command of the same connection, but
     * at the same time as those of other connections and of the server.
     *
     * @param call the command and who asks
     * @return the decision
     * @throws Exception a {@link dev.confab.protocol.ChatException} becomes the reply, anything else
     *     {@code internalError}; neither the command nor after hooks run
     */
    Before<R> before(Call<C> call) throws Exception;
}
