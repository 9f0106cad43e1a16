package dev.confab.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Puts settings together: defaults, then a file, then the environment, then flags. Gathers all that is wrong. */
final class SettingsReader {

    /** What Kubernetes puts into the environment of pods beside a service of this name; not meant for the program. */
    private static final Pattern KUBERNETES = Pattern.compile("CONFAB_(SERVICE_(HOST|PORT.*)|PORT_[0-9]+_(TCP|UDP).*)");

    /** Said to the launcher and the tests, not to the server. */
    private static final Pattern ELSEWHERE = Pattern.compile("CONFAB_(JAVA_HOME|REQUIRE_ALL)");

    private final Map<String, String> environment;
    private final Map<String, Setting<?>> settings = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = new TreeMap<>(environment);
    }

    Settings read(Map<String, Node> flags) {
        Options.ALL.forEach(option -> settings.put(option.name(), Setting.fallback(option)));
        Map<String, Node> variables = variables();
        configFile(variables, flags).ifPresent(this::file);
        set(variables);
        set(flags);
        var read = new Settings(settings);
        if (problems.isEmpty()) {
            CrossChecks.ALL.forEach(check -> check.apply(read).ifPresent(this::problem));
        }
        if (!problems.isEmpty()) {
            throw new BadSettings(problems);
        }
        return read;
    }

    private void set(Map<String, Node> nodes) {
        for (Option<?> option : Options.ALL) {
            var node = nodes.get(option.name());
            if (node != null) {
                set(option, node);
            }
        }
    }

    private void set(Option<?> option, Node node) {
        try {
            settings.put(option.name(), Setting.of(option, node));
        } catch (Unfit e) {
            problem(e);
        }
    }

    private void problem(Unfit unfit) {
        problems.add(unfit.getMessage());
    }

    private Map<String, Node> variables() {
        var found = new HashMap<String, Node>();
        environment.forEach((name, text) -> {
            if (name.startsWith("CONFAB_") && !isForeign(name, text)) {
                String place = "environment variable " + name;
                Options.byVariable(name)
                        .ifPresentOrElse(
                                option -> found.put(option.name(), new Node.Text(place, text)),
                                () -> problems.add(Unknown.option(name, "environment variable", Option::variable)));
            }
        });
        return found;
    }

    private static boolean isForeign(String name, String text) {
        boolean address = name.equals("CONFAB_PORT") && text.startsWith("tcp://");
        return address
                || KUBERNETES.matcher(name).matches()
                || ELSEWHERE.matcher(name).matches();
    }

    private Optional<Path> configFile(Map<String, Node> variables, Map<String, Node> flags) {
        Node node = flags.getOrDefault(Options.CONFIG.name(), variables.get(Options.CONFIG.name()));
        return node instanceof Node.Text(var _, String text) && !text.isEmpty()
                ? Optional.of(Path.of(text))
                : Optional.empty();
    }

    private void file(Path file) {
        try {
            keys("", YamlFile.read(file));
        } catch (BadSettings e) {
            problems.addAll(e.problems());
        }
    }

    /** Keys of a file; {@code a: {b: 1}} is the key {@code a.b}. */
    private void keys(String prefix, Node.Fields fields) {
        fields.fields().forEach((key, node) -> {
            String name = prefix + key;
            var option = Options.byKey(name);
            if (option.isPresent()) {
                key(name, option.get(), node);
            } else if (node instanceof Node.Fields nested && Options.isGroup(name)) {
                keys(name + ".", nested);
            } else {
                problems.add(Unknown.option(name, node.place(), Option::name));
            }
        });
    }

    private void key(String name, Option<?> option, Node node) {
        if (option.equals(Options.CONFIG)) {
            problem(Unfit.because(node, "a settings file can't name another one")
                    .about(name));
        } else if (settings.get(option.name()) instanceof Setting<?>(var _, Node earlier)
                && !earlier.place().equals("default")) {
            problem(Unfit.because(node, "it is set under another name already, in " + earlier.place())
                    .about(name));
        } else {
            set(option, node);
        }
    }
}
