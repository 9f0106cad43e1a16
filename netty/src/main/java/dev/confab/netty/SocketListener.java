package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What hears a client in a namespace. All methods are called on the session's loop. */
interface SocketListener {

    /**
     * An event.
     *
     * @param items its name, a string or a number, and its arguments
     * @param weight the memory it holds, in bytes
     * @param ack takes the reply, once, on any thread; null where the client wants none
     */
    void event(List<Value> items, int weight, @Nullable Consumer<List<Value>> ack);

    /** The client has left the namespace, or ended. Called once. */
    void ended(CloseReason reason);
}
