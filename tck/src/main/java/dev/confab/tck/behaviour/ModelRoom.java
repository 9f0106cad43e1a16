package dev.confab.tck.behaviour;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a room is, in the plainest of terms. */
final class ModelRoom {

    final @Nullable String owner;
    final boolean updates;
    final int historyMaxSize;
    final Map<String, Set<String>> lists = new LinkedHashMap<>();
    final Map<String, Set<String>> members = new LinkedHashMap<>();
    final Map<String, Long> seen = new LinkedHashMap<>();
    final Map<String, Long> keys = new LinkedHashMap<>();
    final List<Map<String, Object>> log = new ArrayList<>();
    boolean whitelistOnly;

    @Nullable
    String epoch;

    ModelRoom(@Nullable String owner, boolean whitelistOnly, boolean updates, int historyMaxSize) {
        this.owner = owner;
        this.whitelistOnly = whitelistOnly;
        this.updates = updates;
        this.historyMaxSize = historyMaxSize;
        for (String list : List.of("adminlist", "whitelist", "blacklist")) {
            lists.put(list, new LinkedHashSet<>());
        }
    }

    boolean lists(String list, String name) {
        return lists.getOrDefault(list, Set.of()).contains(name);
    }

    boolean isAdmin(String user) {
        return user.equals(owner) || lists("adminlist", user);
    }

    boolean mayJoin(String user) {
        return isAdmin(user) || (!lists("blacklist", user) && (!whitelistOnly || lists("whitelist", user)));
    }

    boolean mayRead(String user) {
        return isAdmin(user) || members.containsKey(user);
    }

    boolean mayEdit(String user, String list, List<String> names) {
        return user.equals(owner)
                || (!list.equals("adminlist") && lists("adminlist", user) && (owner == null || !names.contains(owner)));
    }

    /** All connections of all members. */
    List<String> ears() {
        return members.values().stream().flatMap(Set::stream).toList();
    }

    int head() {
        return log.size();
    }

    /** The id of the oldest message that is kept. */
    int first() {
        return log.size() - Math.min(log.size(), historyMaxSize) + 1;
    }

    /** The oldest kept messages behind an id, in order. */
    List<Map<String, Object>> after(long id, long most) {
        int from = (int) Math.min(log.size(), Math.max(id, first() - 1));
        return log.subList(from, (int) Math.min(log.size(), from + most));
    }
}
