package dev.confab;

import dev.confab.protocol.Value;
import java.util.List;

/** Handles requests of the embedder's own, under names that are no commands. */
@FunctionalInterface
public interface RequestHandler {

    /**
     * Handles one request. Runs on a virtual thread and may block, until {@link ChatOptions#hookDeadline()}; never at
     * the same time as another command of the same connection.
     *
     * @param connection who asks
     * @param args the arguments
     * @return the reply's values behind the absence of an error; may be empty
     * @throws Exception a {@link dev.confab.protocol.ChatException} becomes the reply, anything else
     *     {@code internalError}
     */
    List<Value> handle(ClientConnection connection, List<Value> args) throws Exception;
}
