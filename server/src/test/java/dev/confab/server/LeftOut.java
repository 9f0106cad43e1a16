package dev.confab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.opentest4j.TestAbortedException;

/** Says of tests that they can't run on this machine, and why: never silently, and never where all have to run. */
final class LeftOut {

    private static final Path LIST = Path.of("target", "left-out.txt");

    private LeftOut() {}

    /**
     * Ends the test that runs.
     *
     * @param test the class of tests
     * @param why what is missing
     * @return never: throws what aborts the test, or fails it where {@code CONFAB_REQUIRE_ALL} is {@code 1}
     */
    static RuntimeException because(Class<?> test, String why) {
        if ("1".equals(System.getenv("CONFAB_REQUIRE_ALL"))) {
            throw new AssertionError(test.getSimpleName() + " can't run: " + why);
        }
        String line = "CONFAB-LEFT-OUT: " + test.getSimpleName() + ": " + why;
        System.out.println(line);
        try {
            Files.writeString(LIST, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new TestAbortedException(line);
    }
}
