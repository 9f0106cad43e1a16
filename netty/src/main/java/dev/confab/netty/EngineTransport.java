package dev.confab.netty;

import dev.confab.protocol.CloseReason;

/** What carries the packets of a session: requests that come and go, or a WebSocket. On the session's lane only. */
interface EngineTransport {

    /**
     * Writes a packet; it goes out with {@link #flush}.
     *
     * @return how many bytes wait for the lane's flush because of it
     */
    int write(EncodedPacket packet, WireForm form);

    /**
     * Writes what a burst says now, by itself or with {@link #flush} together with what it will have said by then.
     *
     * @return how many bytes that nobody shares wait for the lane's flush because of it
     */
    int hear(Burst burst, Said said);

    /**
     * Writes what the burst that is followed has said to here, and follows it no more.
     *
     * @return how many bytes that nobody shares wait for the lane's flush because of it
     */
    int catchUp();

    /** Sends what was written since the last time, as far as the client takes it. */
    void flush();

    /** How many bytes are collected for the next flush. */
    int collected();

    /** Whether as much waits to be written as may wait for messages of rooms. */
    boolean isFull();

    /** How many bytes wait to be written. */
    long unwrittenBytes();

    void pauseReading();

    void resumeReading();

    /** Sees to the deadlines that have passed; {@link System#nanoTime}. */
    void tick(long now);

    /** Says what was written before, and that the session ends. */
    void close(CloseReason reason);

    /** Something could not be written: nothing more is. */
    void abort();

    /** The session has ended: nothing more is written. */
    void end();
}
