package dev.confab.protocol;

/**
 * Why a connection ended, or is to end. Unlike a {@link ChatError}, nothing follows it; what a client needs to know is
 * whether to come back.
 */
public enum CloseReason {
    /** The client said goodbye. */
    CLIENT_LEFT(false),
    /** The client's transport ended without a word. */
    CONNECTION_LOST(true),
    /** The client did not answer heartbeats. */
    PING_TIMEOUT(true),
    /** The client sent something that is no protocol of this door. */
    PROTOCOL_ERROR(false),
    /** The client went past a limit of this door. */
    LIMIT_EXCEEDED(false),
    /** The client reads more slowly than it is written to. */
    TOO_SLOW(true),
    /** The client fell behind in a room further than the room's log reaches back. */
    LEFT_BEHIND(true),
    /** The client asked for more than its rate limits allow. */
    RATE_LIMITED(true),
    /** The login was refused. */
    LOGIN_REJECTED(false),
    /** The server, by its own code, ended this connection. */
    KICKED(false),
    /** The server is going down. */
    SERVER_SHUTDOWN(true);

    private final boolean comeBack;

    CloseReason(boolean comeBack) {
        this.comeBack = comeBack;
    }

    /**
     * Whether a client does well to connect again by itself.
     *
     * @return true if it does
     */
    public boolean comeBack() {
        return comeBack;
    }
}
