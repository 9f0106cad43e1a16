package dev.confab.tck.behaviour;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a model run: a request, or something that happens to a client.
 *
 * @param who which of the connections there are asks; counted on from the first one where there are fewer. For
 *     {@link #CONNECT}, which of the users comes
 * @param name the request's name, or one of the constants here
 * @param args its arguments, as plain data
 */
record ModelStep(int who, String name, List<@Nullable Object> args) {

    static final String CONNECT = "(connects)";
    static final String DISCONNECT = "(disconnects)";

    /** Stands for the epoch that a room has now, where its clients were told of one. */
    static final String CURRENT_EPOCH = "(the epoch of now)";

    @Override
    public String toString() {
        return who + " " + name + args;
    }
}
