package dev.confab.protocol;

/**
 * Hands a value to the asker's other connections; to all of them where no connection asks.
 *
 * @param message any value
 */
public record SystemMessage(Value message) implements UserCommand<Done> {
    /**
     * The command.
     *
     * @param message any value
     * @return the command
     */
    public static SystemMessage of(Value message) {
        return new SystemMessage(message);
    }
}
