package dev.confab.netty;

import dev.confab.Handshake;

/** Decides who may enter the chat namespace, before any login: the contract's namespace middleware. */
@FunctionalInterface
public interface Admission {

    /**
     * Decides about one client. Runs on a virtual thread and may block, until the door's connect timeout.
     *
     * @param handshake what is known of the client
     * @throws Exception refuses: the client is told the message of a {@link dev.confab.protocol.ChatException}'s error
     *     code, or nothing of the cause for anything else; it stays connected and may try again
     */
    void admit(Handshake handshake) throws Exception;
}
