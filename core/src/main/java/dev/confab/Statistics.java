package dev.confab;

import dev.confab.protocol.CloseReason;
import java.util.Map;

/**
 * What a server has counted since it started.
 *
 * @param closed how many connections have ended, by reason; reasons that never were are absent
 * @param fellBehind how often a member's connection could not take a message at once
 * @param pagesRead how many pages of a log were read for members that were behind, joins that asked for what they missed
 *     included
 * @param caughtUp how often a member that had fallen behind was live again
 * @param rateLimited how many requests went past a rate limit, those that ended their connection included
 */
public record Statistics(
        Map<CloseReason, Long> closed, long fellBehind, long pagesRead, long caughtUp, long rateLimited) {
    /** Copies the map. */
    public Statistics {
        closed = Map.copyOf(closed);
    }
}
