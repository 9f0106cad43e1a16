package dev.confab.netty;

import dev.confab.protocol.CloseReason;

/** What is built on an Engine.IO session. All methods are called on the session's loop. */
interface EngineListener {

    /** The session is open; its open packet is on its way. */
    void opened();

    /** A text message, without its type: it begins at {@code from}. */
    void text(byte[] message, int from) throws ProtocolException;

    /** A binary message. */
    void binary(byte[] message) throws ProtocolException;

    /** Time has passed; {@link System#nanoTime}. */
    void tick(long now);

    /** The session has ended. Called once. */
    void closed(CloseReason reason);
}
