package dev.confab;

import dev.confab.protocol.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A command on its way, as hooks see it.
 *
 * @param <C> the command's type
 */
public interface Call<C> {

    /**
     * The server.
     *
     * @return the server; a hook may give commands of its own, even on the same connection
     */
    Confab chat();

    /**
     * The command, as the hooks before have left it.
     *
     * @return the command
     */
    C command();

    /**
     * Who asks.
     *
     * @return the user, or nothing where the server asks without naming one
     */
    Optional<String> user();

    /**
     * On which connection.
     *
     * @return the connection's id, or nothing where none asks
     */
    Optional<String> connection();

    /**
     * What the client sent beyond the command's own arguments.
     *
     * @return the values, in order
     */
    List<Value> rest();

    /**
     * Whether the server itself asks, by an {@link Actor}.
     *
     * @return true if so
     */
    boolean isServerSide();

    /**
     * Whether permissions are ignored.
     *
     * @return true if so
     */
    boolean bypassesPermissions();

    /**
     * Notes that the hooks of one command leave each other.
     *
     * @return a map for this command only
     */
    Map<String, Object> notes();
}
