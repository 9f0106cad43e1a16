package dev.confab.tck.behaviour;

import static java.util.Objects.requireNonNull;

import dev.confab.tck.Heard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a server has to answer and to tell, by plain maps and lists: the contract written down a second time, one step
 * after the other, without a thought for speed or for anything at the same time. Nobody else may use what it answers
 * with, a list for example, as it goes on changing.
 */
class ModelOracle {

    static final int LIST_LIMIT = 3;
    static final int DIRECT_LIMIT = 2;
    static final int HISTORY = 5;
    static final int PAGE = 3;
    static final int REPLAY = 2;

    /** Stands for an epoch that nobody was told yet. */
    static final String NEW_EPOCH = "(a new epoch)";

    /**
     * What has to follow from a step.
     *
     * @param reply the reply; empty where there is none
     * @param told what each connection is told
     * @param inOrder whether the order in which it is told is known
     */
    record Expected(List<@Nullable Object> reply, Map<String, List<Heard.Event>> told, boolean inOrder) {}

    /** A request is refused. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Object> error;

        Refused(String code, @Nullable Object... args) {
            super(code);
            error = Map.of("name", "ChatServiceError", "code", code, "args", Arrays.asList(args));
        }
    }

    private static final class User {
        final Set<String> connections = new LinkedHashSet<>();
        final Map<String, Set<String>> lists =
                Map.of("whitelist", new LinkedHashSet<>(), "blacklist", new LinkedHashSet<>());
        boolean whitelistOnly;
    }

    private final Map<String, ModelRoom> rooms = new LinkedHashMap<>();
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private Map<String, List<Heard.Event>> told = new LinkedHashMap<>();
    private boolean inOrder = true;
    private long now;

    void has(String name, ModelRoom room) {
        rooms.put(name, room);
    }

    /** The room of a name; null where there is none. */
    @Nullable
    ModelRoom find(String name) {
        return rooms.get(name);
    }

    /** A connection has come. */
    Expected connects(String name, String id) {
        begin();
        User user = users.computeIfAbsent(name, _ -> new User());
        user.connections.add(id);
        names.put(id, name);
        tellOthers(name, id, "socketConnectEcho", id, user.connections.size());
        return end(List.of());
    }

    /** A connection has gone. */
    Expected disconnects(String id, long time) {
        begin();
        now = time;
        String name = nameOf(id);
        User user = user(name);
        user.connections.remove(id);
        rooms.forEach((roomName, room) -> {
            if (room.members.getOrDefault(name, Set.of()).contains(id)) {
                int left = leaves(room, name, id);
                tellOthers(name, id, "roomLeftEcho", roomName, id, left);
                if (left == 0 && room.updates) {
                    tell(room, "roomUserLeft", roomName, name);
                }
            }
        });
        tellOthers(name, id, "socketDisconnectEcho", id, user.connections.size());
        names.remove(id);
        inOrder = false;
        return end(List.of());
    }

    /** A connection has asked something. */
    Expected asks(String id, String request, List<@Nullable Object> args, long time) {
        begin();
        now = time;
        String name = nameOf(id);
        try {
            var reply = new ArrayList<@Nullable Object>();
            reply.add(null);
            reply.add(
                    request.startsWith("room")
                            ? room(name, id, request, args, reply)
                            : direct(name, id, request, args));
            // an extra element was added before its reply
            if (reply.size() == 3) {
                Collections.swap(reply, 1, 2);
            }
            return end(reply);
        } catch (Refused refused) {
            return end(Arrays.asList(refused.error, null));
        }
    }

    private void begin() {
        told = new LinkedHashMap<>();
        inOrder = true;
    }

    private Expected end(List<@Nullable Object> reply) {
        return new Expected(reply, told, inOrder);
    }

    // Requests about rooms

    private @Nullable Object room(
            String me, String id, String request, List<@Nullable Object> args, List<@Nullable Object> extras) {
        String name = (String) requireNonNull(args.getFirst());
        return switch (request) {
            case "roomJoin" -> join(name, me, id, extra(args, 1, "since", this::isSince), extras);
            case "roomLeave" -> leave(name, me, id);
            case "roomMessage" -> {
                Map<String, Object> body = map(args.get(1));
                Object key = extra(args, 2, "key", one -> !"".equals(one));
                require(body.size() == 1, "badArgument", 1, body);
                yield post(name, me, body, (String) key);
            }
            case "roomRecentHistory" -> {
                ModelRoom room = readable(name, me);
                yield room.after(Math.max(0, room.head() - PAGE), PAGE).reversed();
            }
            case "roomHistoryGet" -> {
                int after = number(args.get(1));
                int limit = number(args.get(2));
                require(after >= 0, "badArgument", 1, after);
                require(limit >= 1, "badArgument", 2, limit);
                yield readable(name, me).after(after, Math.min(limit, PAGE)).reversed();
            }
            case "roomHistoryInfo" -> info(name, me, args, extras);
            case "roomNotificationsInfo" -> {
                boolean updates = readable(name, me).updates;
                yield Map.of("enableUserlistUpdates", updates, "enableAccessListsUpdates", updates);
            }
            case "roomUserSeen" -> seen(readable(name, me), (String) args.get(1));
            case "roomGetAccessList" -> {
                ModelRoom room = readable(name, me);
                yield "userlist".equals(args.get(1)) ? room.members.keySet() : listed(room, args.get(1));
            }
            case "roomGetOwner" -> readable(name, me).owner;
            case "roomGetWhitelistMode" -> readable(name, me).whitelistOnly;
            case "roomAddToList" -> edit(name, me, args, true);
            case "roomRemoveFromList" -> edit(name, me, args, false);
            case "roomSetWhitelistMode" -> mode(name, me, truth(args.get(1)));
            case "roomCreate" -> {
                require(!name.contains(":"), "invalidName", name);
                require(!rooms.containsKey(name), "roomExists", name);
                rooms.put(name, new ModelRoom(me, truth(args.get(1)), true, HISTORY));
                yield null;
            }
            case "roomDelete" -> {
                ModelRoom room = room(name);
                require(me.equals(room.owner), "notAllowed");
                rooms.remove(name);
                expel(name, room, room.members.keySet(), false);
                yield null;
            }
            default -> throw new IllegalArgumentException(request);
        };
    }

    private Object join(String name, String me, String id, @Nullable Object since, List<@Nullable Object> extras) {
        ModelRoom room = room(name);
        require(room.mayJoin(me), "notAllowed");
        Set<String> mine = room.members.computeIfAbsent(me, _ -> new LinkedHashSet<>());
        boolean isNew = mine.add(id);
        if (isNew && mine.size() == 1) {
            room.seen.put(me, now);
            if (room.updates) {
                tell(room, "roomUserJoined", name, me);
            }
        }
        if (isNew) {
            tellOthers(me, id, "roomJoinedEcho", name, id, mine.size());
        }
        if (since != null) {
            extras.add(1, replay(name, room, id, map(since), isNew));
        }
        return mine.size();
    }

    private Map<String, Object> replay(
            String name, ModelRoom room, String id, Map<String, Object> since, boolean isNew) {
        int from = since.get("id") == null ? -1 : number(since.get("id"));
        boolean isMine = from >= 0 && from <= room.head() && Objects.equals(since.get("epoch"), room.epoch);
        List<Map<String, Object>> missed = List.of();
        if (isNew && isMine) {
            missed = room.after(Math.max(from, room.head() - replayLimit()), replayLimit());
            missed.forEach(message -> tell(id, "roomMessage", name, message));
        }
        return Map.of(
                "epoch",
                room.epoch == null ? NEW_EPOCH : room.epoch,
                "firstMessageId",
                room.first(),
                "lastMessageId",
                room.head(),
                "recovered",
                isMine && missed.size() == room.head() - from,
                "missed",
                missed.size());
    }

    int replayLimit() {
        return REPLAY;
    }

    private Object leave(String name, String me, String id) {
        ModelRoom room = room(name);
        if (!room.members.getOrDefault(me, Set.of()).contains(id)) {
            return room.members.getOrDefault(me, Set.of()).size();
        }
        int left = leaves(room, me, id);
        tellOthers(me, id, "roomLeftEcho", name, id, left);
        if (left == 0 && room.updates) {
            tell(room, "roomUserLeft", name, me);
        }
        return left;
    }

    private int leaves(ModelRoom room, String user, String id) {
        Set<String> connections = requireNonNull(room.members.get(user));
        connections.remove(id);
        if (connections.isEmpty()) {
            room.members.remove(user);
            room.seen.put(user, now);
        }
        return connections.size();
    }

    private Object post(String name, String me, Map<String, Object> body, @Nullable String key) {
        ModelRoom room = room(name);
        require(room.members.containsKey(me), "notJoined", name);
        String known = me + " " + key;
        Long before = key == null ? null : room.keys.get(known);
        if (before != null && remembersKeys()) {
            return before;
        }
        long id = room.head() + 1L;
        var message = new LinkedHashMap<>(body);
        message.put("author", me);
        message.put("timestamp", now);
        message.put("id", id);
        room.log.add(message);
        if (key != null) {
            room.keys.put(known, id);
        }
        tell(room, "roomMessage", name, message);
        return id;
    }

    boolean remembersKeys() {
        return true;
    }

    private Object info(String name, String me, List<@Nullable Object> args, List<@Nullable Object> extras) {
        Object since = extra(args, 1, "since", _ -> true);
        ModelRoom room = readable(name, me);
        if (since != null) {
            extras.add(1, Map.of("epoch", room.epoch == null ? NEW_EPOCH : room.epoch, "id", room.head()));
        }
        return Map.of(
                "historySize",
                room.head() - room.first() + 1,
                "historyMaxSize",
                room.historyMaxSize,
                "historyMaxGetMessages",
                PAGE,
                "lastMessageId",
                room.head());
    }

    private static Object seen(ModelRoom room, @Nullable String user) {
        var seen = new TreeMap<String, @Nullable Object>();
        seen.put("joined", room.members.containsKey(user));
        seen.put("timestamp", room.seen.get(user));
        return seen;
    }

    private @Nullable Object edit(String name, String me, List<@Nullable Object> args, boolean add) {
        String list = (String) requireNonNull(args.get(1));
        List<String> given = strings(args.get(2));
        ModelRoom room = room(name);
        require(!list.equals("userlist") && room.mayEdit(me, list, given), "notAllowed");
        change(listed(room, list), list, given, add, LIST_LIMIT);
        if (room.updates) {
            tell(room, add ? "roomAccessListAdded" : "roomAccessListRemoved", name, list, given);
        }
        if (add ? list.equals("blacklist") : list.equals("whitelist") && room.whitelistOnly) {
            expel(name, room, given.stream().filter(user -> !room.isAdmin(user)).toList(), true);
        }
        return null;
    }

    private @Nullable Object mode(String name, String me, boolean whitelistOnly) {
        ModelRoom room = room(name);
        require(room.isAdmin(me), "notAllowed");
        room.whitelistOnly = whitelistOnly;
        if (room.updates) {
            tell(room, "roomModeChanged", name, whitelistOnly);
        }
        if (whitelistOnly) {
            expel(
                    name,
                    room,
                    room.members.keySet().stream()
                            .filter(user -> losesByMode(room, user))
                            .toList(),
                    true);
        }
        return null;
    }

    /** Whether a member loses access by whitelist mode. */
    boolean losesByMode(ModelRoom room, String user) {
        return !room.lists("whitelist", user) && !room.isAdmin(user);
    }

    /** Ends memberships; of a room that is gone nobody else is told. */
    private void expel(String name, ModelRoom room, Collection<String> given, boolean isThere) {
        var expelled = new LinkedHashSet<>(given);
        expelled.retainAll(room.members.keySet());
        expelled.forEach(user -> {
            room.members.remove(user);
            room.seen.put(user, now);
        });
        expelled.forEach(user -> {
            user(user).connections.forEach(connection -> tell(connection, "roomAccessRemoved", name));
            if (isThere && room.updates) {
                tell(room, "roomUserLeft", name, user);
            }
        });
        inOrder = expelled.size() < 2;
    }

    // Requests about users

    private @Nullable Object direct(String me, String id, String request, List<@Nullable Object> args) {
        return switch (request) {
            case "directMessage" -> say(me, id, (String) requireNonNull(args.getFirst()), map(args.get(1)));
            case "directAddToList", "directRemoveFromList" -> {
                Set<String> list = listed(user(me).lists, args.getFirst());
                List<String> given = strings(args.get(1));
                require(!given.contains(me), "notAllowed");
                change(list, (String) args.getFirst(), given, request.equals("directAddToList"), DIRECT_LIMIT);
                yield null;
            }
            case "directGetAccessList" -> listed(user(me).lists, args.getFirst());
            case "directGetWhitelistMode" -> user(me).whitelistOnly;
            case "directSetWhitelistMode" -> {
                user(me).whitelistOnly = truth(args.getFirst());
                yield null;
            }
            case "listOwnSockets" -> {
                var own = new LinkedHashMap<String, Object>();
                user(me).connections
                        .forEach(connection -> own.put(
                                connection,
                                rooms.entrySet().stream()
                                        .filter(room -> room.getValue()
                                                .members
                                                .getOrDefault(me, Set.of())
                                                .contains(connection))
                                        .map(Map.Entry::getKey)
                                        .toList()));
                yield own;
            }
            case "systemMessage" -> {
                tellOthers(me, id, "systemMessage", args.getFirst());
                yield null;
            }
            default -> throw new IllegalArgumentException(request);
        };
    }

    private Object say(String me, String id, String recipient, Map<String, Object> body) {
        require(body.size() == 1, "badArgument", 1, body);
        User to = users.get(recipient);
        if (to == null) {
            throw new Refused("noUser", recipient);
        }
        boolean listed = !to.whitelistOnly || listed(to.lists, "whitelist").contains(me);
        require(
                !recipient.equals(me)
                        && listed
                        && !listed(to.lists, "blacklist").contains(me),
                "notAllowed");
        require(!to.connections.isEmpty(), "noUserOnline", recipient);
        var note = new LinkedHashMap<>(body);
        note.put("timestamp", now);
        note.put("author", me);
        to.connections.forEach(connection -> tell(connection, "directMessage", note));
        tellOthers(me, id, "directMessageEcho", recipient, note);
        return note;
    }

    // What all have in common

    private void change(Set<String> list, @Nullable String name, List<String> given, boolean add, int limit) {
        if (!add) {
            given.forEach(list::remove);
            return;
        }
        var larger = new LinkedHashSet<>(list);
        larger.addAll(given);
        require(larger.size() <= limit || larger.size() == list.size(), "listLimitExceeded", name);
        list.addAll(given);
    }

    private ModelRoom room(String name) {
        ModelRoom room = rooms.get(name);
        if (room == null) {
            throw new Refused("noRoom", name);
        }
        return room;
    }

    private ModelRoom readable(String name, String me) {
        ModelRoom room = room(name);
        require(room.mayRead(me), "notJoined", name);
        return room;
    }

    private static Set<String> listed(ModelRoom room, @Nullable Object list) {
        return listed(room.lists, list);
    }

    private static Set<String> listed(Map<String, Set<String>> lists, @Nullable Object list) {
        Set<String> names = lists.get(list);
        if (names == null) {
            throw new Refused("noList", list);
        }
        return names;
    }

    /** An extra argument: an object with this one field; null where there is none. */
    private static @Nullable Object extra(
            List<@Nullable Object> args, int index, String field, Predicate<@Nullable Object> isRight) {
        if (args.size() <= index || !map(args.get(index)).containsKey(field)) {
            return null;
        }
        Object value = map(args.get(index)).get(field);
        require(isRight.test(value), "badArgument", index, args.get(index));
        return value == null ? Map.of() : value;
    }

    private boolean isSince(@Nullable Object since) {
        return since == null || number(map(since).get("id")) >= 0;
    }

    private static void require(boolean held, String code, @Nullable Object... args) {
        if (!held) {
            throw new Refused(code, args);
        }
    }

    private String nameOf(String id) {
        return requireNonNull(names.get(id));
    }

    private User user(String name) {
        return requireNonNull(users.get(name));
    }

    private void tell(ModelRoom room, String event, @Nullable Object... args) {
        room.ears().forEach(connection -> tell(connection, event, args));
    }

    private void tellOthers(String user, String but, String event, @Nullable Object... args) {
        user(user).connections.stream()
                .filter(connection -> !connection.equals(but))
                .forEach(connection -> tell(connection, event, args));
    }

    private void tell(String connection, String event, @Nullable Object... args) {
        told.computeIfAbsent(connection, _ -> new ArrayList<>()).add(Heard.Event.of(event, args));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    @SuppressWarnings("unchecked")
    private static List<String> strings(@Nullable Object value) {
        return (List<String>) requireNonNull(value);
    }

    private static int number(@Nullable Object value) {
        return (Integer) requireNonNull(value);
    }

    private static boolean truth(@Nullable Object value) {
        return (Boolean) requireNonNull(value);
    }
}
