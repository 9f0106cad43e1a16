package dev.confab;

/**
 * A connection that is about to be a member.
 *
 * @param chat the server
 * @param user the user
 * @param room the room
 * @param connection the connection's id
 * @param connections how many of the user's connections are members, this one included
 */
public record Join(Confab chat, String user, String room, String connection, int connections) {}
