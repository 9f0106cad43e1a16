package dev.confab.protocol;

/**
 * Sets whether only whitelisted users may send the asker direct messages.
 *
 * @param whitelistOnly the mode
 */
public record DirectSetWhitelistMode(boolean whitelistOnly) implements UserCommand<Done> {
    /**
     * The command.
     *
     * @param whitelistOnly the mode
     * @return the command
     */
    public static DirectSetWhitelistMode of(boolean whitelistOnly) {
        return new DirectSetWhitelistMode(whitelistOnly);
    }
}
