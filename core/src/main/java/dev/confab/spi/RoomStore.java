package dev.confab.spi;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rooms: their settings, lists and logs. All methods that name a room throw {@code noRoom} where there is none, before
 * they look at the guard.
 */
public interface RoomStore {

    /**
     * Creates a room with a new, random epoch.
     *
     * @param room its name; valid, which the caller has checked
     * @param settings how it begins
     * @return the position before its first message
     * @throws dev.confab.protocol.ChatException {@code roomExists}; {@code listLimitExceeded} where
     *     the store keeps no more rooms
     */
    Position create(String room, RoomSettings settings);

    /**
     * Deletes a room with its log and all its memberships. Announces the departure of all members, and no user as
     * left. A room created under the same name afterwards has nothing of it.
     *
     * @param room the room
     * @param guard what must hold
     * @return who departed
     */
    List<Departure> delete(String room, Guard guard);

    /**
     * Whether there is such a room.
     *
     * @param room the name
     * @return true if so
     */
    boolean exists(String room);

    /**
     * What a room is like now.
     *
     * @param room the room
     * @param guard what must hold
     * @return a snapshot
     */
    RoomView view(String room, Guard guard);

    /**
     * Appends a message and announces it: one act. The id is one more than the last one, whether or not anything of
     * the log is kept. The timestamp is to the millisecond, and not before that of the message before.
     *
     * <p>With {@code once}, the key is looked up first, in the same act and behind the guard. Where the same author, be
     * it none, has appended under the same key to the log of the same epoch, and the key is still remembered, nothing is
     * appended or announced, and what was appended then is answered again, whatever its body was and whether or not the
     * log still holds it. A key is remembered from the act that appends under it, and no longer than it is among the
     * author's {@code newest} in the room and less than {@code time} has passed since the message's timestamp. An answer
     * from memory prolongs nothing. A store that runs short of memory may forget the oldest keys earlier.
     *
     * @param room the room
     * @param guard what must hold
     * @param author who says it; null where the server does without naming a user
     * @param body what it says
     * @param once the key to append it under; null for none
     * @return where and when it is in the log
     */
    Appended append(String room, Guard guard, @Nullable String author, Body body, @Nullable Once once);

    /**
     * Reads the log forward: the oldest kept messages with an id above {@code after}.
     *
     * @param room the room
     * @param guard what must hold
     * @param after the id to read on from, 0 or more
     * @param limit how many messages and bytes at most
     * @return a page
     */
    LogPage readAfter(String room, Guard guard, long after, PageLimit limit);

    /**
     * Reads the newest messages of the log.
     *
     * @param room the room
     * @param guard what must hold
     * @param limit how many messages and bytes at most
     * @return a page that ends at the head
     */
    LogPage readNewest(String room, Guard guard, PageLimit limit);

    /**
     * The names in a list, in no particular order.
     *
     * @param room the room
     * @param guard what must hold
     * @param list the list
     * @return the names
     */
    List<String> list(String room, Guard guard, RoomList list);

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
     * Whether a user may join, as {@link AccessPolicy#mayJoin} has it.
     *
     * @param room the room
     * @param user the user
     * @return true if so
     */
    boolean mayJoin(String room, String user);

    /**
     * Changes a list, announces the change where the room announces such changes, ends the membership of those who lose
     * access thereby, and announces their departure: one act. The change is announced as it was given, even if the list
     * was like that before. A name given twice counts once; one that is to be removed and isn't there is ignored.
     *
     * <p>Of the names given, those who are members and no administrators lose access where they are added to the
     * blacklist, or removed from the whitelist in whitelist mode.
     *
     * @param room the room
     * @param guard what must hold
     * @param change what to change
     * @return who departed
     * @throws dev.confab.protocol.ChatException {@code invalidName} for a name longer than
     *     {@link dev.confab.protocol.Names#MAX_LENGTH}, the only thing that a name in a list may not be;
     *     {@code listLimitExceeded} where names that the list doesn't hold yet would make it larger than the limit
     */
    List<Departure> changeList(String room, Guard guard, ListChange change);

    /**
     * Sets whitelist mode, announces it where the room announces such changes, ends the membership of those who lose
     * access thereby, and announces their departure: one act. The mode is announced even if it was the same before.
     * Setting it to true, the members who are neither in the whitelist nor administrators lose access.
     *
     * @param room the room
     * @param guard what must hold
     * @param whitelistOnly the mode
     * @return who departed
     */
    List<Departure> setWhitelistMode(String room, Guard guard, boolean whitelistOnly);

    /**
     * When a user was last seen in a room: when the first connection joined or the last one left, whichever was later.
     * A store may forget users who have left.
     *
     * @param room the room
     * @param guard what must hold
     * @param user the user, known or not
     * @return {@link Seen#NEVER} for a user never seen, or forgotten
     */
    Seen seen(String room, Guard guard, String user);

    /**
     * Makes somebody else, or nobody, the owner.
     *
     * @param room the room
     * @param owner the new owner; null for none
     */
    void setOwner(String room, @Nullable String owner);

    /**
     * Sets how many messages a room keeps; a smaller number drops the oldest at once.
     *
     * @param room the room
     * @param messages 0 or more
     */
    void setHistoryMaxSize(String room, int messages);

    /**
     * Sets which changes a room announces.
     *
     * @param room the room
     * @param userlist users who come and go; null to leave it as it is
     * @param accessLists changes of its lists and of its mode; null to leave it as it is
     */
    void setUpdates(String room, @Nullable Boolean userlist, @Nullable Boolean accessLists);

    /**
     * A message in the log.
     *
     * @param position where
     * @param timestamp when it was appended
     * @param repeat whether it was appended by an earlier act
     */
    record Appended(Position position, Instant timestamp, boolean repeat) {
        /**
         * The message's id.
         *
         * @return 1 or more
         */
        public long id() {
            return position.id();
        }

        /**
         * The same message, as later acts under its key answer it.
         *
         * @return what was appended, as a repeat
         */
        public Appended again() {
            return new Appended(position, timestamp, true);
        }
    }

    /**
     * What makes an append happen once.
     *
     * @param key the key, which means nothing to the store
     * @param newest how many keys of one author in one room are remembered, 0 or more
     * @param time how long, 0 or more
     */
    record Once(String key, int newest, Duration time) {}

    /**
     * How much to read.
     *
     * @param messages how many messages at most, 0 or more
     * @param bytes how many bytes at most, by the weight of the bodies; one message is read whatever it weighs
     */
    record PageLimit(int messages, long bytes) {}

    /**
     * A part of a log.
     *
     * @param epoch the log's epoch
     * @param firstId the id of the oldest message kept; one more than {@code lastId} where none is
     * @param lastId the id of the last message, kept or not; 0 before the first
     * @param messages the messages, in the order of their ids, without a gap
     */
    record LogPage(String epoch, long firstId, long lastId, List<Message> messages) {
        /** Copies the messages. */
        public LogPage {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A change of a list.
     *
     * @param list the list, not the userlist
     * @param add true to add, false to remove
     * @param names the names; may be empty, may repeat
     * @param limit how many names the list may hold; of no meaning where names are removed
     */
    record ListChange(RoomList list, boolean add, List<String> names, int limit) {
        /** Copies the names, and refuses the userlist. */
        public ListChange {
            if (list == RoomList.USERLIST) {
                throw new IllegalArgumentException("nobody can edit the userlist");
            }
            names = List.copyOf(names);
        }
    }
}
