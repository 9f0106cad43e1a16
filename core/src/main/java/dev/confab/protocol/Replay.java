package dev.confab.protocol;

/**
 * What a join with a {@link Resume} has brought.
 *
 * @param firstMessageId the id of the oldest message kept in the act that made the member; one more than the head where
 *     none was
 * @param recovered whether the client has now every message up to the position it joined at: true if and only if its own
 *     position was one of this log, nothing behind it was dropped already, and the replay stayed complete to its end
 * @param missed how many messages were replayed
 */
public record Replay(long firstMessageId, boolean recovered, int missed) {}
