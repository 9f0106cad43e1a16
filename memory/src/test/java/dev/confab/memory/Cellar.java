package dev.confab.memory;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.Message;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.tck.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** The parts of a store, with limits as a test wants them. */
final class Cellar {

    private static final Shared.Limits LIMITS = new Shared.Limits(1000, 1 << 20, 10);
    private static final long MIB = 1 << 20;
    private static final Duration HOUR = Duration.ofHours(1);
    static final PageLimit ALL = new PageLimit(Integer.MAX_VALUE, Long.MAX_VALUE);

    final FakeClock clock = FakeClock.at(Instant.EPOCH);
    final HistoryBudget budget;
    final RecentKeys keys;
    final MemoryUsers users;
    final MemoryRooms rooms;
    final MemoryPresence presence;

    private Cellar(Shared.Limits limits, long historyBytes, long keyBytes) {
        this(limits, historyBytes, keyBytes, HOUR, 10, 10);
    }

    private Cellar(Duration retention, int maxOffline, int maxConfigured) {
        this(LIMITS, MIB, MIB, retention, maxOffline, maxConfigured);
    }

    private Cellar(
            Shared.Limits limits,
            long historyBytes,
            long keyBytes,
            Duration retention,
            int maxOffline,
            int maxConfigured) {
        budget = new HistoryBudget(historyBytes);
        keys = new RecentKeys(clock, keyBytes);
        users = new MemoryUsers(clock, retention, maxOffline, maxConfigured);
        var shared = new Shared(clock, new Bell(), users, budget, keys, limits);
        rooms = new MemoryRooms(shared, new Random(1));
        presence = new MemoryPresence(rooms, shared);
    }

    static Cellar withHistory(long bytesPerRoom, long bytes) {
        return new Cellar(new Shared.Limits(1000, bytesPerRoom, 10), bytes, MIB);
    }

    static Cellar withKeys(long bytes) {
        return new Cellar(LIMITS, MIB, bytes);
    }

    static Cellar withRooms(int maxRooms) {
        return new Cellar(new Shared.Limits(maxRooms, MIB, 10), MIB, MIB);
    }

    static Cellar withAbsentUsers(int perRoom) {
        return new Cellar(new Shared.Limits(1000, MIB, perRoom), MIB, MIB);
    }

    static Cellar withOfflineUsers(Duration retention, int most) {
        return new Cellar(retention, most, 10);
    }

    static Cellar withConfiguredUsers(int most) {
        return new Cellar(HOUR, 10, most);
    }

    void create(String room, int historyMaxSize) {
        rooms.create(room, RoomSettings.builder().historyMaxSize(historyMaxSize).build());
    }

    long append(String room, String text) {
        return rooms.append(room, Guard.NONE, null, Body.text(text), null).id();
    }

    List<Message> kept(String room) {
        return rooms.readNewest(room, Guard.NONE, ALL).messages();
    }

    List<Long> keptIds(String room) {
        return kept(room).stream().map(Message::id).toList();
    }

    /** What a message with this text weighs while it is kept. */
    static long weight(String text) {
        return (long) LogEntry.OVERHEAD + Body.text(text).fields().weight();
    }
}
