package dev.confab;

import java.time.Duration;

/**
 * What can be set about rooms, users and commands. Immutable; made by a builder that knows the defaults.
 *
 * @param enableRoomsManagement whether clients may create rooms, and delete those they own; default false
 * @param enableDirectMessages whether users may send each other direct messages; default false
 * @param enableUserlistUpdates whether new rooms announce users who come and go; default false
 * @param enableAccessListsUpdates whether new rooms announce changes of their lists and mode; default false
 * @param historyMaxSize how many messages a new room keeps at most; 0 or more; default 10,000
 * @param historyMaxGetMessages how many messages one request for history gets at most; 0 or more; default 100
 * @param historyMaxGetBytes how many bytes of messages one request for history gets at most; but one message always; 1 or more; default 262,144
 * @param replayMaxMessages how many messages a join brings at most that were missed; 0 or more; default 1,000
 * @param roomListSizeLimit how many names each list of a room holds at most; 0 or more; default 10,000
 * @param directListSizeLimit how many names each list for direct messages holds at most; 0 or more; default 1,000
 * @param anyObject whether a message may be any object instead of one string field {@code textMessage}; a {@link MessageCheck} decides in its place; default false
 * @param messageKeyTime how long the key of a message is remembered, so that nobody publishes it twice; 0 or more; default 5 min
 * @param messageKeysPerUser how many keys each user's newest messages in a room are remembered by at most; 0 or more; default 100
 * @param heartbeatRate how often this node says in the store that it is alive; more than 0; default 10 s
 * @param heartbeatTimeout after how long without a heartbeat a node is held for dead; more than 0; default 30 s
 * @param closeTimeout how long closing waits for running commands; 0 or more; default 15 s
 * @param hookDeadline how long a hook may take; more than 0; default 10 s
 * @param lockPatience how long a join or leave waits for another one of the same user and room; 0 or more; default 10 s
 * @param lockLease how long a join or leave may take with its hook before {@link ConfabListener#lockTimeExceeded} says so; more than 0; default 5 s
 * @param commandQueueSize how many requests of one connection wait before reading from it pauses; 1 or more; default 64
 * @param commandQueueBytes how many bytes of requests of one connection wait before reading from it pauses; 1 or more; default 1,048,576
 * @param connectionCommands how many requests of any kind each connection may send; default {@link RateLimit#NONE}
 * @param connectionMessages how many messages, to rooms and to users, each connection may send; default {@link RateLimit#NONE}
 * @param connectionBytes how much each connection may send, counted as the memory that its requests take; default {@link RateLimit#NONE}
 * @param userCommands how many requests all connections of a user may send together; default {@link RateLimit#NONE}
 * @param userMessages how many messages they may send together; default {@link RateLimit#NONE}
 * @param userBytes how much they may send together; default {@link RateLimit#NONE}
 * @param closeOverLimit whether a connection that goes past a rate limit is closed, to come back, instead of being told {@code rateLimited}; default false
 */
public record ChatOptions(
        boolean enableRoomsManagement,
        boolean enableDirectMessages,
        boolean enableUserlistUpdates,
        boolean enableAccessListsUpdates,
        int historyMaxSize,
        int historyMaxGetMessages,
        int historyMaxGetBytes,
        int replayMaxMessages,
        int roomListSizeLimit,
        int directListSizeLimit,
        boolean anyObject,
        Duration messageKeyTime,
        int messageKeysPerUser,
        Duration heartbeatRate,
        Duration heartbeatTimeout,
        Duration closeTimeout,
        Duration hookDeadline,
        Duration lockPatience,
        Duration lockLease,
        int commandQueueSize,
        int commandQueueBytes,
        RateLimit connectionCommands,
        RateLimit connectionMessages,
        RateLimit connectionBytes,
        RateLimit userCommands,
        RateLimit userMessages,
        RateLimit userBytes,
        boolean closeOverLimit) {

    /** All defaults. */
    public static final ChatOptions DEFAULT = builder().build();

    /** Checks every range. */
    public ChatOptions {
        atLeast(0, "historyMaxSize", historyMaxSize);
        atLeast(0, "historyMaxGetMessages", historyMaxGetMessages);
        atLeast(1, "historyMaxGetBytes", historyMaxGetBytes);
        atLeast(0, "replayMaxMessages", replayMaxMessages);
        atLeast(0, "roomListSizeLimit", roomListSizeLimit);
        atLeast(0, "directListSizeLimit", directListSizeLimit);
        notNegative("messageKeyTime", messageKeyTime);
        atLeast(0, "messageKeysPerUser", messageKeysPerUser);
        moreThanZero("heartbeatRate", heartbeatRate);
        moreThanZero("heartbeatTimeout", heartbeatTimeout);
        notNegative("closeTimeout", closeTimeout);
        moreThanZero("hookDeadline", hookDeadline);
        notNegative("lockPatience", lockPatience);
        moreThanZero("lockLease", lockLease);
        atLeast(1, "commandQueueSize", commandQueueSize);
        atLeast(1, "commandQueueBytes", commandQueueBytes);
    }

    /**
     * Starts with all defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    private static void atLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + least + " or more, not " + value);
        }
    }

    private static void moreThanZero(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " is more than 0, not " + value);
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + " is 0 or more, not " + value);
        }
    }

    /** Collects options; the record says what each one means. */
    public static final class Builder {
        private boolean enableRoomsManagement;
        private boolean enableDirectMessages;
        private boolean enableUserlistUpdates;
        private boolean enableAccessListsUpdates;
        private int historyMaxSize = 10_000;
        private int historyMaxGetMessages = 100;
        private int historyMaxGetBytes = 256 * 1024;
        private int replayMaxMessages = 1_000;
        private int roomListSizeLimit = 10_000;
        private int directListSizeLimit = 1_000;
        private boolean anyObject;
        private Duration messageKeyTime = Duration.ofMinutes(5);
        private int messageKeysPerUser = 100;
        private Duration heartbeatRate = Duration.ofSeconds(10);
        private Duration heartbeatTimeout = Duration.ofSeconds(30);
        private Duration closeTimeout = Duration.ofSeconds(15);
        private Duration hookDeadline = Duration.ofSeconds(10);
        private Duration lockPatience = Duration.ofSeconds(10);
        private Duration lockLease = Duration.ofSeconds(5);
        private int commandQueueSize = 64;
        private int commandQueueBytes = 1024 * 1024;
        private RateLimit connectionCommands = RateLimit.NONE;
        private RateLimit connectionMessages = RateLimit.NONE;
        private RateLimit connectionBytes = RateLimit.NONE;
        private RateLimit userCommands = RateLimit.NONE;
        private RateLimit userMessages = RateLimit.NONE;
        private RateLimit userBytes = RateLimit.NONE;
        private boolean closeOverLimit;

        private Builder() {}

        /**
         * Sets whether clients may create rooms, and delete those they own.
         *
         * @param value default false
         * @return this
         */
        public Builder enableRoomsManagement(boolean value) {
            enableRoomsManagement = value;
            return this;
        }

        /**
         * Sets whether users may send each other direct messages.
         *
         * @param value default false
         * @return this
         */
        public Builder enableDirectMessages(boolean value) {
            enableDirectMessages = value;
            return this;
        }

        /**
         * Sets whether new rooms announce users who come and go.
         *
         * @param value default false
         * @return this
         */
        public Builder enableUserlistUpdates(boolean value) {
            enableUserlistUpdates = value;
            return this;
        }

        /**
         * Sets whether new rooms announce changes of their lists and mode.
         *
         * @param value default false
         * @return this
         */
        public Builder enableAccessListsUpdates(boolean value) {
            enableAccessListsUpdates = value;
            return this;
        }

        /**
         * Sets how many messages a new room keeps at most.
         *
         * @param value default 10,000
         * @return this
         */
        public Builder historyMaxSize(int value) {
            historyMaxSize = value;
            return this;
        }

        /**
         * Sets how many messages one request for history gets at most.
         *
         * @param value default 100
         * @return this
         */
        public Builder historyMaxGetMessages(int value) {
            historyMaxGetMessages = value;
            return this;
        }

        /**
         * Sets how many bytes of messages one request for history gets at most; but one message always.
         *
         * @param value default 262,144
         * @return this
         */
        public Builder historyMaxGetBytes(int value) {
            historyMaxGetBytes = value;
            return this;
        }

        /**
         * Sets how many messages a join brings at most that were missed.
         *
         * @param value default 1,000
         * @return this
         */
        public Builder replayMaxMessages(int value) {
            replayMaxMessages = value;
            return this;
        }

        /**
         * Sets how many names each list of a room holds at most.
         *
         * @param value default 10,000
         * @return this
         */
        public Builder roomListSizeLimit(int value) {
            roomListSizeLimit = value;
            return this;
        }

        /**
         * Sets how many names each list for direct messages holds at most.
         *
         * @param value default 1,000
         * @return this
         */
        public Builder directListSizeLimit(int value) {
            directListSizeLimit = value;
            return this;
        }

        /**
         * Sets whether a message may be any object instead of one string field {@code textMessage}; a {@link MessageCheck} decides in its place.
         *
         * @param value default false
         * @return this
         */
        public Builder anyObject(boolean value) {
            anyObject = value;
            return this;
        }

        /**
         * Sets how long the key of a message is remembered, so that nobody publishes it twice.
         *
         * @param value default 5 min; 0 to remember none
         * @return this
         */
        public Builder messageKeyTime(Duration value) {
            messageKeyTime = value;
            return this;
        }

        /**
         * Sets how many keys each user's newest messages in a room are remembered by at most.
         *
         * @param value default 100; 0 to remember none
         * @return this
         */
        public Builder messageKeysPerUser(int value) {
            messageKeysPerUser = value;
            return this;
        }

        /**
         * Sets how often this node says in the store that it is alive.
         *
         * @param value default 10 s
         * @return this
         */
        public Builder heartbeatRate(Duration value) {
            heartbeatRate = value;
            return this;
        }

        /**
         * Sets after how long without a heartbeat a node is held for dead.
         *
         * @param value default 30 s
         * @return this
         */
        public Builder heartbeatTimeout(Duration value) {
            heartbeatTimeout = value;
            return this;
        }

        /**
         * Sets how long closing waits for running commands.
         *
         * @param value default 15 s
         * @return this
         */
        public Builder closeTimeout(Duration value) {
            closeTimeout = value;
            return this;
        }

        /**
         * Sets how long a hook may take.
         *
         * @param value default 10 s
         * @return this
         */
        public Builder hookDeadline(Duration value) {
            hookDeadline = value;
            return this;
        }

        /**
         * Sets how long a join or leave waits for another one of the same user and room.
         *
         * @param value default 10 s
         * @return this
         */
        public Builder lockPatience(Duration value) {
            lockPatience = value;
            return this;
        }

        /**
         * Sets how long a join or leave may take with its hook before {@link ConfabListener#lockTimeExceeded} says so.
         *
         * @param value default 5 s
         * @return this
         */
        public Builder lockLease(Duration value) {
            lockLease = value;
            return this;
        }

        /**
         * Sets how many requests of one connection wait before reading from it pauses.
         *
         * @param value default 64
         * @return this
         */
        public Builder commandQueueSize(int value) {
            commandQueueSize = value;
            return this;
        }

        /**
         * Sets how many bytes of requests of one connection wait before reading from it pauses.
         *
         * @param value default 1,048,576
         * @return this
         */
        public Builder commandQueueBytes(int value) {
            commandQueueBytes = value;
            return this;
        }

        /**
         * Sets how many requests of any kind each connection may send.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder connectionCommands(RateLimit value) {
            connectionCommands = value;
            return this;
        }

        /**
         * Sets how many messages, to rooms and to users, each connection may send.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder connectionMessages(RateLimit value) {
            connectionMessages = value;
            return this;
        }

        /**
         * Sets how much each connection may send, in bytes of the memory that its requests take.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder connectionBytes(RateLimit value) {
            connectionBytes = value;
            return this;
        }

        /**
         * Sets how many requests all connections of a user may send together.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder userCommands(RateLimit value) {
            userCommands = value;
            return this;
        }

        /**
         * Sets how many messages all connections of a user may send together.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder userMessages(RateLimit value) {
            userMessages = value;
            return this;
        }

        /**
         * Sets how much all connections of a user may send together, in bytes of the memory that their requests take.
         *
         * @param value default {@link RateLimit#NONE}
         * @return this
         */
        public Builder userBytes(RateLimit value) {
            userBytes = value;
            return this;
        }

        /**
         * Sets whether a connection that goes past a rate limit is closed, to come back, instead of being told {@code rateLimited}.
         *
         * @param value default false
         * @return this
         */
        public Builder closeOverLimit(boolean value) {
            closeOverLimit = value;
            return this;
        }

        /**
         * The options.
         *
         * @return an immutable copy
         * @throws IllegalArgumentException where one is out of range, by its name
         */
        public ChatOptions build() {
            return new ChatOptions(
                    enableRoomsManagement,
                    enableDirectMessages,
                    enableUserlistUpdates,
                    enableAccessListsUpdates,
                    historyMaxSize,
                    historyMaxGetMessages,
                    historyMaxGetBytes,
                    replayMaxMessages,
                    roomListSizeLimit,
                    directListSizeLimit,
                    anyObject,
                    messageKeyTime,
                    messageKeysPerUser,
                    heartbeatRate,
                    heartbeatTimeout,
                    closeTimeout,
                    hookDeadline,
                    lockPatience,
                    lockLease,
                    commandQueueSize,
                    commandQueueBytes,
                    connectionCommands,
                    connectionMessages,
                    connectionBytes,
                    userCommands,
                    userMessages,
                    userBytes,
                    closeOverLimit);
        }
    }
}
