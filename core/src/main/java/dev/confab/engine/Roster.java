package dev.confab.engine;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sessions of this node: by connection from the moment they come in, and by user from their login on. */
final class Roster {

    private static final Session[] NONE = {};

    private final Map<String, Session> byConnection = new ConcurrentHashMap<>();
    private final Map<String, Session[]> byUser = new ConcurrentHashMap<>();

    void add(Session session) {
        byConnection.put(session.id(), session);
    }

    void remove(Session session) {
        byConnection.remove(session.id());
    }

    void login(String user, Session session) {
        byUser.merge(user, new Session[] {session}, (old, one) -> {
            Session[] more = Arrays.copyOf(old, old.length + 1);
            more[old.length] = session;
            return more;
        });
    }

    void logout(String user, Session session) {
        byUser.computeIfPresent(user, (_, old) -> {
            Session[] rest = Arrays.stream(old).filter(one -> one != session).toArray(Session[]::new);
            return rest.length == 0 ? null : rest;
        });
    }

    @Nullable
    Session find(String connection) {
        return byConnection.get(connection);
    }

    /** The user's sessions at this moment. */
    List<Session> of(String user) {
        return Arrays.asList(byUser.getOrDefault(user, NONE));
    }

    Collection<Session> all() {
        return byConnection.values();
    }

    Map<String, String> users() {
        var users = new HashMap<String, String>();
        byUser.forEach((user, sessions) -> {
            for (Session session : sessions) {
                users.put(session.id(), user);
            }
        });
        return users;
    }
}
