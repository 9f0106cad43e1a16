package dev.confab.server;

import java.util.Locale;

/**
 * One thing that can be set, under names that follow from one: {@code closeTimeout} in a file is
 * {@code --close-timeout} as a flag and {@code CONFAB_CLOSE_TIMEOUT} in the environment.
 *
 * @param section where it is explained
 * @param name its name in a file
 * @param kind what its value may be
 * @param fallback its value where nobody sets it
 * @param about what it is for; words without a full stop
 * @param <T> what its value becomes
 */
record Option<T>(Section section, String name, Kind<T> kind, T fallback, String about) {

    /** A chapter of the help. */
    enum Section {
        SERVER("Server"),
        ROOMS("Rooms, users and messages"),
        COMMANDS("Commands"),
        NODE("Nodes"),
        MEMORY("Memory"),
        CONNECTIONS("Connections"),
        LOGS("Logs");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    String flag() {
        return "--" + words('-');
    }

    String variable() {
        return "CONFAB_" + words('_').toUpperCase(Locale.ROOT);
    }

    /** How the fallback is written, or "none" where it is nothing. */
    String fallbackShown() {
        String shown = kind.show(fallback);
        return shown.isEmpty() ? "none" : shown;
    }

    T read(Node node) {
        try {
            return kind.read(node);
        } catch (Unfit e) {
            throw e.about(name);
        }
    }

    private String words(char between) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", String.valueOf(between))
                .toLowerCase(Locale.ROOT);
    }
}
