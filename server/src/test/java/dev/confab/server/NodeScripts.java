package dev.confab.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the scripts of {@code src/test/clients} with node, with the examples beside them, and with the packages they need,
 * which are installed below {@code target} once.
 *
 * <p>A script prints a line for each of its checks: {@code ok NAME}, or {@code not ok NAME: WHY}, where further lines
 * belong to the reason. A line that begins with a word in capitals asks for something, {@code RESTART} or
 * {@code DISCONNECT ann}; once done, {@code RESTARTED} or {@code DISCONNECTED} is written to the script's standard
 * input.
 */
final class NodeScripts {

    private static final Path SOURCES = Path.of("src", "test", "clients");
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Path HOME = Path.of("target", "clients");
    private static final int OLDEST_NODE = 18;

    private NodeScripts() {}

    /**
     * One check of a script.
     *
     * @param name what was to hold
     * @param failure why it doesn't; empty where it does
     */
    record Check(String name, String failure) {

        void assertHolds() {
            if (!failure.isEmpty()) {
                throw new AssertionError(failure);
            }
        }
    }

    /** Does what a script asks for. */
    @FunctionalInterface
    interface Helper {
        void help(String words) throws Exception;
    }

    /** Makes node's packages available, or leaves the test out. */
    static void prepare(Class<?> test) throws IOException, InterruptedException {
        int node = nodeVersion();
        if (node < OLDEST_NODE) {
            throw LeftOut.because(test, "it needs node " + OLDEST_NODE + " or newer, and npm");
        }
        Files.createDirectories(HOME);
        try (var lock = FileChannel.open(HOME.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = lock.lock()) {
            boolean installed = isInstalled();
            copy(SOURCES, HOME);
            copy(EXAMPLES, HOME.resolve("examples"));
            if (!installed) {
                install(test);
            }
        }
    }

    /**
     * Runs a script to its end.
     *
     * @param script its name
     * @param minutes how long it may take
     * @param argument its only argument
     * @param helpers who does what the script asks for, by the word in capitals
     * @return its checks in their order, at least one
     */
    static List<Check> run(String script, int minutes, String argument, Map<String, Helper> helpers) throws Exception {
        Path complaints = HOME.resolve(script + ".stderr");
        Process process = new ProcessBuilder("node", script, argument)
                .directory(HOME.toFile())
                .redirectError(complaints.toFile())
                .start();
        process.onExit().orTimeout(minutes, TimeUnit.MINUTES).exceptionally(_ -> process.destroyForcibly());
        try (var output = process.inputReader();
                var input = process.outputWriter()) {
            List<Check> checks = checks(output, input, helpers);
            int code = process.waitFor();
            boolean allHold = checks.stream().allMatch(check -> check.failure().isEmpty());
            if (checks.isEmpty() || allHold != (code == 0)) {
                throw new AssertionError(script + " ended with code " + code + " after " + checks.size() + " checks: "
                        + Files.readString(complaints));
            }
            return checks;
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<Check> checks(BufferedReader output, BufferedWriter input, Map<String, Helper> helpers)
            throws Exception {
        var checks = new ArrayList<Check>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            String word = line.split(" ", 2)[0];
            if (line.startsWith("ok ")) {
                checks.add(new Check(line.substring(3), ""));
            } else if (line.startsWith("not ok ")) {
                String[] parts = line.substring(7).split(": ", 2);
                checks.add(new Check(parts[0], line));
            } else if (helpers.containsKey(word)) {
                helpers.get(word).help(line.substring(word.length()).strip());
                input.write(word + "ED\n");
                input.flush();
            } else if (!checks.isEmpty() && !checks.getLast().failure().isEmpty()) {
                Check last = checks.removeLast();
                checks.add(new Check(last.name(), last.failure() + "\n" + line));
            }
        }
        return checks;
    }

    private static int nodeVersion() throws InterruptedException {
        try {
            Process node = new ProcessBuilder("node", "--version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return node.waitFor() == 0 ? Integer.parseInt(version.substring(1, version.indexOf('.'))) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(NodeScripts::isOurs).toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static boolean isOurs(Path file) {
        return !file.toString().contains("node_modules");
    }

    /** What npm was told to install last is noted beside what it installed. */
    private static boolean isInstalled() throws IOException {
        Path noted = HOME.resolve("node_modules").resolve(".confab-lock");
        return Files.exists(noted) && Files.mismatch(noted, SOURCES.resolve("package-lock.json")) < 0;
    }

    private static void install(Class<?> test) throws IOException, InterruptedException {
        Path log = HOME.resolve("npm.log");
        int code;
        try {
            code = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw LeftOut.because(test, "it needs npm");
        }
        if (code != 0) {
            throw LeftOut.because(test, "npm could not install what it needs, see " + log);
        }
        Path noted = HOME.resolve("node_modules").resolve(".confab-lock");
        Files.copy(SOURCES.resolve("package-lock.json"), noted, StandardCopyOption.REPLACE_EXISTING);
    }
}
