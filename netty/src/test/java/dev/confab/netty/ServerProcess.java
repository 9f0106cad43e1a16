package dev.confab.netty;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A server in a process of its own, with little memory. Its program prints its address, then a line of numbers for each
 * line that it reads, and ends with its input.
 */
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final URI address;

    ServerProcess(Class<?> program, String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(options));
        command.add(program.getName());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        in = process.outputWriter(StandardCharsets.UTF_8);
        address = URI.create(out.readLine());
    }

    URI address() {
        return address;
    }

    /** The numbers that the program answers now. */
    long[] numbers() throws IOException {
        in.write("\n");
        in.flush();
        return Arrays.stream(out.readLine().split(" ", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
        process.destroy();
    }
}
