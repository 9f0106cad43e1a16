package dev.confab;

import java.util.Set;

/**
 * From whom a user takes direct messages at first.
 *
 * @param whitelist users whose messages arrive in whitelist mode
 * @param blacklist users whose messages never arrive
 * @param whitelistOnly whether only whitelisted users get through
 */
public record DirectSettings(Set<String> whitelist, Set<String> blacklist, boolean whitelistOnly) {

    /** From everybody. */
    public static final DirectSettings DEFAULT = new DirectSettings(Set.of(), Set.of(), false);

    /** Copies the lists. */
    public DirectSettings {
        whitelist = Set.copyOf(whitelist);
        blacklist = Set.copyOf(blacklist);
    }
}
