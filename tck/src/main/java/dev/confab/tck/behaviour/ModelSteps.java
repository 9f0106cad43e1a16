package dev.confab.tck.behaviour;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Draws steps from a seed: all requests of the contract, about few names, so that they have to do with each other. */
final class ModelSteps {

    static final List<String> USERS = List.of("ann", "bob", "cat");

    private static final List<String> ROOMS = List.of("lobby", "lobby", "attic", "cellar", "nowhere");
    private static final List<String> NAMES = List.of("ann", "bob", "cat", "ghost");
    private static final List<String> ROOM_LISTS =
            List.of("blacklist", "blacklist", "whitelist", "adminlist", "userlist", "nolist");
    private static final List<String> DIRECT_LISTS = List.of("blacklist", "whitelist", "nolist");

    private final SplittableRandom random;
    private final List<Supplier<ModelStep>> kinds = new ArrayList<>();

    ModelSteps(long seed) {
        random = new SplittableRandom(seed);
        often(4, () -> step("roomJoin", withExtra(room(), this::since)));
        often(2, () -> step("roomLeave", room()));
        often(6, () -> step("roomMessage", withExtra(room(), message(), this::key)));
        often(1, () -> step("roomRecentHistory", room()));
        often(2, () -> step("roomHistoryGet", room(), random.nextInt(-1, 6), random.nextInt(0, 5)));
        often(1, () -> step("roomHistoryInfo", withExtra(room(), () -> Collections.singletonMap("since", null))));
        often(1, () -> step("roomNotificationsInfo", room()));
        often(1, () -> step("roomUserSeen", room(), name()));
        often(2, () -> step("roomGetAccessList", room(), any(ROOM_LISTS)));
        often(1, () -> step("roomGetOwner", room()));
        often(1, () -> step("roomGetWhitelistMode", room()));
        often(3, () -> step("roomAddToList", room(), any(ROOM_LISTS), names()));
        often(3, () -> step("roomRemoveFromList", room(), any(ROOM_LISTS), names()));
        often(2, () -> step("roomSetWhitelistMode", room(), random.nextBoolean()));
        often(2, () -> step("roomCreate", random.nextInt(8) == 0 ? "no:room" : room(), random.nextInt(4) == 0));
        often(1, () -> step("roomDelete", room()));
        often(2, () -> step("directMessage", name(), message()));
        often(1, () -> step("directAddToList", any(DIRECT_LISTS), names()));
        often(1, () -> step("directRemoveFromList", any(DIRECT_LISTS), names()));
        often(1, () -> step("directGetAccessList", any(DIRECT_LISTS)));
        often(1, () -> step("directGetWhitelistMode"));
        often(1, () -> step("directSetWhitelistMode", random.nextInt(3) == 0));
        often(1, () -> step("listOwnSockets"));
        often(1, () -> step("systemMessage", random.nextInt(100)));
        often(2, () -> new ModelStep(random.nextInt(USERS.size()), ModelStep.CONNECT, List.of()));
        often(1, () -> step(ModelStep.DISCONNECT));
    }

    ModelStep next() {
        return any(kinds).get();
    }

    private void often(int times, Supplier<ModelStep> kind) {
        kinds.addAll(Collections.nCopies(times, kind));
    }

    private ModelStep step(String name, @Nullable Object... args) {
        return new ModelStep(random.nextInt(64), name, Collections.unmodifiableList(flat(args)));
    }

    /** Arguments, of which a supplier is an extra one: it comes now and then, and is now and then something else. */
    private static List<@Nullable Object> flat(@Nullable Object[] args) {
        var list = new ArrayList<@Nullable Object>();
        for (Object arg : args) {
            if (arg instanceof Extra(List<Object> all)) {
                list.addAll(all);
            } else {
                list.add(arg);
            }
        }
        return list;
    }

    private record Extra(List<Object> all) {}

    private Extra withExtra(Object first, Supplier<Object> extra) {
        return extended(List.of(first), extra);
    }

    private Extra withExtra(Object first, Object second, Supplier<Object> extra) {
        return extended(List.of(first, second), extra);
    }

    private Extra extended(List<Object> args, Supplier<Object> extra) {
        var all = new ArrayList<>(args);
        if (random.nextBoolean()) {
            all.add(random.nextInt(10) == 0 ? Map.of("else", 1) : extra.get());
        }
        return new Extra(all);
    }

    private Object since() {
        if (random.nextInt(4) == 0) {
            return Collections.singletonMap("since", null);
        }
        var position = new LinkedHashMap<String, Object>();
        position.put("epoch", random.nextInt(5) == 0 ? "another" : ModelStep.CURRENT_EPOCH);
        position.put("id", random.nextInt(12) == 0 ? -1 : random.nextInt(8));
        return Map.of("since", position);
    }

    private Object key() {
        return Map.of("key", random.nextInt(12) == 0 ? "" : "k" + random.nextInt(3));
    }

    private Object message() {
        return random.nextInt(12) == 0
                ? Map.of("textMessage", "Hi", "more", true)
                : Map.of("textMessage", "message " + random.nextInt(1000));
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            names.add(name());
        }
        return names;
    }

    private String name() {
        return any(NAMES);
    }

    private String room() {
        return any(ROOMS);
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
