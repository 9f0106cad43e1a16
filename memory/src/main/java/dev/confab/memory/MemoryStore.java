package dev.confab.memory;

import dev.confab.spi.Announcements;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * A store inside this process, for one node. It forgets everything when the process ends.
 *
 * <p>Its methods never wait for anything but each other, and for each other only as long as an announcement takes;
 * {@link PresenceStore#reserve} waits as long as it is told to. Rooms don't wait for one another. Announcements about a
 * room are made under its lock.
 *
 * <p>Memory is bounded: by the number of rooms, by the weight of what their histories keep, by that of the
 * keys of recent messages, and by how much is remembered of those who are away. A message weighs what its body does ({@link dev.confab.protocol.Value#weight()})
 * and {@value LogEntry#OVERHEAD} bytes more.
 *
 * <p>Timestamps come from the store's clock, to the millisecond. Within a room they never decrease, even if the clock
 * is set back. Lists, the userlist too, keep the order in which names were added.
 */
public final class MemoryStore implements Store {

    /** How many messages a room keeps whose settings don't say. */
    static final int DEFAULT_HISTORY_MAX_SIZE = 10_000;

    private final Bell bell = new Bell();
    private final AtomicBoolean opened = new AtomicBoolean();
    private final MemoryUsers users;
    private final MemoryRooms rooms;
    private final MemoryPresence presence;

    private MemoryStore(Builder options) {
        users = new MemoryUsers(
                options.clock, options.userRetention, options.maxOfflineUsers, options.maxConfiguredUsers);
        var limits = new Shared.Limits(options.maxRooms, options.historyBytesPerRoom, options.absentUsersPerRoom);
        var shared = new Shared(
                options.clock,
                bell,
                users,
                new HistoryBudget(options.historyBytes),
                new RecentKeys(options.clock, options.messageKeyBytes),
                limits);
        rooms = new MemoryRooms(shared, options.random);
        presence = new MemoryPresence(rooms, shared);
    }

    /**
     * Makes a store with default limits.
     *
     * @return a new, empty store
     */
    public static MemoryStore create() {
        return builder().build();
    }

    /**
     * Starts with default limits.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException where it was opened before
     */
    @Override
    public void open(String node, Announcements announcements) {
        if (!opened.compareAndSet(false, true)) {
            throw new IllegalStateException("a store inside a process serves one node, and was opened already");
        }
        presence.openFor(node);
        bell.ringAt(announcements);
    }

    @Override
    public RoomStore rooms() {
        return rooms;
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public PresenceStore presence() {
        return presence;
    }

    @Override
    public void close() {
        opened.set(true);
        bell.ringAt(null);
    }

    /** Collects a store's limits. Each method replaces what was set before, and refuses what is out of range. */
    public static final class Builder {
        private static final long MIB = 1024L * 1024;
        private static final long MOST_HISTORY_BY_DEFAULT = 1024 * MIB;
        private static final long MOST_KEYS_BY_DEFAULT = 64 * MIB;

        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = new SecureRandom();
        private int maxRooms = 100_000;
        private long historyBytesPerRoom = 8 * MIB;
        private long historyBytes = Math.min(Runtime.getRuntime().maxMemory() / 4, MOST_HISTORY_BY_DEFAULT);
        private long messageKeyBytes = Math.min(Runtime.getRuntime().maxMemory() / 16, MOST_KEYS_BY_DEFAULT);
        private int absentUsersPerRoom = 10_000;
        private Duration userRetention = Duration.ofHours(1);
        private int maxOfflineUsers = 100_000;
        private int maxConfiguredUsers = 100_000;

        private Builder() {}

        /**
         * Sets where timestamps come from.
         *
         * @param value a clock; default the system's
         * @return this
         */
        public Builder clock(Clock value) {
            clock = value;
            return this;
        }

        /**
         * Sets where epochs come from. It is used by one thread at a time.
         *
         * @param value a source of numbers that nobody can guess, but in tests; default {@link SecureRandom}
         * @return this
         */
        public Builder random(RandomGenerator value) {
            random = value;
            return this;
        }

        /**
         * Sets how many rooms there may be.
         *
         * @param value 0 or more; default 100,000
         * @return this
         */
        public Builder maxRooms(int value) {
            maxRooms = (int) atLeast(0, "maxRooms", value);
            return this;
        }

        /**
         * Sets how much the history of a room may weigh; its oldest messages go first.
         *
         * @param value bytes, 0 or more; default 8 MiB
         * @return this
         */
        public Builder historyBytesPerRoom(long value) {
            historyBytesPerRoom = atLeast(0, "historyBytesPerRoom", value);
            return this;
        }

        /**
         * Sets how much the histories of all rooms may weigh together; the oldest messages of all go first.
         *
         * @param value bytes, 0 or more; default a quarter of the largest heap there may be, at most 1 GiB
         * @return this
         */
        public Builder historyBytes(long value) {
            historyBytes = atLeast(0, "historyBytes", value);
            return this;
        }

        /**
         * Sets how much the keys of recent messages may weigh, those of all rooms together; the oldest of all are
         * forgotten first, before their time. A key weighs about 300 bytes.
         *
         * @param value bytes, 0 or more; default a sixteenth of the largest heap there may be, at most 64 MiB
         * @return this
         */
        public Builder messageKeyBytes(long value) {
            messageKeyBytes = atLeast(0, "messageKeyBytes", value);
            return this;
        }

        /**
         * Sets of how many absent users each room remembers when they were seen; those absent longest go first.
         *
         * @param value users, 0 or more; default 10,000
         * @return this
         */
        public Builder absentUsersPerRoom(int value) {
            absentUsersPerRoom = (int) atLeast(0, "absentUsersPerRoom", value);
            return this;
        }

        /**
         * Sets how long a user for whom nothing was ever set is remembered after the last connection ended.
         *
         * @param value 0 or more, to the millisecond; default one hour
         * @return this
         */
        public Builder userRetention(Duration value) {
            atLeast(0, "userRetention", value.toMillis());
            userRetention = value;
            return this;
        }

        /**
         * Sets how many such users are remembered; those offline longest go first.
         *
         * @param value users, 0 or more; default 100,000
         * @return this
         */
        public Builder maxOfflineUsers(int value) {
            maxOfflineUsers = (int) atLeast(0, "maxOfflineUsers", value);
            return this;
        }

        /**
         * Sets for how many users there may be a list or a mode of direct messages; these are never forgotten. Past it,
         * setting one for somebody else fails with {@code listLimitExceeded}, and so does adding a user.
         *
         * @param value users, 0 or more; default 100,000
         * @return this
         */
        public Builder maxConfiguredUsers(int value) {
            maxConfiguredUsers = (int) atLeast(0, "maxConfiguredUsers", value);
            return this;
        }

        /**
         * Makes the store.
         *
         * @return a new, empty store
         */
        public MemoryStore build() {
            return new MemoryStore(this);
        }

        private static long atLeast(long least, String option, long value) {
            if (value < least) {
                throw new IllegalArgumentException(option + " is " + least + " or more, not " + value);
            }
            return value;
        }
    }
}
