package dev.confab.protocol;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a command failed: a reply like any other, after which the connection lives on.
 *
 * @param code what went wrong, one word of the contract or of a hook's own making
 * @param args what it went wrong with, by code
 * @param retryable whether the same command may succeed later, unchanged
 */
public record ChatError(String code, List<Value> args, boolean retryable) {

    /** Copies the arguments. */
    public ChatError {
        args = List.copyOf(args);
    }

    /**
     * An error of a hook's own making.
     *
     * @param code its code, which is also its text
     * @param args its arguments
     * @return the error
     */
    public static ChatError of(String code, Value... args) {
        return new ChatError(code, Arrays.asList(args), false);
    }

    /**
     * An argument is of the wrong type or out of range.
     *
     * @param index its place, from 0
     * @param value what was given
     * @return the error
     */
    public static ChatError badArgument(int index, Value value) {
        return of("badArgument", Value.of(index), value);
    }

    /**
     * The server failed; its log says why, the asker learns no more.
     *
     * @return the error
     */
    public static ChatError internalError() {
        return new ChatError("internalError", List.of(Value.of("Internal server error")), true);
    }

    /**
     * Not the name of a user or room.
     *
     * @param name what was given
     * @return the error
     */
    public static ChatError invalidName(Value name) {
        return of("invalidName", name);
    }

    /**
     * A connection that is not, or no longer, connected.
     *
     * @param connection its id
     * @return the error
     */
    public static ChatError invalidSocket(String connection) {
        return of("invalidSocket", Value.of(connection));
    }

    /**
     * No command has this name.
     *
     * @param name the name
     * @return the error
     */
    public static ChatError noCommand(String name) {
        return of("noCommand", Value.of(name));
    }

    /**
     * A list, or the set of rooms, would outgrow its limit; nothing was added.
     *
     * @param list its name
     * @return the error
     */
    public static ChatError listLimitExceeded(String list) {
        return of("listLimitExceeded", Value.of(list));
    }

    /**
     * No list has this name.
     *
     * @param list the name
     * @return the error
     */
    public static ChatError noList(String list) {
        return of("noList", Value.of(list));
    }

    /**
     * The server has no way to log in, or it gave no name.
     *
     * @return the error
     */
    public static ChatError noLogin() {
        return of("noLogin");
    }

    /**
     * No room has this name.
     *
     * @param room the name
     * @return the error
     */
    public static ChatError noRoom(String room) {
        return of("noRoom", Value.of(room));
    }

    /**
     * A command that only a live connection can give.
     *
     * @param command the command's name on the wire, or {@code connection} at login
     * @return the error
     */
    public static ChatError noSocket(String command) {
        return of("noSocket", Value.of(command));
    }

    /**
     * No user has this name.
     *
     * @param user the name
     * @return the error
     */
    public static ChatError noUser(String user) {
        return of("noUser", Value.of(user));
    }

    /**
     * The user has no connection.
     *
     * @param user the user
     * @return the error
     */
    public static ChatError noUserOnline(String user) {
        return of("noUserOnline", Value.of(user));
    }

    /**
     * The asker may not.
     *
     * @return the error
     */
    public static ChatError notAllowed() {
        return of("notAllowed");
    }

    /**
     * The asker is not in the room.
     *
     * @param room the room
     * @return the error
     */
    public static ChatError notJoined(String room) {
        return of("notJoined", Value.of(room));
    }

    /**
     * More was asked for than a rate limit allows; nothing was done.
     *
     * @param wait after how many milliseconds the same command is allowed, if nothing else is asked meanwhile; 1 or more
     * @return the error
     */
    public static ChatError rateLimited(long wait) {
        return new ChatError("rateLimited", List.of(Value.of(wait)), true);
    }

    /**
     * A room of this name exists.
     *
     * @param room the name
     * @return the error
     */
    public static ChatError roomExists(String room) {
        return of("roomExists", Value.of(room));
    }

    /**
     * The server, or a hook, took too long. What was asked may have happened.
     *
     * @return the error
     */
    public static ChatError timeout() {
        return new ChatError("timeout", List.of(), true);
    }

    /**
     * A user of this name exists.
     *
     * @param user the name
     * @return the error
     */
    public static ChatError userExists(String user) {
        return of("userExists", Value.of(user));
    }

    /**
     * The user is online, and may not be for this.
     *
     * @param user the user
     * @return the error
     */
    public static ChatError userOnline(String user) {
        return of("userOnline", Value.of(user));
    }

    /**
     * Too few arguments.
     *
     * @param expected how many the command takes
     * @param given how many there were
     * @return the error
     */
    public static ChatError wrongArgumentsCount(int expected, int given) {
        return of("wrongArgumentsCount", Value.of(expected), Value.of(given));
    }

    /**
     * The error in words, in the contract's own: {@code No such room lobby}.
     *
     * @return one line
     */
    public String text() {
        return switch (code) {
            case "badArgument" -> "Bad argument at position " + arg(0) + ", value " + arg(1);
            case "internalError" -> plain(0);
            case "invalidName" -> "String " + plain(0) + " contains invalid characters";
            case "invalidSocket" -> "Socket " + plain(0) + " is not connected";
            case "noCommand" -> "No such command " + plain(0);
            case "listLimitExceeded" -> "Exceeded " + plain(0) + " size limit";
            case "noList" -> "No such list " + plain(0);
            case "noLogin" -> "No login provided";
            case "noRoom" -> "No such room " + plain(0);
            case "noSocket" -> "Command " + plain(0) + " requires a valid socket";
            case "noUser" -> "No such user " + plain(0);
            case "noUserOnline" -> "No such user online " + plain(0);
            case "notAllowed" -> "Action is not allowed";
            case "notJoined" -> "Not joined to room " + plain(0);
            case "rateLimited" -> "Too many requests, try again in " + arg(0) + " ms";
            case "roomExists" -> "Room " + plain(0) + " already exists";
            case "timeout" -> "Server operation timeout";
            case "userExists" -> "User " + plain(0) + " already exists";
            case "userOnline" -> "User " + plain(0) + " is online";
            case "wrongArgumentsCount" -> "Expected " + arg(0) + " arguments, got " + arg(1);
            default -> code;
        };
    }

    private @Nullable Value arg(int index) {
        return index < args.size() ? args.get(index) : null;
    }

    private String plain(int index) {
        return arg(index) instanceof Value.Text(String text) ? text : String.valueOf(arg(index));
    }
}
