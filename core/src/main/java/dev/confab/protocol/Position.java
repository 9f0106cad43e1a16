package dev.confab.protocol;

/**
 * How far someone has read a room's log. A room that is deleted and created again has a new epoch, so positions of the
 * old log never pass for positions of the new one.
 *
 * @param epoch the creation of the room that this position belongs to; opaque, random, the same for the room's life
 * @param id the id of the last message read; 0 before the first
 */
public record Position(String epoch, long id) {

    /** Checks the id. */
    public Position {
        if (id < 0) {
            throw new IllegalArgumentException("a position's id is 0 or more, not " + id);
        }
    }

    /**
     * The position of another message of the same log.
     *
     * @param other the other id, 0 or more
     * @return the position
     */
    public Position at(long other) {
        return new Position(epoch, other);
    }
}
