package dev.confab.bench;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What a run does. Clients take turns with rooms, dialects and source addresses: client 0 has the first of each.
 *
 * @param address the server
 * @param dialects how the clients speak; not empty
 * @param from the addresses they come from; empty lets the system choose
 * @param clients how many there are; at least one for each room
 * @param rooms which rooms they join; not empty
 * @param publishers how many clients of each room publish; at most as many as the smallest room has
 * @param pace when they publish
 * @param size how many bytes the text of a message has
 * @param warmup how long messages flow before they are measured
 * @param length how long they are measured
 * @param patience how long the server may say nothing while something is expected
 * @param loops how many threads serve the clients
 * @param stalled how many more clients join the rooms and read nothing, in every other turn; 0 for a single turn
 * @param user what the users' names begin with
 */
record Plan(
        Address address,
        List<Dialect> dialects,
        List<InetAddress> from,
        int clients,
        List<String> rooms,
        int publishers,
        Pace pace,
        int size,
        Duration warmup,
        Duration length,
        Duration patience,
        int loops,
        int stalled,
        String user) {

    /** With and without those who stall, three times. */
    private static final int TURNS = 6;

    /** Servers close who reads nothing for longer; Confab after 30 seconds. */
    private static final Duration LONGEST_STALL = Duration.ofSeconds(20);

    Plan {
        dialects = List.copyOf(dialects);
        from = List.copyOf(from);
        rooms = List.copyOf(rooms);
        if (clients < rooms.size()) {
            throw new UnclearException(clients + " clients can't be in " + rooms.size() + " rooms: each is in one");
        }
        if (publishers > clients / rooms.size()) {
            throw new UnclearException(publishers + " publishers in each room are more than the "
                    + clients / rooms.size() + " clients of one");
        }
        if (stalled > 0 && warmup.plus(length).compareTo(LONGEST_STALL) > 0) {
            throw new UnclearException("with --stalled, --warmup and --seconds are " + Units.seconds(LONGEST_STALL)
                    + " together at most: servers close who reads nothing for long");
        }
    }

    /** How often messages flow for the {@linkplain #length length of a run}. */
    int turns() {
        return stalled == 0 ? 1 : TURNS;
    }

    /** How many publishers there are in all rooms together. */
    int allPublishers() {
        return publishers * rooms.size();
    }
}
