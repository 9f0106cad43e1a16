package dev.confab.server;

import java.net.URI;
import java.util.List;

/**
 * What a server says on standard output once it is open.
 *
 * @param settings its settings
 * @param addresses where it is
 */
record Greeting(Settings settings, List<URI> addresses) {

    @Override
    public String toString() {
        var text = new StringBuilder("Confab ").append(Version.current()).append(" is open.\n\n");
        addresses.forEach(address -> {
            line(text, "page", address + "/");
            line(
                    text,
                    "clients",
                    "io(\"" + address + settings.get(DoorTable.NAMESPACE.option()) + "\", {query: {user: \"ann\"}})");
        });
        line(text, "rooms", rooms(settings.get(Options.ROOMS)));
        line(text, "login", "open, for development only: whoever comes may take any name");
        line(text, "memory", "rooms and messages are kept in this process, and forgotten when it ends");
        return text.append("\nCtrl-C stops it.\n").toString();
    }

    private static void line(StringBuilder text, String topic, String words) {
        text.append("  ")
                .append(topic)
                .repeat(' ', 9 - topic.length())
                .append(words)
                .append('\n');
    }

    private static String rooms(List<NewRoom> rooms) {
        return switch (rooms.size()) {
            case 0 -> "none";
            case 1, 2, 3, 4, 5 ->
                String.join(", ", rooms.stream().map(NewRoom::name).toList());
            default ->
                rooms.size() + ", from " + rooms.getFirst().name() + " to "
                        + rooms.getLast().name();
        };
    }
}
