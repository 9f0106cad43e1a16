package dev.confab.tck;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until a test moves it, forward or back. For any number of threads. */
public final class FakeClock extends Clock {

    private final Hand hand;
    private final ZoneId zone;

    private FakeClock(Hand hand, ZoneId zone) {
        this.hand = hand;
        this.zone = zone;
    }

    /**
     * Makes a clock that shows a time.
     *
     * @param time the time
     * @return a new clock, in UTC
     */
    public static FakeClock at(Instant time) {
        return new FakeClock(new Hand(time), ZoneOffset.UTC);
    }

    /**
     * Shows another time.
     *
     * @param time the time
     */
    public void set(Instant time) {
        hand.set(time);
    }

    /**
     * Lets time pass.
     *
     * @param duration how much; negative to go back
     * @return the time that it is now
     */
    public Instant advance(Duration duration) {
        return hand.advance(duration);
    }

    @Override
    public Instant instant() {
        return hand.time();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    /** The same clock, as seen in another zone: they move together. */
    @Override
    public FakeClock withZone(ZoneId other) {
        return new FakeClock(hand, other);
    }

    /** What the clock shows, in whatever zone it is looked at. */
    private static final class Hand {
        private Instant time;

        Hand(Instant time) {
            this.time = time;
        }

        synchronized Instant time() {
            return time;
        }

        synchronized void set(Instant other) {
            time = other;
        }

        synchronized Instant advance(Duration duration) {
            time = time.plus(duration);
            return time;
        }
    }
}
