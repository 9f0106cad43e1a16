package dev.confab.server;

import static dev.confab.server.Kinds.size;
import static dev.confab.server.Kinds.span;
import static dev.confab.server.Kinds.whole;
import static dev.confab.server.Option.Section.MEMORY;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;

import dev.confab.memory.MemoryStore;
import java.util.List;

/** Options of the in-process store, with its defaults. */
final class MemoryTable {

    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;

    static final Bound<MemoryStore.Builder, Integer> MAX_ROOMS = Bound.of(
            MEMORY,
            "maxRooms",
            whole(0, 10_000_000),
            100_000,
            MemoryStore.Builder::maxRooms,
            "how many rooms there may be");

    static final List<Bound<MemoryStore.Builder, ?>> ALL = List.of(
            MAX_ROOMS,
            Bound.of(
                    MEMORY,
                    "historyBytesPerRoom",
                    size(0, TIB),
                    8 * MIB,
                    MemoryStore.Builder::historyBytesPerRoom,
                    "how much the history of one room may take; its oldest messages go first"),
            Bound.of(
                    MEMORY,
                    "historyBytes",
                    Kinds.sizeOrAuto(0, TIB),
                    Kinds.AUTO,
                    MemoryTable::historyBytes,
                    "how much all histories may take together; the oldest messages of all go first;"
                            + " auto is a quarter of the largest heap there may be, but 1GiB at most"),
            Bound.of(
                    MEMORY,
                    "messageKeyBytes",
                    Kinds.sizeOrAuto(0, TIB),
                    Kinds.AUTO,
                    MemoryTable::messageKeyBytes,
                    "how much the keys of recent messages may take, about 300B each; the oldest of all go first;"
                            + " auto is a sixteenth of the largest heap there may be, but 64MiB at most"),
            Bound.of(
                    MEMORY,
                    "absentUsersPerRoom",
                    whole(0, 10_000_000),
                    10_000,
                    MemoryStore.Builder::absentUsersPerRoom,
                    "of how many absent users each room remembers when they were seen"),
            Bound.of(
                    MEMORY,
                    "userRetention",
                    span(ZERO, ofDays(365)),
                    ofHours(1),
                    MemoryStore.Builder::userRetention,
                    "how long a user is remembered who is offline and for whom nothing was ever set"),
            Bound.of(
                    MEMORY,
                    "maxOfflineUsers",
                    whole(0, 10_000_000),
                    100_000,
                    MemoryStore.Builder::maxOfflineUsers,
                    "how many such users are remembered; those offline longest go first"),
            Bound.of(
                    MEMORY,
                    "maxConfiguredUsers",
                    whole(0, 10_000_000),
                    100_000,
                    MemoryStore.Builder::maxConfiguredUsers,
                    "for how many users something may be set: whom they take direct messages from"));

    private MemoryTable() {}

    private static void historyBytes(MemoryStore.Builder store, long bytes) {
        if (bytes != Kinds.AUTO) {
            store.historyBytes(bytes);
        }
    }

    private static void messageKeyBytes(MemoryStore.Builder store, long bytes) {
        if (bytes != Kinds.AUTO) {
            store.messageKeyBytes(bytes);
        }
    }
}
