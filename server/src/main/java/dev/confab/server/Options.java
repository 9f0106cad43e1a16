package dev.confab.server;

import dev.confab.server.Option.Section;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The one table of all that can be set: flags, help, environment, files and their documentation follow from it. */
final class Options {

    static final Option<String> CONFIG = new Option<>(
            Section.SERVER, "config", Kinds.word("file", "a file", _ -> true), "", "a YAML file with settings");

    static final Option<Boolean> INSECURE_OPEN_LOGIN = new Option<>(
            Section.SERVER,
            "insecureOpenLogin",
            Kinds.yesNo(),
            false,
            "lets other machines in, although anybody may take any name");

    static final Option<List<NewRoom>> ROOMS = new Option<>(
            Section.ROOMS,
            "rooms",
            new NewRooms(),
            List.of(NewRoom.plain("default")),
            "rooms to create at start; empty for none");

    static final Option<Duration> BUS_ACK_TIMEOUT = new Option<>(
            Section.NODE,
            "busAckTimeout",
            Kinds.span(Duration.ZERO, Duration.ofMinutes(10)),
            Duration.ofSeconds(5),
            "how long a node waits for the others; with the in-process store there are no others, so nothing waits");

    static final Option<LogFormat> LOG_FORMAT = new Option<>(
            Section.LOGS, "logFormat", Kinds.choice(LogFormat.class), LogFormat.TEXT, "how log lines look");

    static final Option<LogLevel> LOG_LEVEL = new Option<>(
            Section.LOGS, "logLevel", Kinds.choice(LogLevel.class), LogLevel.INFO, "the least important lines to log");

    /** All options; those of a section in the order of the help. */
    static final List<Option<?>> ALL = all();

    /** Names that chat-service has for options which are called otherwise here; files may use them too. */
    static final Map<String, String> CHAT_SERVICE_NAMES =
            Map.of("transportOptions.namespace", "namespace", "stateOptions.lockTTL", "lockTTL");

    private static final Map<String, Option<?>> BY_KEY = by(Option::name);
    private static final Map<String, Option<?>> BY_FLAG = by(Option::flag);
    private static final Map<String, Option<?>> BY_VARIABLE = by(Option::variable);

    private Options() {}

    static Optional<Option<?>> byKey(String key) {
        return Optional.ofNullable(BY_KEY.get(CHAT_SERVICE_NAMES.getOrDefault(key, key)));
    }

    static Optional<Option<?>> byFlag(String flag) {
        return Optional.ofNullable(BY_FLAG.get(flag));
    }

    static Optional<Option<?>> byVariable(String variable) {
        return Optional.ofNullable(BY_VARIABLE.get(variable));
    }

    /** Whether names of options begin with this and a dot. */
    static boolean isGroup(String key) {
        return CHAT_SERVICE_NAMES.keySet().stream().anyMatch(name -> name.startsWith(key + "."));
    }

    private static List<Option<?>> all() {
        return Stream.of(
                        DoorTable.ALL.stream().map(Bound::option),
                        Stream.of(CONFIG, INSECURE_OPEN_LOGIN, ROOMS),
                        ChatTable.ALL.stream().map(Bound::option),
                        MemoryTable.ALL.stream().map(Bound::option),
                        Stream.of(BUS_ACK_TIMEOUT, LOG_FORMAT, LOG_LEVEL))
                .<Option<?>>flatMap(Function.identity())
                .toList();
    }

    private static Map<String, Option<?>> by(Function<Option<?>, String> spelling) {
        return ALL.stream()
                .collect(Collectors.toMap(spelling, Function.identity(), (one, _) -> one, LinkedHashMap::new));
    }
}
