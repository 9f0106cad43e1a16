package dev.confab.protocol;

/**
 * A command about the user who asks, or between two users.
 *
 * @param <R> what a successful reply holds
 */
public sealed interface UserCommand<R> extends Command<R>
        permits DirectMessage,
                DirectAddToList,
                DirectRemoveFromList,
                DirectGetAccessList,
                DirectGetWhitelistMode,
                DirectSetWhitelistMode,
                ListOwnConnections,
                SystemMessage {}
