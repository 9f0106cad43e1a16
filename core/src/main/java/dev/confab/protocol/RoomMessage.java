package dev.confab.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Appends a message to a room's log and tells every member.
 *
 * <p>With a key the message is published once: where the same author has posted to the room under the same key a short
 * while ago, nothing is appended and nobody is told, and the reply is that of the first time, which it says. So an
 * asker that got no reply may ask again. Bodies are not compared. A command that fails before the message is in the log
 * doesn't use its key up. {@link dev.confab.ChatOptions#messageKeyTime()} and
 * {@link dev.confab.ChatOptions#messageKeysPerUser()} say how long a key is remembered. All that the server says without
 * naming a user has one author.
 *
 * <p>Errors: {@code noRoom}; {@code notJoined} for a user with no member connection; {@code badArgument} for a body that
 * the server's message format does not allow.
 *
 * @param room the room's name
 * @param body what to say
 * @param key what the asker calls this message, 1 to {@value #MAX_KEY_LENGTH} UTF-16 units of any kind; null for none
 */
public record RoomMessage(String room, Body body, @Nullable String key) implements RoomCommand<Posted> {

    /** The longest key, in UTF-16 units. */
    public static final int MAX_KEY_LENGTH = 64;

    /**
     * Checks the key.
     *
     * @throws IllegalArgumentException where the key is too short or too long
     */
    public RoomMessage {
        if (key != null && !isKey(key)) {
            throw new IllegalArgumentException("a key has 1 to " + MAX_KEY_LENGTH + " characters, not " + key.length());
        }
    }

    /**
     * The command, without a key.
     *
     * @param room the room's name
     * @param body what to say
     * @return the command
     */
    public static RoomMessage of(String room, Body body) {
        return new RoomMessage(room, body, null);
    }

    /**
     * The command, to be carried out once however often it is asked.
     *
     * @param room the room's name
     * @param body what to say
     * @param key what the asker calls this message
     * @return the command
     */
    public static RoomMessage once(String room, Body body, String key) {
        return new RoomMessage(room, body, key);
    }

    /**
     * Whether a text can be a key.
     *
     * @param text the text
     * @return true if it can
     */
    public static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= MAX_KEY_LENGTH;
    }
}
