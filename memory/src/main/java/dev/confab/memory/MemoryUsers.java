package dev.confab.memory;

import dev.confab.DirectSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.DirectList;
import dev.confab.spi.PresenceStore.Disconnected;
import dev.confab.spi.UserStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users there are, and their connections. Its lock is taken under the lock of a room, never the other way round.
 *
 * <p>Users for whom nothing was ever set are forgotten some time after their last connection ended. Those who wait for
 * that stand in line, so that forgetting costs a look at the head of the line.
 */
final class MemoryUsers implements UserStore {

    private final Clock clock;
    private final long retention;
    private final int maxOffline;
    private final int maxConfigured;
    private final Map<String, MemoryUser> users = new HashMap<>();

    /** For how many of them something was set. */
    private int configured;

    /** Who may be forgotten, and when at the earliest. */
    private final LinkedHashMap<String, Long> offline = new LinkedHashMap<>();

    MemoryUsers(Clock clock, Duration retention, int maxOffline, int maxConfigured) {
        this.clock = clock;
        this.retention = retention.toMillis();
        this.maxOffline = maxOffline;
        this.maxConfigured = maxConfigured;
    }

    @Override
    public synchronized void create(String user, DirectSettings settings) {
        if (find(user) != null) {
            throw new ChatException(ChatError.userExists(user));
        }
        var created = new MemoryUser();
        configure(created, new MemoryUser.Rules(settings));
        users.put(user, created);
    }

    @Override
    public synchronized void delete(String user) {
        MemoryUser deleted = get(user);
        if (deleted.isOnline()) {
            throw new ChatException(ChatError.userOnline(user));
        }
        if (deleted.rules != null) {
            configured--;
        }
        users.remove(user);
        offline.remove(user);
    }

    @Override
    public synchronized boolean exists(String user) {
        return find(user) != null;
    }

    @Override
    public synchronized boolean takesDirect(String recipient, String sender) {
        return get(recipient).takesFrom(sender) && !recipient.equals(sender);
    }

    @Override
    public synchronized List<String> list(String user, DirectList list) {
        MemoryUser.Rules rules = get(user).rules;
        return rules == null ? List.of() : rules.of(list).toList();
    }

    @Override
    public synchronized boolean lists(String user, DirectList list, String name) {
        return get(user).lists(list, name);
    }

    @Override
    public synchronized void changeList(String user, ListChange change) {
        MemoryUser.Rules rules = rulesOf(user);
        NameSet names = rules.of(change.list());
        if (change.add()) {
            names.add(change.list().listName(), change.names(), change.limit());
        } else {
            names.remove(change.names());
        }
        keep(user, rules);
    }

    @Override
    public synchronized boolean whitelistOnly(String user) {
        MemoryUser.Rules rules = get(user).rules;
        return rules != null && rules.whitelistOnly;
    }

    @Override
    public synchronized void setWhitelistMode(String user, boolean whitelistOnly) {
        MemoryUser.Rules rules = rulesOf(user);
        rules.whitelistOnly = whitelistOnly;
        keep(user, rules);
    }

    synchronized int connect(String name, String connection) {
        forget();
        MemoryUser user = users.computeIfAbsent(name, _ -> new MemoryUser());
        if (!user.connections.containsKey(connection)) {
            user.connections = Compact.with(user.connections, connection, Set.of());
            offline.remove(name);
        }
        return user.connections.size();
    }

    synchronized Disconnected disconnect(String name, String connection) {
        MemoryUser user = find(name);
        if (user == null) {
            return new Disconnected(0, List.of());
        }
        Set<String> rooms = user.connections.getOrDefault(connection, Set.of());
        remove(name, user, List.of(connection));
        return new Disconnected(user.connections.size(), List.copyOf(rooms));
    }

    /** Removes the connections that are not alive, and returns them with the rooms they are members of. */
    synchronized Map<String, Set<String>> retain(String name, Collection<String> alive) {
        MemoryUser user = find(name);
        if (user == null) {
            return Map.of();
        }
        var dead = new LinkedHashMap<>(user.connections);
        dead.keySet().removeAll(Set.copyOf(alive));
        remove(name, user, dead.keySet());
        return dead;
    }

    synchronized void addMembership(String name, String connection, String room) {
        MemoryUser user = users.get(name);
        Set<String> rooms = user == null ? null : user.connections.get(connection);
        if (user == null || rooms == null) {
            throw new ChatException(ChatError.invalidSocket(connection));
        }
        user.connections = Compact.with(user.connections, connection, Compact.with(rooms, room));
    }

    synchronized void removeMemberships(String room, String name, List<String> connections) {
        MemoryUser user = users.get(name);
        if (user == null) {
            return;
        }
        for (String connection : connections) {
            Set<String> rooms = user.connections.get(connection);
            if (rooms != null) {
                user.connections = Compact.with(user.connections, connection, Compact.without(rooms, room));
            }
        }
    }

    synchronized boolean isOnline(String name) {
        MemoryUser user = users.get(name);
        return user != null && user.isOnline();
    }

    synchronized Map<String, List<String>> connectionsOf(String name) {
        MemoryUser user = users.get(name);
        if (user == null) {
            return Map.of();
        }
        var copy = LinkedHashMap.<String, List<String>>newLinkedHashMap(user.connections.size());
        user.connections.forEach((connection, rooms) -> copy.put(connection, List.copyOf(rooms)));
        return copy;
    }

    /** All connections, each with its user. */
    synchronized Map<String, String> connections() {
        var all = new HashMap<String, String>();
        users.forEach((name, user) -> user.connections.keySet().forEach(connection -> all.put(connection, name)));
        return all;
    }

    /** Forgets those whose time has come. */
    synchronized void forget() {
        long now = clock.millis();
        while (!offline.isEmpty()
                && (offline.size() > maxOffline || offline.firstEntry().getValue() <= now)) {
            users.remove(offline.pollFirstEntry().getKey());
        }
    }

    private void remove(String name, MemoryUser user, Collection<String> connections) {
        if (!user.isOnline()) {
            return;
        }
        for (String connection : connections) {
            user.connections = Compact.without(user.connections, connection);
        }
        if (!user.isOnline() && user.rules == null) {
            offline.putLast(name, saturatedSum(clock.millis(), retention));
            forget();
        }
    }

    private static long saturatedSum(long a, long b) {
        return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
    }

    private @Nullable MemoryUser find(String user) {
        forget();
        return users.get(user);
    }

    private MemoryUser get(String user) {
        MemoryUser found = find(user);
        if (found == null) {
            throw new ChatException(ChatError.noUser(user));
        }
        return found;
    }

    /** The user's rules, to be changed and then kept. */
    private MemoryUser.Rules rulesOf(String user) {
        MemoryUser.Rules rules = get(user).rules;
        return rules == null ? new MemoryUser.Rules(DirectSettings.DEFAULT) : rules;
    }

    /** Keeps rules that say something, and their user for good. */
    private void keep(String user, MemoryUser.Rules rules) {
        if (!rules.areDefault()) {
            configure(get(user), rules);
            offline.remove(user);
        }
    }

    private void configure(MemoryUser user, MemoryUser.Rules rules) {
        if (user.rules == null) {
            if (configured >= maxConfigured) {
                throw new ChatException(ChatError.listLimitExceeded("users"));
            }
            configured++;
        }
        user.rules = rules;
    }
}
