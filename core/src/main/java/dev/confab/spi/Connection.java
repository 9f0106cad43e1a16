package dev.confab.spi;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;

/**
 * One client's persistent link, as its transport sees it. What is handed over for writing is written in the order in
 * which it was handed over, by {@link #send} or through an {@link Audience} of the same lane. All methods return at
 * once, may be called on any thread, and do nothing once the connection has ended.
 */
public interface Connection {

    /**
     * The connection's public id: unguessable, unlike every other one, no secret of any session.
     *
     * @return the id; begins with what {@link Lane} and transport like, means nothing to others
     */
    String id();

    /**
     * What is known of the client since it connected.
     *
     * @return the handshake
     */
    Handshake handshake();

    /**
     * How this connection's client wants things spelled.
     *
     * @return a dialect; connections that share one share encodings
     */
    Dialect dialect();

    /**
     * The lane that writes to this connection; for the connection's whole life the same.
     *
     * @return the lane
     */
    Lane lane();

    /**
     * Writes to this connection alone.
     *
     * @param frame something that this connection's dialect has encoded
     */
    void send(Frame frame);

    /**
     * Runs something once all that was handed over before has left the outbox, into the network's own buffers. Nothing is run
     * once the connection has ended. A connection that gets no further for too long meanwhile is closed as too slow.
     *
     * @param action returns at once; runs on the lane
     */
    void whenWritten(Runnable action);

    /** Stops reading from the client, until {@link #resumeReading}. */
    void pauseReading();

    /** Reads from the client again. */
    void resumeReading();

    /**
     * Ends the connection, once what was handed over before is written. The transport tells the {@link Inbox} when it
     * has ended.
     *
     * @param reason why; decides how the client is told
     */
    void close(CloseReason reason);
}
