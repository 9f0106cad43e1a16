package dev.confab.spi;

/** Where a transport brings its connections: the engine. */
public interface Reception {

    /**
     * Takes a connection in and begins its login. Returns at once; may be called on an event loop.
     *
     * @param connection the connection, ready to be written to
     * @return where to bring what the connection sends
     */
    Inbox welcome(Connection connection);
}
