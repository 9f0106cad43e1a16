package dev.confab.spi;

import dev.confab.protocol.RoomList;
import org.jspecify.annotations.Nullable;

/** What {@link AccessPolicy} needs to know of a room, as it is inside one act. */
public interface RoomFacts {

    /**
     * The room's name.
     *
     * @return the name
     */
    String name();

    /**
     * The room's owner.
     *
     * @return a user's name, or null for none
     */
    @Nullable
    String owner();

    /**
     * Whether only listed users may join.
     *
     * @return the mode
     */
    boolean whitelistOnly();

    /**
     * Whether a list holds a name.
     *
     * @param list the list; the userlist holds the users with a member connection
     * @param name the name
     * @return true if it does
     */
    boolean lists(RoomList list, String name);
}
