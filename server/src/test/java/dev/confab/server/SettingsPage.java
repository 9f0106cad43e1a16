package dev.confab.server;

import dev.confab.server.Option.Section;
import java.util.List;
import java.util.stream.Collectors;

/** The text of {@code docs/settings.md}, as the table of options has it. */
final class SettingsPage {

    private static final String BEGINNING = """
            # Settings of `confab serve`

            This page is written from the program's own table of options; a test compares the two.

            Every option can be set in three places. A later place wins over an earlier one:

            1. a YAML file, named by `--config FILE` or `CONFAB_CONFIG`: `historyMaxSize: 500`
            2. the environment: `CONFAB_HISTORY_MAX_SIZE=500`
            3. a flag: `--history-max-size 500` or `--history-max-size=500`; `--historyMaxSize` will do too

            An option that is unknown, given twice in one place, or not of the kind it should be stops the start with exit
            code 2 and a line that names it, its place and what is allowed. All such lines come at once.

            - **Durations** have a unit: `500ms`, `25s`, `10m`, `1h`, `1d`. A plain number counts milliseconds.
            - **Sizes** have a unit: `1MB` is 1,000,000 bytes, `1MiB` is 1,048,576; likewise `KB`, `KiB`, `GB`, `GiB`. A plain
              number counts bytes.
            - **Rates** say how much is allowed each second, and behind a colon how much at once: `20:100` is 20 each second
              in the long run, 100 at once. Without a colon both are the same.
            - **Switches** are `true` or `false`; as a flag, the name alone is `true`.
            - **Lists** are lists in YAML, and parted by commas elsewhere.

            Options that [chat-service](https://github.com/an-sh/chat-service) has keep the names they have there. In files
            `transportOptions.namespace` and `stateOptions.lockTTL` are understood too.
            """;

    private static final String ROOMS = """

            ## Rooms to create at start

            `rooms` is a list of names. A range in brackets stands for many rooms: `r[0-999]` is a thousand, `r[000-999]` writes
            them with three digits, `[1-3]x[1-3]` is nine; at most 100,000 rooms in all. In YAML an entry may also say more
            about a room, or about all rooms of a range:

            ```yaml
            rooms:
              - default
              - r[0-99]
              - name: staff
                owner: ann
                adminlist: [ben]
                whitelist: [cid, dan]
                whitelistOnly: true
                historyMaxSize: 500
            ```

            | key | is | what for |
            | --- | --- | --- |
            | `name` | a name or a range | what it is called |
            """;

    private SettingsPage() {}

    static String text() {
        var page = new StringBuilder(BEGINNING);
        for (Section section : Section.values()) {
            page.append("\n## ").append(section.title()).append("\n\n");
            page.append("| option | flag, variable | what for | is | default |\n| --- | --- | --- | --- | --- |\n");
            Options.ALL.stream()
                    .filter(option -> option.section() == section)
                    .forEach(option -> page.append(row(option)));
        }
        page.append(ROOMS);
        NewRooms.KEYS.forEach(key ->
                page.append(line(List.of(code(key.name()), cell(key.kind().allowed()), cell(key.about())))));
        return page.toString();
    }

    private static String row(Option<?> option) {
        return line(List.of(
                code(option.name()),
                code(option.flag()) + " " + code(option.variable()),
                cell(option.about()),
                cell(option.kind().allowed()),
                code(option.fallbackShown())));
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
