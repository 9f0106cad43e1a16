package dev.confab.tck;

import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Announcements;
import dev.confab.spi.Departure;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails, waits and loses announcements as a test wants it to, and is the store it stands before in
 * everything else.
 *
 * <pre>{@code
 * var faulty = FaultyStore.around(MemoryStore.create());
 * faulty.before(Op.LEAVE).failOnce(new IllegalStateException("the network is down"));
 * faulty.after(Op.APPEND).failEvery(3, new IllegalStateException("no answer came"));
 * faulty.announcing(News.POSTED).dropOnce();
 * try (Hold hold = faulty.before(Op.JOIN).hold()) {
 *     hold.awaitHeld();
 * }
 * }</pre>
 *
 * <p>For any number of threads. Announcements are made one at a time, those of different rooms too.
 */
public final class FaultyStore implements Store {

    private final Store store;
    private final RoomStore rooms;
    private final UserStore users;
    private final PresenceStore presence;
    private final Map<Op, Point> points = forEach(Op.class, _ -> new Point());
    private final Map<News, Mishaps> mishaps = forEach(News.class, _ -> new Mishaps());

    private FaultyStore(Store store) {
        this.store = store;
        rooms = part(RoomStore.class, store.rooms());
        users = part(UserStore.class, store.users());
        presence = part(PresenceStore.class, store.presence());
    }

    /**
     * Stands before a store.
     *
     * @param store the store; used and closed through the new one only
     * @return a store without any fault yet
     */
    public static FaultyStore around(Store store) {
        return new FaultyStore(store);
    }

    /**
     * What goes wrong before an operation takes effect.
     *
     * @param op the operation
     * @return its faults, the same each time
     */
    public Faults before(Op op) {
        return point(op).before;
    }

    /**
     * What goes wrong when an operation has taken effect, and its caller doesn't know yet.
     *
     * @param op the operation
     * @return its faults, the same each time
     */
    public Faults after(Op op) {
        return point(op).after;
    }

    /**
     * What happens to announcements on their way to the node.
     *
     * @param news which ones
     * @return their mishaps, the same each time
     */
    public Mishaps announcing(News news) {
        return find(mishaps, news);
    }

    /**
     * How often an operation was called.
     *
     * @param op the operation
     * @return how often, whatever became of the calls
     */
    public long calls(Op op) {
        return point(op).calls.get();
    }

    @Override
    public void open(String node, Announcements announcements) {
        store.open(node, new Route(announcements));
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
        store.close();
    }

    private Point point(Op op) {
        return find(points, op);
    }

    private <T> T part(Class<T> type, T target) {
        Map<String, Op> ops = Arrays.stream(Op.values())
                .filter(op -> op.part == type)
                .collect(Collectors.toMap(op -> op.method, op -> op));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, args) -> {
            Op op = ops.get(method.getName());
            return op == null ? call(target, method, args) : point(op).call(target, method, args);
        }));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <K extends Enum<K>, V> Map<K, V> forEach(Class<K> keys, Function<K, V> value) {
        var map = new EnumMap<K, V>(keys);
        for (K key : keys.getEnumConstants()) {
            map.put(key, value.apply(key));
        }
        return map;
    }

    private static <K, V> V find(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no " + key);
        }
        return value;
    }

    /** What a store can be asked to do. */
    public enum Op {
        /** {@link RoomStore#create}. */
        CREATE_ROOM(RoomStore.class, "create"),
        /** {@link RoomStore#delete}. */
        DELETE_ROOM(RoomStore.class, "delete"),
        /** {@link RoomStore#exists}. */
        ROOM_EXISTS(RoomStore.class, "exists"),
        /** {@link RoomStore#view}. */
        VIEW(RoomStore.class, "view"),
        /** {@link RoomStore#append}. */
        APPEND(RoomStore.class, "append"),
        /** {@link RoomStore#readAfter}. */
        READ_AFTER(RoomStore.class, "readAfter"),
        /** {@link RoomStore#readNewest}. */
        READ_NEWEST(RoomStore.class, "readNewest"),
        /** {@link RoomStore#list}. */
        LIST(RoomStore.class, "list"),
        /** {@link RoomStore#lists}. */
        LISTS(RoomStore.class, "lists"),
        /** {@link RoomStore#mayJoin}. */
        MAY_JOIN(RoomStore.class, "mayJoin"),
        /** {@link RoomStore#changeList}. */
        CHANGE_LIST(RoomStore.class, "changeList"),
        /** {@link RoomStore#setWhitelistMode}. */
        SET_WHITELIST_MODE(RoomStore.class, "setWhitelistMode"),
        /** {@link RoomStore#seen}. */
        SEEN(RoomStore.class, "seen"),
        /** {@link RoomStore#setOwner}. */
        SET_OWNER(RoomStore.class, "setOwner"),
        /** {@link RoomStore#setHistoryMaxSize}. */
        SET_HISTORY_MAX_SIZE(RoomStore.class, "setHistoryMaxSize"),
        /** {@link RoomStore#setUpdates}. */
        SET_UPDATES(RoomStore.class, "setUpdates"),
        /** {@link UserStore#create}. */
        CREATE_USER(UserStore.class, "create"),
        /** {@link UserStore#delete}. */
        DELETE_USER(UserStore.class, "delete"),
        /** {@link UserStore#exists}. */
        USER_EXISTS(UserStore.class, "exists"),
        /** {@link UserStore#takesDirect}. */
        TAKES_DIRECT(UserStore.class, "takesDirect"),
        /** {@link UserStore#list}. */
        DIRECT_LIST(UserStore.class, "list"),
        /** {@link UserStore#lists}. */
        DIRECT_LISTS(UserStore.class, "lists"),
        /** {@link UserStore#changeList}. */
        CHANGE_DIRECT_LIST(UserStore.class, "changeList"),
        /** {@link UserStore#whitelistOnly}. */
        DIRECT_WHITELIST_MODE(UserStore.class, "whitelistOnly"),
        /** {@link UserStore#setWhitelistMode}. */
        SET_DIRECT_WHITELIST_MODE(UserStore.class, "setWhitelistMode"),
        /** {@link PresenceStore#connect}. */
        CONNECT(PresenceStore.class, "connect"),
        /** {@link PresenceStore#disconnect}. */
        DISCONNECT(PresenceStore.class, "disconnect"),
        /** {@link PresenceStore#join}. */
        JOIN(PresenceStore.class, "join"),
        /** {@link PresenceStore#undoJoin}. */
        UNDO_JOIN(PresenceStore.class, "undoJoin"),
        /** {@link PresenceStore#isMember}. */
        IS_MEMBER(PresenceStore.class, "isMember"),
        /** {@link PresenceStore#leave}. */
        LEAVE(PresenceStore.class, "leave"),
        /** {@link PresenceStore#connections}. */
        CONNECTIONS(PresenceStore.class, "connections"),
        /** {@link PresenceStore#members}. */
        MEMBERS(PresenceStore.class, "members"),
        /** {@link PresenceStore#isOnline}. */
        IS_ONLINE(PresenceStore.class, "isOnline"),
        /** {@link PresenceStore#notify(String, Event)}. */
        NOTIFY(PresenceStore.class, "notify"),
        /** {@link PresenceStore#tell}. */
        TELL(PresenceStore.class, "tell"),
        /** {@link PresenceStore#dismiss}. */
        DISMISS(PresenceStore.class, "dismiss"),
        /** {@link PresenceStore#reserve}. */
        RESERVE(PresenceStore.class, "reserve"),
        /** {@link PresenceStore#beat}. */
        BEAT(PresenceStore.class, "beat"),
        /** {@link PresenceStore#lastBeat}. */
        LAST_BEAT(PresenceStore.class, "lastBeat"),
        /** {@link PresenceStore#connectionsOf}. */
        CONNECTIONS_OF(PresenceStore.class, "connectionsOf"),
        /** {@link PresenceStore#retain}. */
        RETAIN(PresenceStore.class, "retain");

        private final Class<?> part;
        private final String method;

        Op(Class<?> part, String method) {
            this.part = part;
            this.method = method;
        }
    }

    /** What a store announces. */
    public enum News {
        /** {@link Announcements#posted}. */
        POSTED,
        /** {@link Announcements#notified}. */
        NOTIFIED,
        /** {@link Announcements#departed}. */
        DEPARTED,
        /** {@link Announcements#told}. */
        TOLD,
        /** {@link Announcements#dismissed}. */
        DISMISSED
    }

    /** Where the calls of an operation come by. */
    private static final class Point {
        final Faults before = new Faults();
        final Faults after = new Faults();
        final AtomicLong calls = new AtomicLong();

        @Nullable
        Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
            calls.incrementAndGet();
            before.pass();
            Object result = FaultyStore.call(target, method, args);
            after.pass();
            return result;
        }
    }

    /** The way of announcements to the node. */
    private final class Route implements Announcements {
        private final Announcements node;

        Route(Announcements node) {
            this.node = node;
        }

        @Override
        public void posted(String room, Position position, Message message) {
            take(News.POSTED, () -> node.posted(room, position, message));
        }

        @Override
        public void notified(String room, Event event) {
            take(News.NOTIFIED, () -> node.notified(room, event));
        }

        @Override
        public void departed(String room, List<Departure> departures) {
            take(News.DEPARTED, () -> node.departed(room, departures));
        }

        @Override
        public void told(String user, Event event, @Nullable String except) {
            take(News.TOLD, () -> node.told(user, event, except));
        }

        @Override
        public void dismissed(String user) {
            take(News.DISMISSED, () -> node.dismissed(user));
        }

        /** A held announcement is made by another thread, so all of them take turns. */
        private void take(News news, Runnable announcement) {
            announcing(news).pass(() -> {
                synchronized (this) {
                    announcement.run();
                }
            });
        }
    }
}
