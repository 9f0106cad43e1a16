package dev.confab.server;

import java.util.List;

/**
 * What a server says on standard output once it is open.
 *
 * @param settings its settings
 * @param reaches where it can be reached, by door
 */
record Greeting(Settings settings, List<Reach> reaches) {

    @Override
    public String toString() {
        var text = new StringBuilder("Confab ").append(Version.current()).append(" is open.\n\n");
        reaches.forEach(reach -> {
            reach.urls().forEach(url -> line(text, "page", url + "/"));
            line(text, "clients", client(reach));
            if (reach.everywhere()) {
                line(text, "listens", "on all addresses of this machine");
            }
        });
        line(text, "rooms", rooms(settings.get(Options.ROOMS)));
        line(text, "login", "open, for development only: " + whoever() + " may take any name");
        line(text, "memory", "rooms and messages are kept in this process, and forgotten when it ends");
        return text.append("\nCtrl-C stops it.\n").toString();
    }

    private String client(Reach reach) {
        String namespace = settings.get(DoorTable.NAMESPACE.option());
        return "io(\"" + reach.urls().getFirst() + namespace + "\", {query: {user: \"ann\"}})";
    }

    private String whoever() {
        return reaches.stream().allMatch(Reach::local) ? "whoever comes" : "whoever comes, from any machine,";
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
