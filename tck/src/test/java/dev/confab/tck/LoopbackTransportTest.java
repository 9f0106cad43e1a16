package dev.confab.tck;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.spi.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class LoopbackTransportTest extends TransportContract {

    @Override
    protected Transport newTransport() {
        return LoopbackTransport.builder()
                .lanes(2)
                .patience(Duration.ofSeconds(10))
                .build();
    }

    @Override
    protected Client connect(Transport open, Map<String, String> query) {
        return new LoopbackEnd(((LoopbackTransport) open).connect(query));
    }

    /** Reads a loopback client's record from its beginning. */
    private static final class LoopbackEnd implements Client {
        private final LoopbackClient client;
        private long requests;
        private int read;

        LoopbackEnd(LoopbackClient client) {
            this.client = client;
        }

        @Override
        public long request(String name, List<Value> args) {
            var _ = client.send(name, args.toArray());
            return ++requests;
        }

        @Override
        public void emit(String name, List<Value> args) {
            client.emit(name, args.toArray());
        }

        @Override
        public @Nullable Heard next(Duration patience) {
            Heard next = client.heard(read, patience);
            read += next == null ? 0 : 1;
            return next;
        }

        @Override
        public void leave() {
            client.disconnect();
        }

        @Override
        public void drop() {
            client.drop();
        }

        @Override
        public @Nullable Boolean awaitEnd(Duration patience) {
            CloseReason reason = client.awaitClosed();
            return reason.comeBack();
        }

        @Override
        public void close() {
            client.disconnect();
        }
    }
}
