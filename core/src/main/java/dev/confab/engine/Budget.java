package dev.confab.engine;

import dev.confab.RateLimit;
import org.jspecify.annotations.Nullable;

/**
 * What one asker has used up of its rate limits. For each limit it knows one number: how long, at the limit's rate, the asker
 * still pays for what it has had. A limit is reached where that would be longer than the burst takes. There is no timer: time
 * is counted when somebody asks.
 *
 * <p>A connection's budget may have its user's above it. A request is paid from both, or from none.
 */
final class Budget {

    private static final long SECOND = 1_000_000_000;

    private final Rates rates;
    private final @Nullable Budget above;
    private long seen;
    private long commands;
    private long messages;
    private long bytes;

    Budget(Rates rates, @Nullable Budget above) {
        this.rates = rates;
        this.above = above;
    }

    /**
     * Pays for a request, if there is enough for it.
     *
     * @param isMessage whether it counts as a message
     * @param weight its bytes
     * @param now the time in nanoseconds, since whenever
     * @return 0 where it is paid; otherwise after how many nanoseconds it could be, and nothing is paid
     */
    synchronized long pay(boolean isMessage, int weight, long now) {
        int count = isMessage ? 1 : 0;
        long wait = wait(count, weight, now);
        if (above != null) {
            wait = wait == 0 ? above.pay(isMessage, weight, now) : Math.max(wait, above.wait(count, weight, now));
        }
        if (wait == 0) {
            commands += time(rates.commands(), 1);
            messages += time(rates.messages(), count);
            bytes += time(rates.bytes(), weight);
        }
        return wait;
    }

    private synchronized long wait(int count, int weight, long now) {
        count(now);
        return Math.max(
                wait(rates.commands(), commands, 1),
                Math.max(wait(rates.messages(), messages, count), wait(rates.bytes(), bytes, weight)));
    }

    /** Whether nothing is left to be paid, so that a new budget would be no better. */
    synchronized boolean isWhole(long now) {
        count(now);
        return (commands | messages | bytes) == 0;
    }

    /** A clock that was put back costs nobody more than it stood still for. */
    private void count(long now) {
        long passed = Math.max(0, now - seen);
        seen = now;
        commands = Math.max(0, commands - passed);
        messages = Math.max(0, messages - passed);
        bytes = Math.max(0, bytes - passed);
    }

    /** What is larger than the burst passes where all of the burst is there. */
    private static long wait(RateLimit limit, long owed, int amount) {
        if (amount == 0) {
            return 0;
        }
        return Math.max(0, owed + time(limit, Math.min(amount, limit.burst())) - time(limit, limit.burst()));
    }

    /** Rounded down, so that what makes up a burst fits into it. */
    private static long time(RateLimit limit, int amount) {
        return limit.isNone() ? 0 : amount * SECOND / limit.perSecond();
    }
}
