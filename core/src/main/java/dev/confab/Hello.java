package dev.confab;

import java.util.Optional;

/**
 * A client that wants to log in.
 *
 * @param chat the server
 * @param connection the connection's id
 * @param handshake what is known of the client
 */
public record Hello(Confab chat, String connection, Handshake handshake) {

    /**
     * A parameter of the URL.
     *
     * @param name its name
     * @return its value, or nothing where it was absent
     */
    public Optional<String> query(String name) {
        return handshake.query(name);
    }

    /**
     * A string field of what the client sent to log in.
     *
     * @param name its name
     * @return its value, or nothing where there is no such string
     */
    public Optional<String> auth(String name) {
        return handshake.auth(name);
    }
}
