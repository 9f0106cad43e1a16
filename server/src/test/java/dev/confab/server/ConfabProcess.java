package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, as a user starts it. */
final class ConfabProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PAGE = Pattern.compile(" *page +(http://\\S+)/");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private ConfabProcess(Process process) {
        this.process = process;
        readers.add(Thread.ofVirtual().start(() -> read(process.inputReader(), output)));
        readers.add(Thread.ofVirtual().start(() -> read(process.errorReader(), log)));
    }

    static ConfabProcess start(Class<?> main, String... args) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ConfabProcess(new ProcessBuilder(command).start());
    }

    static ConfabProcess serve(String... flags) throws IOException {
        var args = new ArrayList<>(List.of("serve", "--port=0"));
        args.addAll(List.of(flags));
        return start(Main.class, args.toArray(String[]::new));
    }

    /** Where the server is, once it says so. */
    URI address() {
        await().atMost(PATIENCE).until(() -> page().isPresent() || !process.isAlive());
        return page().orElseThrow(() -> new AssertionError("no address in " + output + log));
    }

    List<String> output() {
        return output;
    }

    List<String> log() {
        return log;
    }

    void awaitOutput(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(output).anyMatch(line -> line.contains(part)));
    }

    void awaitLog(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(log).anyMatch(line -> line.contains(part)));
    }

    void type(String line) throws IOException {
        BufferedWriter input = process.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    /** Tells the process to stop, as a service manager does. Its streams stay open. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Waits until the process has ended by itself, and all that it wrote was read. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        for (Thread reader : readers) {
            reader.join();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Optional<URI> page() {
        return output.stream()
                .map(PAGE::matcher)
                .filter(Matcher::matches)
                .map(match -> URI.create(match.group(1)))
                .findFirst();
    }

    private static void read(BufferedReader from, List<String> to) {
        try (from) {
            from.lines().forEach(to::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
