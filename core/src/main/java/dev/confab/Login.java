package dev.confab;

import dev.confab.protocol.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom a login hook lets in.
 *
 * @param user the name to go by; null or empty refuses with {@code noLogin}
 * @param data what the client is told with the confirmation, next to its connection's id
 */
public record Login(@Nullable String user, Value.Obj data) {

    /**
     * Lets a user in.
     *
     * @param user the name
     * @return the login
     */
    public static Login as(String user) {
        return new Login(user, Value.Obj.EMPTY);
    }

    /**
     * Lets a user in, if there is a name.
     *
     * @param user the name, or nothing to refuse with {@code noLogin}
     * @return the login
     */
    public static Login as(Optional<String> user) {
        return new Login(user.orElse(null), Value.Obj.EMPTY);
    }

    /**
     * Tells the client something with the confirmation.
     *
     * @param told what; its field {@code id} is overwritten with the connection's id
     * @return the login
     */
    public Login with(Value.Obj told) {
        return new Login(user, told);
    }
}
