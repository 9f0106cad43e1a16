package dev.confab.server;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;

/** A server that can be started again where it was, with nothing kept. */
final class RestartableServer implements AutoCloseable {

    private final String[] flags;
    private final URI address;
    private ConfabServer server;

    private RestartableServer(String... flags) throws IOException {
        this.flags = flags;
        server = start(0);
        address = server.chat().addresses().getFirst();
    }

    static RestartableServer with(String... flags) throws IOException {
        return new RestartableServer(flags);
    }

    URI address() {
        return address;
    }

    ConfabServer server() {
        return server;
    }

    void restart() throws IOException {
        server.close();
        server = start(address.getPort());
    }

    @Override
    public void close() {
        server.close();
    }

    private ConfabServer start(int port) throws IOException {
        String[] all =
                Stream.concat(Stream.of(flags), Stream.of("--port=" + port)).toArray(String[]::new);
        return ConfabServer.start(Settings.read(Map.of(), all));
    }
}
