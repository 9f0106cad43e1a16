package dev.confab.server;

/**
 * The value of an option, and where it was set.
 *
 * @param value the value
 * @param node as it was written
 * @param <T> what its value is
 */
record Setting<T>(T value, Node node) {

    static <T> Setting<T> of(Option<T> option, Node node) {
        return new Setting<>(option.read(node), node);
    }

    static <T> Setting<T> fallback(Option<T> option) {
        return new Setting<>(
                option.fallback(), new Node.Text("default", option.kind().show(option.fallback())));
    }
}
