package dev.confab.protocol;

/**
 * Whether only whitelisted users may send the asker direct messages.
 */
public record DirectGetWhitelistMode() implements UserCommand<Boolean> {
    /**
     * The command.
     *
     * @return the command
     */
    public static DirectGetWhitelistMode of() {
        return new DirectGetWhitelistMode();
    }
}
