package dev.confab.server;

import dev.confab.ChatOptions;
import dev.confab.memory.MemoryStore;
import dev.confab.netty.SocketIoDoor;
import java.util.Map;
import java.util.Objects;

/** All options of a server with a value for each. Immutable. */
public final class Settings {

    private final Map<String, Setting<?>> settings;

    Settings(Map<String, Setting<?>> settings) {
        this.settings = Map.copyOf(settings);
    }

    /**
     * Reads settings: defaults, then a YAML file, then the environment, then flags; what comes later wins.
     *
     * @param environment the environment; what doesn't begin with {@code CONFAB_} is of no concern
     * @param flags flags as on the command line, such as {@code --port=0}
     * @return the settings
     * @throws BadSettings where an option is unknown or bad
     */
    public static Settings read(Map<String, String> environment, String... flags) {
        return new SettingsReader(environment).read(Flags.parse(flags));
    }

    <T> T get(Option<T> option) {
        return setting(option).value();
    }

    ChatOptions chatOptions() {
        var chat = ChatOptions.builder();
        ChatTable.ALL.forEach(bound -> bound.apply(this, chat));
        return chat.build();
    }

    MemoryStore store() {
        var store = MemoryStore.builder();
        MemoryTable.ALL.forEach(bound -> bound.apply(this, store));
        return store.build();
    }

    SocketIoDoor door() {
        var door = SocketIoDoor.builder().content(WebFiles.load(get(DoorTable.NAMESPACE.option()), chatOptions()));
        DoorTable.ALL.forEach(bound -> bound.apply(this, door));
        return door.build();
    }

    /** How and where an option was written. */
    Node node(Option<?> option) {
        return setting(option).node();
    }

    @SuppressWarnings("unchecked") // SettingsReader pairs an option with a setting of its own type
    private <T> Setting<T> setting(Option<T> option) {
        return (Setting<T>) Objects.requireNonNull(settings.get(option.name()), option.name());
    }
}
