package dev.confab.spi;

/**
 * Connections that one thread writes to. Everything handed to one lane, frames and changes of audiences alike, takes
 * effect in the order in which it was handed over.
 */
public interface Lane {

    /**
     * Makes an audience without connections.
     *
     * @return the audience
     */
    Audience newAudience();

    /**
     * Says that a command of one of this lane's connections begins. What is handed over until it ends may wait for the
     * rest, for a moment, so that it is written together; a lane that gains nothing by that ignores it. Any thread.
     *
     * @return what to give to {@link #commandEnded}
     */
    default long commandBegins() {
        return 0;
    }

    /**
     * Says that a command has ended, and has handed over what it has to say. Any thread.
     *
     * @param ticket what {@link #commandBegins} returned
     */
    default void commandEnded(long ticket) {}
}
