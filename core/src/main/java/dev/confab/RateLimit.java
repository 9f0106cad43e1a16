package dev.confab;

/**
 * How much may be asked for in the long run, and how much of it at once. Whoever asks for more than that waits; what is
 * not used up comes back at the rate, up to the burst.
 *
 * @param perSecond how much each second; 1 to 1,000,000,000; 0 for no limit
 * @param burst how much at once, for one who has asked for nothing for a while; 1 to 1,000,000,000; 0 where there is no
 *     limit. A single request that is larger passes when all of the burst is there, and is paid off afterwards.
 */
public record RateLimit(int perSecond, int burst) {

    /** The largest rate, and the largest burst. */
    public static final int MOST = 1_000_000_000;

    /** No limit. */
    public static final RateLimit NONE = new RateLimit(0, 0);

    /** Checks both ranges. */
    public RateLimit {
        check("perSecond", perSecond);
        check("burst", burst);
        if ((perSecond == 0) != (burst == 0)) {
            throw new IllegalArgumentException("perSecond and burst are both 0, for no limit, or both more than 0, not "
                    + perSecond + " and " + burst);
        }
    }

    /**
     * A limit that allows at once what it allows in a second.
     *
     * @param perSecond how much each second
     * @return the limit
     */
    public static RateLimit of(int perSecond) {
        return new RateLimit(perSecond, perSecond);
    }

    /**
     * A limit.
     *
     * @param perSecond how much each second
     * @param burst how much at once
     * @return the limit
     */
    public static RateLimit of(int perSecond, int burst) {
        return new RateLimit(perSecond, burst);
    }

    /**
     * Whether there is no limit.
     *
     * @return true if so
     */
    public boolean isNone() {
        return perSecond == 0;
    }

    private static void check(String name, int value) {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException(name + " is from 0 to " + MOST + ", not " + value);
        }
    }
}
