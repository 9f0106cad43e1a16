package dev.confab.protocol;

/**
 * The reply to {@link RoomJoin}.
 *
 * @param connections how many of the user's connections are members now, this one included
 * @param position the head of the room's log in the act that made the member: later messages follow it
 */
public record Joined(int connections, Position position) {}
