package dev.confab.tck.behaviour;

import dev.confab.spi.Announcements;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Another's store, into whose acts a test can step: before one, or after it has happened. Acts go by their names. */
final class Probe implements Store {

    private final Store store;
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> after = new ConcurrentHashMap<>();
    private final RoomStore rooms;
    private final UserStore users;
    private final PresenceStore presence;
    private volatile @Nullable Announcements announcements;

    Probe(Store store) {
        this.store = store;
        rooms = watch(RoomStore.class, store.rooms());
        users = watch(UserStore.class, store.users());
        presence = watch(PresenceStore.class, store.presence());
    }

    /** Does something before each act of a name, on the same thread; what it throws, the act throws in its place. */
    void before(String act, Runnable step) {
        before.put(act, step);
    }

    /** Does something after each act of a name, on the same thread; what it throws, the act throws though it happened. */
    void after(String act, Runnable step) {
        after.put(act, step);
    }

    /** Lets acts of a name fail without happening. */
    void fail(String act) {
        before(act, () -> {
            throw new StoreDown(act);
        });
    }

    /** Steps out of all acts. */
    void heal() {
        before.clear();
        after.clear();
    }

    /** Where this store announces what it commits. */
    Announcements announcements() {
        return Objects.requireNonNull(announcements, "not open");
    }

    @Override
    public void open(String node, Announcements hearers) {
        run(before, "open");
        announcements = hearers;
        store.open(node, hearers);
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
        run(after, "close");
    }

    private <T> T watch(Class<T> part, T real) {
        InvocationHandler handler = (_, act, args) -> {
            run(before, act.getName());
            Object result = call(real, act, args);
            run(after, act.getName());
            return result;
        };
        return part.cast(Proxy.newProxyInstance(part.getClassLoader(), new Class<?>[] {part}, handler));
    }

    private static @Nullable Object call(Object real, Method act, Object @Nullable [] args) throws Throwable {
        try {
            return act.invoke(real, args);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNullElse(e.getCause(), e);
        }
    }

    private static void run(Map<String, Runnable> steps, String act) {
        Runnable step = steps.get(act);
        if (step != null) {
            step.run();
        }
    }

    /** The failure that {@link #fail} makes. */
    static final class StoreDown extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        StoreDown(String act) {
            super("the store is down: " + act);
        }
    }
}
