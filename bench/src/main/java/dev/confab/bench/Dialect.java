package dev.confab.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A generation of Socket.IO clients. */
enum Dialect {
    /** Socket.IO 3 and 4: Engine.IO 4, where the server asks whether the client is alive. */
    SOCKETIO4(4),
    /** Socket.IO 1 and 2: Engine.IO 3, where the client asks. */
    SOCKETIO2(3);

    private final int engine;

    Dialect(int engine) {
        this.engine = engine;
    }

    /**
     * Reads a list.
     *
     * @throws UnclearException where a name is unknown
     */
    static List<Dialect> parse(String text) {
        var dialects = new ArrayList<Dialect>();
        for (String name : text.split(",", -1)) {
            dialects.add(Arrays.stream(values())
                    .filter(dialect -> dialect.label().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UnclearException("\"" + name.strip() + "\" is no dialect; there are "
                            + Arrays.stream(values()).map(Dialect::label).collect(Collectors.joining(", ")))));
        }
        return List.copyOf(dialects);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The path that opens a WebSocket. */
    String path(String user) {
        return "/socket.io/?EIO=" + engine + "&transport=websocket&user=" + encoded(user);
    }

    /** The packet that asks for a namespace. */
    String connect(String namespace, String user) {
        String query = this == SOCKETIO2 ? "?user=" + encoded(user) : "";
        return "40" + (namespace.equals("/") && query.isEmpty() ? "" : namespace + query + ",");
    }

    boolean clientPings() {
        return this == SOCKETIO2;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
