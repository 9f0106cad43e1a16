package dev.confab.netty;

/** A client sent something that is no packet of its protocol. The text is for the log; it holds nothing of the packet. */
final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message, null, false, false);
    }
}
