package dev.confab;

import dev.confab.protocol.Body;

/** Decides which messages are in order. Replaces the default format of one string field {@code textMessage}. */
@FunctionalInterface
public interface MessageCheck {

    /**
     * Looks at one message. Runs on a virtual thread and may block, until {@link ChatOptions#hookDeadline()}.
     *
     * @param body the message, without the reserved fields
     * @throws Exception a {@link dev.confab.protocol.ChatException} becomes the reply, anything else
     *     {@code internalError}; no hook runs
     */
    void check(Body body) throws Exception;
}
