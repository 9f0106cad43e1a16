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
}
