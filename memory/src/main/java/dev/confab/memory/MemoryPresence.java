package dev.confab.memory;

import dev.confab.protocol.Event;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is connected, and where: rooms know their members, users their connections, and each act tells both. */
final class MemoryPresence implements PresenceStore {

    private final MemoryRooms rooms;
    private final MemoryUsers users;
    private final Bell bell;
    private final Clock clock;
    private final RecentKeys keys;
    private final KeyedLocks<Turn> turns = new KeyedLocks<>();
    private volatile @Nullable Beat lastBeat;

    MemoryPresence(MemoryRooms rooms, Shared shared) {
        this.rooms = rooms;
        this.users = shared.users();
        this.bell = shared.bell();
        this.clock = shared.clock();
        this.keys = shared.keys();
    }

    /** Says which node this store is open for, which is alive by that. */
    void openFor(String node) {
        lastBeat = new Beat(node, now());
    }

    @Override
    public int connect(String user, String connection) {
        return users.connect(user, connection);
    }

    @Override
    public Disconnected disconnect(String user, String connection) {
        return users.disconnect(user, connection);
    }

    @Override
    public Membership join(String room, Guard guard, String user, String connection) {
        return rooms.get(room).join(guard, user, connection);
    }

    @Override
    public void undoJoin(String room, String user, String connection, Membership membership) {
        MemoryRoom found = rooms.find(room);
        if (found != null) {
            found.undoJoin(user, connection, membership);
        }
    }

    @Override
    public boolean isMember(String room, String epoch, String user, String connection) {
        MemoryRoom found = rooms.find(room);
        return found != null && found.hasMember(epoch, user, connection);
    }

    @Override
    public Leaving leave(String room, String user, String connection) {
        return rooms.get(room).leave(user, connection);
    }

    @Override
    public Map<String, List<String>> connections(String user) {
        return users.connectionsOf(user);
    }

    @Override
    public Map<String, List<String>> members(String room) {
        return rooms.get(room).members();
    }

    @Override
    public boolean isOnline(String user) {
        return users.isOnline(user);
    }

    @Override
    public void notify(String room, Event event) {
        MemoryRoom found = rooms.find(room);
        if (found != null) {
            found.notify(event);
        }
    }

    @Override
    public void tell(String user, Event event, @Nullable String except) {
        bell.told(user, event, except);
    }

    @Override
    public void dismiss(String user) {
        bell.dismissed(user);
    }

    /** The lease is of no use here: who holds a reservation of this process can't die without it. */
    @Override
    public Reservation reserve(String user, String room, Duration patience, Duration lease)
            throws InterruptedException {
        return turns.acquire(new Turn(user, room), patience);
    }

    @Override
    public void beat() {
        users.forget();
        keys.forget();
        Beat last = lastBeat;
        if (last != null) {
            lastBeat = new Beat(last.node(), now());
        }
    }

    @Override
    public @Nullable Instant lastBeat(String node) {
        Beat last = lastBeat;
        return last != null && last.node().equals(node) ? last.time() : null;
    }

    @Override
    public Map<String, String> connectionsOf(String node) {
        return lastBeat(node) == null ? Map.of() : users.connections();
    }

    @Override
    public Map<String, Departure> retain(String user, Collection<String> alive) {
        var dead = new LinkedHashMap<String, List<String>>();
        users.retain(user, alive).forEach((connection, joined) -> {
            for (String room : joined) {
                dead.computeIfAbsent(room, _ -> new ArrayList<>(1)).add(connection);
            }
        });
        var departures = new LinkedHashMap<String, Departure>();
        dead.forEach((room, connections) -> {
            MemoryRoom found = rooms.find(room);
            Departure departure = found == null ? null : found.end(user, connections);
            if (departure != null) {
                departures.put(room, departure);
            }
        });
        return departures;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /** The joins and leaves of one user in one room. */
    private record Turn(String user, String room) {}

    private record Beat(String node, Instant time) {}
}
