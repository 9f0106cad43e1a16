package dev.confab.spi;

import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who hears what a store commits: the engine of a node.
 *
 * <p>A store calls these methods for one room one at a time and in the order of its acts, perhaps while it holds locks
 * of its own. The methods are quick, never block, never throw and never call the store.
 */
public interface Announcements {

    /**
     * A message was appended.
     *
     * @param room its room
     * @param position where in the log; one behind the position announced before for the same epoch, unless one was
     *     lost on the way
     * @param message the message
     */
    void posted(String room, Position position, Message message);

    /**
     * Something else that members of a room hear.
     *
     * @param room the room
     * @param event what they hear
     */
    void notified(String room, Event event);

    /**
     * Connections are members no longer. They hear what was announced before, and nothing of the room after.
     *
     * @param room the room
     * @param departures who
     */
    void departed(String room, List<Departure> departures);

    /**
     * Something that the connections of one user hear.
     *
     * @param user the user
     * @param event what they hear
     * @param except the id of one connection that doesn't; null for none
     */
    void told(String user, Event event, @Nullable String except);

    /**
     * All connections of a user are to be closed.
     *
     * @param user the user
     */
    void dismissed(String user);
}
