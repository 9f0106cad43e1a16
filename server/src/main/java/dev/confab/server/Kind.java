package dev.confab.server;

/**
 * What the value of an option may be: how it is read and written, and what is allowed.
 *
 * @param <T> what the value becomes
 */
interface Kind<T> {

    /**
     * Reads a value.
     *
     * @param node as it was written
     * @return the value
     * @throws Unfit where it is not allowed
     */
    T read(Node node);

    /**
     * How a value is written.
     *
     * @param value the value
     * @return text that {@link #read} reads
     */
    String show(T value);

    /**
     * A word that stands for the value where the flag is explained.
     *
     * @return the word
     */
    String label();

    /**
     * What is allowed.
     *
     * @return words that go on after "is" or "is not"
     */
    String allowed();
}
