package dev.confab.memory;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore;
import dev.confab.spi.RoomView;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The rooms there are. Its own lock guards which ones; each room's lock guards everything within. */
final class MemoryRooms implements RoomStore {

    private final Map<String, MemoryRoom> rooms = new ConcurrentHashMap<>();
    private final Shared shared;
    private final RandomGenerator random;

    MemoryRooms(Shared shared, RandomGenerator random) {
        this.shared = shared;
        this.random = random;
    }

    @Nullable
    MemoryRoom find(String room) {
        return rooms.get(room);
    }

    MemoryRoom get(String room) {
        MemoryRoom found = rooms.get(room);
        if (found == null) {
            throw new ChatException(ChatError.noRoom(room));
        }
        return found;
    }

    @Override
    public synchronized Position create(String room, RoomSettings settings) {
        if (rooms.containsKey(room)) {
            throw new ChatException(ChatError.roomExists(room));
        }
        if (rooms.size() >= shared.limits().maxRooms()) {
            throw new ChatException(ChatError.listLimitExceeded("rooms"));
        }
        String epoch = newEpoch();
        rooms.put(room, new MemoryRoom(room, epoch, settings, shared));
        return new Position(epoch, 0);
    }

    @Override
    public List<Departure> delete(String room, Guard guard) {
        return get(room).delete(guard, () -> remove(room));
    }

    @Override
    public boolean exists(String room) {
        return rooms.containsKey(room);
    }

    @Override
    public RoomView view(String room, Guard guard) {
        return get(room).view(guard);
    }

    @Override
    public Appended append(String room, Guard guard, @Nullable String author, Body body, @Nullable Once once) {
        Appended appended = get(room).append(guard, author, body, once);
        shared.budget().settle();
        return appended;
    }

    @Override
    public LogPage readAfter(String room, Guard guard, long after, PageLimit limit) {
        return get(room).readAfter(guard, after, limit);
    }

    @Override
    public LogPage readNewest(String room, Guard guard, PageLimit limit) {
        return get(room).readNewest(guard, limit);
    }

    @Override
    public List<String> list(String room, Guard guard, RoomList list) {
        return get(room).list(guard, list);
    }

    @Override
    public boolean lists(String room, RoomList list, String name) {
        return get(room).holds(list, name);
    }

    @Override
    public boolean mayJoin(String room, String user) {
        return get(room).mayJoin(user);
    }

    @Override
    public List<Departure> changeList(String room, Guard guard, ListChange change) {
        return get(room).changeList(guard, change);
    }

    @Override
    public List<Departure> setWhitelistMode(String room, Guard guard, boolean whitelistOnly) {
        return get(room).setWhitelistMode(guard, whitelistOnly);
    }

    @Override
    public Seen seen(String room, Guard guard, String user) {
        return get(room).seen(guard, user);
    }

    @Override
    public void setOwner(String room, @Nullable String owner) {
        get(room).setOwner(owner);
    }

    @Override
    public void setHistoryMaxSize(String room, int messages) {
        if (messages < 0) {
            throw new IllegalArgumentException("a room keeps 0 or more messages, not " + messages);
        }
        get(room).setHistoryMaxSize(messages);
    }

    @Override
    public void setUpdates(String room, @Nullable Boolean userlist, @Nullable Boolean accessLists) {
        get(room).setUpdates(userlist, accessLists);
    }

    private synchronized void remove(String room) {
        rooms.remove(room);
    }

    /** Sixteen digits: enough that no two epochs of a name are ever alike. */
    private String newEpoch() {
        return "%016x".formatted(random.nextLong());
    }
}
