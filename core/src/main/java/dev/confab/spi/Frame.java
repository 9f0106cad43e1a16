package dev.confab.spi;

/**
 * An event as a dialect spells it, ready to be written to any number of connections: immutable, and left to the garbage
 * collector. What is inside is known to the dialect and the transport only.
 */
public interface Frame {

    /**
     * The memory that the frame holds, in bytes.
     *
     * @return an estimate
     */
    int weight();
}
