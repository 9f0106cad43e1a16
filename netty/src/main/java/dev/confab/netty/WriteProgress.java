package dev.confab.netty;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits until everything before it has been written, and whether anything is written meanwhile. Holds nothing while
 * nobody waits. On the loop only.
 */
final class WriteProgress {

    private @Nullable List<Runnable> asked;
    private int waiting;
    private long since;
    private long left;

    void ask(Runnable action) {
        if (asked == null) {
            asked = new ArrayList<>(1);
        }
        asked.add(action);
        if (waiting == 0) {
            since = System.nanoTime();
            left = Long.MAX_VALUE;
        }
        waiting++;
    }

    /** What was asked for since the last call. */
    List<Runnable> takeAsked() {
        List<Runnable> taken = asked;
        asked = null;
        return taken == null ? List.of() : taken;
    }

    /** All that was written before these were asked for has left. */
    void reached(List<Runnable> actions) {
        waiting -= actions.size();
        actions.forEach(Runnable::run);
    }

    /**
     * Whether somebody waits, and nothing has left for too long. To be asked now and then.
     *
     * @param now the time, in nanoseconds
     * @param bytes how much is left to be written
     * @param patience how long is too long, in nanoseconds
     */
    boolean isStuck(long now, long bytes, long patience) {
        if (waiting == 0) {
            return false;
        }
        if (bytes < left) {
            since = now;
        }
        left = bytes;
        return now - since > patience;
    }
}
