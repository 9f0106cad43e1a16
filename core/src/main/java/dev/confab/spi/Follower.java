package dev.confab.spi;

/**
 * Who is told when a connection can't keep up with an {@link Audience}. Called on the lane; returns at once.
 */
public interface Follower {

    /**
     * A message of the log could not be written. The connection had every message of the audience before this one, and
     * gets none from this one on, until {@link Audience#follow} lets it follow again.
     *
     * @param id the message's id
     */
    void fellBehind(long id);
}
