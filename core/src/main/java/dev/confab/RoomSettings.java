package dev.confab;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a room begins. What is left null is as the server's {@link ChatOptions} have it.
 *
 * @param owner who owns it; null for nobody
 * @param adminlist users who may change its lists and mode
 * @param whitelist users who may join in whitelist mode
 * @param blacklist users who may not join
 * @param whitelistOnly whether it begins in whitelist mode; default false
 * @param historyMaxSize how many messages it keeps at most, 0 or more; null for the server's default
 * @param enableUserlistUpdates whether users who come and go are announced; null for the server's default
 * @param enableAccessListsUpdates whether changes of lists and mode are announced; null for the server's default
 */
public record RoomSettings(
        @Nullable String owner,
        Set<String> adminlist,
        Set<String> whitelist,
        Set<String> blacklist,
        boolean whitelistOnly,
        @Nullable Integer historyMaxSize,
        @Nullable Boolean enableUserlistUpdates,
        @Nullable Boolean enableAccessListsUpdates) {

    /** A room without owner, lists or settings of its own. */
    public static final RoomSettings DEFAULT = builder().build();

    /** Copies the lists and checks the history size. */
    public RoomSettings {
        adminlist = Set.copyOf(adminlist);
        whitelist = Set.copyOf(whitelist);
        blacklist = Set.copyOf(blacklist);
        if (historyMaxSize != null && historyMaxSize < 0) {
            throw new IllegalArgumentException("historyMaxSize is 0 or more, not " + historyMaxSize);
        }
    }

    /**
     * Starts with a room without owner, lists or settings of its own.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects settings. Each method replaces what was set before. */
    public static final class Builder {
        private @Nullable String owner;
        private Set<String> adminlist = Set.of();
        private Set<String> whitelist = Set.of();
        private Set<String> blacklist = Set.of();
        private boolean whitelistOnly;
        private @Nullable Integer historyMaxSize;
        private @Nullable Boolean enableUserlistUpdates;
        private @Nullable Boolean enableAccessListsUpdates;

        private Builder() {}

        /**
         * Sets the owner.
         *
         * @param name a user, known or not; null for nobody
         * @return this
         */
        public Builder owner(@Nullable String name) {
            owner = name;
            return this;
        }

        /**
         * Sets who may change the room's lists and mode.
         *
         * @param names users, known or not
         * @return this
         */
        public Builder adminlist(String... names) {
            adminlist = Set.copyOf(List.of(names));
            return this;
        }

        /**
         * Sets who may join in whitelist mode.
         *
         * @param names users, known or not
         * @return this
         */
        public Builder whitelist(String... names) {
            whitelist = Set.copyOf(List.of(names));
            return this;
        }

        /**
         * Sets who may not join.
         *
         * @param names users, known or not
         * @return this
         */
        public Builder blacklist(String... names) {
            blacklist = Set.copyOf(List.of(names));
            return this;
        }

        /**
         * Sets whether the room begins in whitelist mode.
         *
         * @param mode the mode; default false
         * @return this
         */
        public Builder whitelistOnly(boolean mode) {
            whitelistOnly = mode;
            return this;
        }

        /**
         * Sets how many messages the room keeps.
         *
         * @param messages 0 or more; null for the server's default
         * @return this
         */
        public Builder historyMaxSize(@Nullable Integer messages) {
            historyMaxSize = messages;
            return this;
        }

        /**
         * Sets whether users who come and go are announced.
         *
         * @param enabled null for the server's default
         * @return this
         */
        public Builder enableUserlistUpdates(@Nullable Boolean enabled) {
            enableUserlistUpdates = enabled;
            return this;
        }

        /**
         * Sets whether changes of lists and mode are announced.
         *
         * @param enabled null for the server's default
         * @return this
         */
        public Builder enableAccessListsUpdates(@Nullable Boolean enabled) {
            enableAccessListsUpdates = enabled;
            return this;
        }

        /**
         * The settings.
         *
         * @return an immutable copy
         * @throws IllegalArgumentException where the history size is negative
         */
        public RoomSettings build() {
            return new RoomSettings(
                    owner,
                    adminlist,
                    whitelist,
                    blacklist,
                    whitelistOnly,
                    historyMaxSize,
                    enableUserlistUpdates,
                    enableAccessListsUpdates);
        }
    }
}
