package dev.confab.spi;

import java.net.URI;
import java.util.List;

/**
 * A door: it lets connections in, turns what they send into requests, and writes what they are told.
 *
 * <p>The engine calls {@link #open}, later {@link #stopAccepting} and then {@link #close}, each once and in this order,
 * from any thread.
 */
public interface Transport {

    /**
     * Begins to let connections in.
     *
     * @param reception who receives them
     * @throws java.io.IOException where the door can't be opened, an address in use for example
     */
    void open(Reception reception) throws java.io.IOException;

    /**
     * Where the door is, once open.
     *
     * @return addresses that clients can use, with the port really bound; empty for a door without addresses
     */
    List<URI> addresses();

    /**
     * Holds the caller up while more was handed over for writing than this door wants to wait, so that nothing can
     * outrun it. The engine calls this before each command and event of the embedder's, on the thread that is about to
     * carry it out, and holds no lock then; where a hook asks, the command that the hook belongs to is under way. Returns soon: what has to be written doesn't wait for the caller. A thread
     * that writes is never held up.
     */
    default void pace() {}

    /** Lets nobody in any more; those inside stay. */
    void stopAccepting();

    /**
     * Closes the connections that are left with {@link dev.confab.protocol.CloseReason#SERVER_SHUTDOWN}, and then the
     * door. Returns when all that was handed over for writing was written or given up, within a bounded time.
     */
    void close();
}
