package dev.confab.memory;

import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Announcements;
import dev.confab.spi.Departure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells the node what was committed, while the store is open. What is about a room is told under the room's lock. */
final class Bell implements Announcements {

    private volatile @Nullable Announcements node;

    void ringAt(@Nullable Announcements announcements) {
        node = announcements;
    }

    @Override
    public void posted(String room, Position position, Message message) {
        Announcements to = node;
        if (to != null) {
            to.posted(room, position, message);
        }
    }

    @Override
    public void notified(String room, Event event) {
        Announcements to = node;
        if (to != null) {
            to.notified(room, event);
        }
    }

    @Override
    public void departed(String room, List<Departure> departures) {
        Announcements to = node;
        if (to != null && !departures.isEmpty()) {
            to.departed(room, departures);
        }
    }

    @Override
    public void told(String user, Event event, @Nullable String except) {
        Announcements to = node;
        if (to != null) {
            to.told(user, event, except);
        }
    }

    @Override
    public void dismissed(String user) {
        Announcements to = node;
        if (to != null) {
            to.dismissed(user);
        }
    }
}
