package dev.confab.tck.behaviour;

import dev.confab.spi.Announcements;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Another's store, of which a test decides whether it opens, and knows where it announces and whether it is closed. */
final class OverheardStore implements Store {

    private final Store store;
    private volatile @Nullable Announcements announcements;
    private volatile @Nullable RuntimeException atOpen;
    private volatile boolean closed;

    OverheardStore(Store store) {
        this.store = store;
    }

    void failAtOpen(RuntimeException failure) {
        atOpen = failure;
    }

    Announcements announcements() {
        return Objects.requireNonNull(announcements, "not open");
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void open(String node, Announcements hearers) {
        RuntimeException failure = atOpen;
        if (failure != null) {
            throw failure;
        }
        announcements = hearers;
        store.open(node, hearers);
    }

    @Override
    public RoomStore rooms() {
        return store.rooms();
    }

    @Override
    public UserStore users() {
        return store.users();
    }

    @Override
    public PresenceStore presence() {
        return store.presence();
    }

    @Override
    public void close() {
        store.close();
        closed = true;
    }
}
