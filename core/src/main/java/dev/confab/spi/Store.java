package dev.confab.spi;

/**
 * Where rooms and users are kept, and which announces what it commits. The store decides order: a room's log is the
 * truth about what was said in it, and when.
 *
 * <p><b>Acts.</b> Each method of the three parts is one act: it happens whole or not at all, and its {@link Guard} is
 * checked inside it. After a {@link dev.confab.protocol.ChatException} nothing has changed. After any other exception
 * the act may or may not have happened; callers treat it as a failure of the store and say so.
 *
 * <p><b>Announcements.</b> An act that changes what members of a room hear announces it to the {@link Announcements}
 * given at {@link #open} before it returns, on every node. Announcements of one room come one at a time, in the order
 * of its acts, so messages come in the order of their ids.
 *
 * <p><b>Threads.</b> Methods may be called by any number of threads at once, and may block; the engine calls them on
 * virtual threads only, and holds no lock while it does.
 */
public interface Store extends AutoCloseable {

    /**
     * Opens the store for one node. Called once, before anything that announces.
     *
     * @param node this node's id
     * @param announcements who hears what the store commits
     */
    void open(String node, Announcements announcements);

    /**
     * Rooms: their settings, lists and logs.
     *
     * @return the same part each time
     */
    RoomStore rooms();

    /**
     * Users: their existence and whom they take direct messages from.
     *
     * @return the same part each time
     */
    UserStore users();

    /**
     * Presence: who is connected, and which connections are members of which rooms.
     *
     * @return the same part each time
     */
    PresenceStore presence();

    /** Closes the store; no announcement follows. Closing twice does nothing. */
    @Override
    void close();
}
