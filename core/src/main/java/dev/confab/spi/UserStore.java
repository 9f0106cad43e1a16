package dev.confab.spi;

import dev.confab.DirectSettings;
import dev.confab.protocol.DirectList;
import java.util.List;

/**
 * Users: their existence and whom they take direct messages from. A user who connects without having been created
 * exists from then on, with default settings; a store may forget such a user some time after the last connection
 * ended, as long as nothing was ever set for it. All methods that name a user throw {@code noUser} where there is
 * none, but for those that say otherwise.
 */
public interface UserStore {

    /**
     * Creates a user, who is never forgotten.
     *
     * @param user the name; valid, which the caller has checked
     * @param settings how the user begins
     * @throws dev.confab.protocol.ChatException {@code userExists}; {@code listLimitExceeded} where the store keeps no
     *     more users for whom something is set
     */
    void create(String user, DirectSettings settings);

    /**
     * Deletes a user.
     *
     * @param user the user
     * @throws dev.confab.protocol.ChatException {@code userOnline} where the user has a connection
     */
    void delete(String user);

    /**
     * Whether there is such a user.
     *
     * @param user the name
     * @return true if so
     */
    boolean exists(String user);

    /**
     * Whether a recipient takes direct messages from a sender: not from those in the blacklist, and in whitelist mode
     * only from those in the whitelist. Nobody takes them from oneself.
     *
     * @param recipient the recipient
     * @param sender the sender, known or not
     * @return true if so
     */
    boolean takesDirect(String recipient, String sender);

    /**
     * The names in a list, in no particular order.
     *
     * @param user the user
     * @param list the list
     * @return the names
     */
    List<String> list(String user, DirectList list);

    /**
     * Whether a list holds a name.
     *
     * @param user the user
     * @param list the list
     * @param name the name
     * @return true if so
     */
    boolean lists(String user, DirectList list, String name);

    /**
     * Changes a list. A name given twice counts once; one that is to be removed and isn't there is ignored.
     *
     * @param user the user
     * @param change what to change
     * @throws dev.confab.protocol.ChatException {@code invalidName} for a name longer than
     *     {@link dev.confab.protocol.Names#MAX_LENGTH}, the only thing that a name in a list may not be;
     *     {@code listLimitExceeded} where names that the list doesn't hold yet would make it larger than the limit, and
     *     where the store keeps no more users for whom something is set
     */
    void changeList(String user, ListChange change);

    /**
     * The mode of direct messages.
     *
     * @param user the user
     * @return whether only whitelisted senders get through
     */
    boolean whitelistOnly(String user);

    /**
     * Sets the mode of direct messages.
     *
     * @param user the user
     * @param whitelistOnly the mode
     * @throws dev.confab.protocol.ChatException {@code listLimitExceeded} where the store keeps no more users for whom
     *     something is set
     */
    void setWhitelistMode(String user, boolean whitelistOnly);

    /**
     * A change of a list.
     *
     * @param list the list
     * @param add true to add, false to remove
     * @param names the names; may be empty, may repeat
     * @param limit how many names the list may hold; of no meaning where names are removed
     */
    record ListChange(DirectList list, boolean add, List<String> names, int limit) {
        /** Copies the names. */
        public ListChange {
            names = List.copyOf(names);
        }
    }
}
