package dev.confab.memory;

import java.time.Clock;

/** What all rooms of a store have in common. */
record Shared(Clock clock, Bell bell, MemoryUsers users, HistoryBudget budget, RecentKeys keys, Limits limits) {

    /** How much a store keeps; {@link MemoryStore.Builder} explains each. */
    record Limits(int maxRooms, long historyBytesPerRoom, int absentUsersPerRoom) {}
}
