package dev.confab.server;

import dev.confab.RoomSettings;
import dev.confab.protocol.Names;
import dev.confab.protocol.Plain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Rooms to create at start: names and ranges, in a file also with a room's owner, lists and settings. */
record NewRooms() implements Kind<List<NewRoom>> {

    static final String NAME_RULE = "1 to " + Names.MAX_LENGTH + " characters, no control characters, none of : { }";

    private static final Kind<String> USER = Kinds.word("user", "a user's name: " + NAME_RULE, Names::isValid);
    private static final Kind<List<String>> USERS =
            Kinds.words("user", "a user's name: " + NAME_RULE, 0, Names::isValid);

    /** What a file may say of a room beside its name. */
    static final List<Key<?>> KEYS = List.of(
            new Key<>("owner", USER, "who owns it; nobody where left out", RoomSettings.Builder::owner),
            new Key<>(
                    "adminlist",
                    USERS,
                    "who may change its lists and mode",
                    (room, names) -> room.adminlist(array(names))),
            new Key<>(
                    "whitelist",
                    USERS,
                    "who may join in whitelist mode",
                    (room, names) -> room.whitelist(array(names))),
            new Key<>("blacklist", USERS, "who may not join", (room, names) -> room.blacklist(array(names))),
            new Key<>(
                    "whitelistOnly",
                    Kinds.yesNo(),
                    "whether it begins in whitelist mode; false where left out",
                    RoomSettings.Builder::whitelistOnly),
            new Key<>(
                    "historyMaxSize",
                    Kinds.whole(0, 1_000_000),
                    "how many messages it keeps; the server's option of that name where left out",
                    RoomSettings.Builder::historyMaxSize),
            new Key<>(
                    "enableUserlistUpdates",
                    Kinds.yesNo(),
                    "whether it announces users who come and go; the server's option of that name where left out",
                    RoomSettings.Builder::enableUserlistUpdates),
            new Key<>(
                    "enableAccessListsUpdates",
                    Kinds.yesNo(),
                    "whether it announces changes of its lists and mode; the server's option of that name where left out",
                    RoomSettings.Builder::enableAccessListsUpdates));

    /**
     * One thing that a file may say of a room.
     *
     * @param name the key
     * @param kind what its value may be
     * @param about what it is for
     * @param setter tells a room's settings the value
     * @param <T> what its value becomes
     */
    record Key<T>(String name, Kind<T> kind, String about, BiConsumer<RoomSettings.Builder, T> setter) {

        void apply(Node node, RoomSettings.Builder room) {
            try {
                setter.accept(room, kind.read(node));
            } catch (Unfit e) {
                throw e.about(name);
            }
        }
    }

    @Override
    public List<NewRoom> read(Node node) {
        var rooms = new ArrayList<NewRoom>();
        var names = new HashSet<String>();
        for (Node part : parts(node)) {
            for (NewRoom room : rooms(part)) {
                if (!names.add(room.name())) {
                    throw Unfit.because(part, "room " + Plain.quoted(room.name()) + " is there twice");
                }
                rooms.add(room);
            }
            if (rooms.size() > RoomNames.MOST) {
                throw RoomNames.tooMany(part);
            }
        }
        return List.copyOf(rooms);
    }

    @Override
    public String show(List<NewRoom> rooms) {
        return rooms.stream().map(NewRoom::name).collect(Collectors.joining(","));
    }

    @Override
    public String label() {
        return "room,…";
    }

    @Override
    public String allowed() {
        return "a list of rooms, each a name such as lobby, a range such as r[0-999], or in a file a set of keys";
    }

    private static List<Node> parts(Node node) {
        return switch (node) {
            case Node.Items(var _, List<Node> items) -> items;
            case Node.Text(var _, String text) when text.isBlank() -> List.of();
            case Node.Text(String place, String text) ->
                Arrays.stream(text.split(",", -1))
                        .<Node>map(name -> new Node.Text(place, name.strip()))
                        .toList();
            case Node.Fields fields -> List.of(fields);
        };
    }

    private List<NewRoom> rooms(Node part) {
        return switch (part) {
            case Node.Text(var _, String name) ->
                RoomNames.expand(part, name).stream().map(NewRoom::plain).toList();
            case Node.Fields fields -> described(fields);
            case Node.Items _ -> throw Unfit.value(part, allowed());
        };
    }

    private static List<NewRoom> described(Node.Fields fields) {
        var room = RoomSettings.builder();
        fields.fields().forEach((name, node) -> {
            if (!name.equals("name")) {
                key(name, node).apply(node, room);
            }
        });
        RoomSettings settings = room.build();
        return RoomNames.expand(fields, name(fields)).stream()
                .map(name -> new NewRoom(name, settings))
                .toList();
    }

    private static String name(Node.Fields fields) {
        return switch (fields.fields().get("name")) {
            case Node.Text(var _, String name) -> name;
            case null -> throw Unfit.because(fields, "a room needs a name");
            case Node other -> throw Unfit.value(other, "a room's name").about("name");
        };
    }

    private static Key<?> key(String name, Node node) {
        return KEYS.stream()
                .filter(key -> key.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Unfit.because(
                        node,
                        "a room has no key " + Plain.quoted(name) + ", only name, "
                                + KEYS.stream().map(Key::name).collect(Collectors.joining(", "))));
    }

    private static String[] array(List<String> names) {
        return names.toArray(String[]::new);
    }
}
