package dev.confab.memory;

import dev.confab.DirectSettings;
import dev.confab.protocol.DirectList;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One user. The lock of {@link MemoryUsers} guards it. */
final class MemoryUser {

    /** The user's connections, and the rooms that each is a member of. */
    Map<String, Set<String>> connections = Map.of();

    /** Whom the user takes direct messages from; null while nothing was ever set. */
    @Nullable
    Rules rules;

    boolean isOnline() {
        return !connections.isEmpty();
    }

    boolean takesFrom(String sender) {
        return rules == null || rules.admit(sender);
    }

    boolean lists(DirectList list, String name) {
        return rules != null && rules.of(list).contains(name);
    }

    /** Whom a user takes direct messages from. */
    static final class Rules {
        private final NameSet whitelist;
        private final NameSet blacklist;
        boolean whitelistOnly;

        Rules(DirectSettings settings) {
            whitelist = new NameSet(settings.whitelist());
            blacklist = new NameSet(settings.blacklist());
            whitelistOnly = settings.whitelistOnly();
        }

        NameSet of(DirectList list) {
            return switch (list) {
                case WHITELIST -> whitelist;
                case BLACKLIST -> blacklist;
            };
        }

        boolean areDefault() {
            return !whitelistOnly && whitelist.isEmpty() && blacklist.isEmpty();
        }

        private boolean admit(String sender) {
            return !blacklist.contains(sender) && (!whitelistOnly || whitelist.contains(sender));
        }
    }
}
