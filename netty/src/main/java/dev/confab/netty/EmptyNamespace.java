package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace in which nothing happens: the root, which older clients always enter on their way elsewhere. */
final class EmptyNamespace implements Namespace {

    @Override
    public void connect(NamespaceSocket socket) {
        socket.accept(_ -> new SocketListener() {
            @Override
            public void event(List<Value> items, int weight, @Nullable Consumer<List<Value>> ack) {
                // nobody listens here
            }

            @Override
            public void ended(CloseReason reason) {
                // nobody mourns here
            }
        });
    }

    @Override
    public boolean holdsOpen() {
        return false;
    }
}
