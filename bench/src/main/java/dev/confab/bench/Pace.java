package dev.confab.bench;

/** When publishers say the next thing. */
sealed interface Pace {

    /**
     * A closed loop: a publisher sends the next message when one of its outstanding ones is acknowledged and has
     * reached all members of the room.
     *
     * @param messages how many of each publisher's messages may be outstanding; 1 or more
     */
    record Outstanding(int messages) implements Pace {}

    /**
     * A schedule: messages are due at fixed times, however slow the server is, and wait from then on.
     *
     * @param perSecond messages per second of all publishers together; more than 0
     */
    record Rate(double perSecond) implements Pace {}
}
