package dev.confab.spi;

/**
 * Those connections of one lane that hear the same: the members of one room, say. What is sent to an audience reaches
 * exactly those connections that were added before and not removed before. All methods return at once and may be
 * called on any thread; the caller orders its calls.
 */
public interface Audience {

    /**
     * Adds a connection of this audience's lane that is not in it.
     *
     * @param connection the connection
     */
    void add(Connection connection);

    /**
     * Removes a connection; one that is not in it, or has ended, is ignored.
     *
     * @param connection the connection
     */
    void remove(Connection connection);

    /**
     * Writes to all connections in it.
     *
     * @param frame something that their common dialect has encoded
     */
    void send(Frame frame);
}
