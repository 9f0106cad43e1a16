package dev.confab.server;

import dev.confab.server.Option.Section;
import java.util.function.BiConsumer;

/**
 * An option, and what it sets.
 *
 * @param option the option
 * @param setter tells a builder the value
 * @param <B> the builder
 * @param <T> the value
 */
record Bound<B, T>(Option<T> option, BiConsumer<B, T> setter) {

    static <B, T> Bound<B, T> of(
            Section section, String name, Kind<T> kind, T fallback, BiConsumer<B, T> setter, String about) {
        return new Bound<>(new Option<>(section, name, kind, fallback, about), setter);
    }

    void apply(Settings settings, B builder) {
        setter.accept(builder, settings.get(option));
    }
}
