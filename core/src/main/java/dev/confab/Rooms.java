package dev.confab;

import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import org.jspecify.annotations.Nullable;

/** Rooms, as the server sees them: no permissions, no hooks. Methods may block, and throw {@code noRoom} unless said. */
public interface Rooms {

    /**
     * Creates a room.
     *
     * @param room its name
     * @param settings how it begins
     * @return the position before its first message
     * @throws dev.confab.protocol.ChatException {@code invalidName}, {@code roomExists}, {@code listLimitExceeded}
     */
    Position create(String room, RoomSettings settings);

    /**
     * Deletes a room; its members are told. The same as {@link dev.confab.protocol.RoomDelete} by the server, hooks
     * and all.
     *
     * @param room the room
     */
    void delete(String room);

    /**
     * Whether there is such a room.
     *
     * @param room the name
     * @return true if so
     */
    boolean exists(String room);

    /**
     * Whether a list holds a name.
     *
     * @param room the room
     * @param list the list
     * @param name the name
     * @return true if so
     */
    boolean lists(String room, RoomList list, String name);

    /**
     * Whether a user may join.
     *
     * @param room the room, there or not
     * @param user the user, known or not
     * @return true if so; false too where there is no such room
     */
    boolean mayJoin(String room, String user);

    /**
     * Makes somebody else, or nobody, the owner.
     *
     * @param room the room
     * @param owner a user, known or not; null for nobody
     */
    void setOwner(String room, @Nullable String owner);

    /**
     * Sets how many messages the room keeps; a smaller number drops the oldest at once.
     *
     * @param room the room
     * @param messages 0 or more
     */
    void setHistoryMaxSize(String room, int messages);

    /**
     * Sets whether users who come and go are announced.
     *
     * @param room the room
     * @param enabled whether they are
     */
    void setUserlistUpdates(String room, boolean enabled);

    /**
     * Sets whether changes of lists and mode are announced.
     *
     * @param room the room
     * @param enabled whether they are
     */
    void setAccessListsUpdates(String room, boolean enabled);

    /**
     * Tells all members an event of the embedder's own; it is not kept.
     *
     * @param room the room; where there is none, nobody hears it
     * @param event the event's name among clients
     * @param args its arguments
     */
    void emit(String room, String event, Value... args);
}
