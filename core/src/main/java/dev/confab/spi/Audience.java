package dev.confab.spi;

/**
 * Those connections of one lane that hear the same: the members of one room, say. What is sent to an audience reaches
 * exactly those connections that were added before and not removed before; messages of a log reach those of them that
 * follow it. All methods return at once and may be called on any thread; the caller orders its calls.
 *
 * <p>A connection whose outbox is full when a message of the log comes doesn't get it: it <em>falls behind</em>, follows no
 * more, and its follower is told. Everything else is written to it still.
 */
public interface Audience {

    /**
     * Adds a connection of this audience's lane that is not in it. It does not follow the log yet.
     *
     * @param connection the connection
     */
    void add(Connection connection);

    /**
     * Lets a connection follow the log from here on. For one that is in the audience and doesn't follow; any other one is
     * ignored.
     *
     * @param connection the connection
     * @param follower who is told, once, when it falls behind
     */
    void follow(Connection connection, Follower follower);

    /**
     * Removes a connection; one that is not in it, or has ended, is ignored.
     *
     * @param connection the connection
     */
    void remove(Connection connection);

    /**
     * Writes something that is in no log to all connections in it.
     *
     * @param frame something that their common dialect has encoded
     */
    void send(Frame frame);

    /**
     * Writes a message of the log to all who follow it.
     *
     * @param frame something that their common dialect has encoded
     * @param id the message's id, above every one before
     */
    void post(Frame frame, long id);

    /**
     * Says that a message is lost: all who follow fall behind at it.
     *
     * @param id the message's id, above every one before
     */
    void skip(long id);
}
