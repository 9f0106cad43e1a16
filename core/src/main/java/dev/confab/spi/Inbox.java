package dev.confab.spi;

import dev.confab.protocol.CloseReason;

/**
 * Where a transport brings what one connection sends. Requests run one after the other in the order in which they were
 * brought; those that come before the login is confirmed wait for it. All methods return at once and may be called on
 * an event loop; a transport calls them one at a time for one connection.
 */
public interface Inbox {

    /**
     * Brings a request. Where many wait already, the engine calls {@link Connection#pauseReading}, and
     * {@link Connection#resumeReading} later.
     *
     * @param request the request
     */
    void submit(Request request);

    /**
     * Says that the connection has ended. What was submitted before still runs. Only the first call counts.
     *
     * @param reason why
     */
    void closed(CloseReason reason);
}
