package dev.confab.netty;

/** What happens in a Socket.IO namespace. */
interface Namespace {

    /**
     * Decides about a client that wants in, by {@link NamespaceSocket#accept} or {@link NamespaceSocket#refuse}, now on
     * the session's loop or later on any thread.
     */
    void connect(NamespaceSocket socket);

    /** Whether a client that is here, and nowhere else, may stay beyond the connect timeout. */
    default boolean holdsOpen() {
        return true;
    }
}
