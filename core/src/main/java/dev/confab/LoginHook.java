package dev.confab;

/** Decides who a client is. */
@FunctionalInterface
public interface LoginHook {

    /**
     * Decides about one client. Runs on a virtual thread and may block, until {@link ChatOptions#hookDeadline()}; the
     * connection's requests wait for it.
     *
     * @param hello who asks
     * @return whom to let in
     * @throws Exception a {@link dev.confab.protocol.ChatException} is told to the client, anything else becomes
     *     {@code internalError}; the connection ends
     */
    Login login(Hello hello) throws Exception;
}
