package dev.confab.protocol;

/**
 * Hands a message to all connections of another user who is online; nothing is kept. The reply is the message as sent.
 *
 * <p>Errors, in this order: {@code notAllowed} where direct messages are off; {@code noUser}; {@code notAllowed} for a
 * message to oneself or to someone whose lists keep the sender out; {@code noUserOnline}.
 *
 * @param user the recipient
 * @param body what to say
 */
public record DirectMessage(String user, Body body) implements UserCommand<DirectNote> {
    /**
     * The command.
     *
     * @param user the recipient
     * @param body what to say
     * @return the command
     */
    public static DirectMessage of(String user, Body body) {
        return new DirectMessage(user, body);
    }
}
