package dev.confab.protocol;

/**
 * A {@link ChatError} on its way to whoever asked. Thrown by a hook, it becomes the command's reply as it is; any other
 * exception of a hook becomes {@code internalError}. It carries no stack trace: it is an answer, not a fault.
 */
public class ChatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the client is told. */
    @SuppressWarnings("serial") // values are not serialised; nobody sends exceptions about
    private final ChatError error;

    /**
     * Carries an error.
     *
     * @param error the error
     */
    public ChatException(ChatError error) {
        super(error.text(), null, false, false);
        this.error = error;
    }

    /**
     * The error carried.
     *
     * @return the error
     */
    public ChatError error() {
        return error;
    }
}
