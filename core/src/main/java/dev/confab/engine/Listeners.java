package dev.confab.engine;

import dev.confab.Confab;
import dev.confab.ConfabListener;
import dev.confab.ConfabListener.Inconsistency;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells the embedder's listeners, and the log, what happens to the server itself. */
final class Listeners {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final List<ConfabListener> listeners;

    Listeners(List<ConfabListener> listeners) {
        this.listeners = listeners;
    }

    void ready(Confab chat) {
        each(listener -> listener.ready(chat));
    }

    void closed(@Nullable Throwable cause) {
        each(listener -> listener.closed(cause));
    }

    void storeInconsistent(Throwable cause, Inconsistency where) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the store failed half-way, presence or what clients know of it may be wrong: " + where,
                cause);
        each(listener -> listener.storeInconsistent(cause, where));
    }

    void transportInconsistent(Throwable cause, Inconsistency where) {
        LOG.log(System.Logger.Level.ERROR, "a transport failed half-way, delivery may be wrong: " + where, cause);
        each(listener -> listener.transportInconsistent(cause, where));
    }

    void lockTimeExceeded(String user, String room) {
        LOG.log(System.Logger.Level.WARNING, "a join or leave of user {0} and room {1} took long", user, room);
        each(listener -> listener.lockTimeExceeded(user, room));
    }

    private void each(Consumer<ConfabListener> action) {
        for (ConfabListener listener : listeners) {
            try {
                action.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed", e);
            }
        }
    }
}
