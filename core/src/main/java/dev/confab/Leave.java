package dev.confab;

/**
 * A connection that is a member no longer: it left, or ended, or its user lost access.
 *
 * @param chat the server
 * @param user the user
 * @param room the room
 * @param connection the connection's id
 * @param connections how many of the user's connections are members still; 0 where access was lost
 */
public record Leave(Confab chat, String user, String room, String connection, int connections) {}
