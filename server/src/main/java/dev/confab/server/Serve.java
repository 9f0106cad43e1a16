package dev.confab.server;

import dev.confab.ConfabBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command {@code serve}: runs a server until the process is told to stop. */
final class Serve {

    private static final Logger LOG = LoggerFactory.getLogger("dev.confab");

    private final Settings settings;
    private final PrintStream out;
    private final PrintStream err;

    Serve(Settings settings, PrintStream out, PrintStream err) {
        this.settings = settings;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a server.
     *
     * @param addition what to add to the server; only tests add anything
     * @return the exit code
     */
    int run(UnaryOperator<ConfabBuilder> addition) {
        Logs.set(settings.get(Options.LOG_FORMAT), settings.get(Options.LOG_LEVEL));
        try (var server = ConfabServer.start(settings, addition)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
            out.print(new Greeting(settings, server.chat().addresses()));
            out.flush();
            LOG.info(
                    "started in {} ms: {}",
                    sinceProcessStart().toMillis(),
                    server.chat().addresses());
            server.chat().awaitClosed();
            return 0;
        } catch (IOException e) {
            err.println("confab: " + why(e));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Closes the server when the process is told to stop, and makes a success of it: halting sets the exit code. */
    private void stop(ConfabServer server) {
        long begun = System.nanoTime();
        LOG.info("stopping");
        int code = 0;
        try {
            server.close();
            LOG.info(
                    "stopped in {} ms",
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
        } catch (RuntimeException e) {
            LOG.error("stopped, but something failed", e);
            code = 1;
        }
        out.flush();
        err.flush();
        Runtime.getRuntime().halt(code);
    }

    private static Duration sinceProcessStart() {
        return ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Clock.systemUTC().instant()))
                .orElse(Duration.ZERO);
    }

    private String why(IOException e) {
        String reason = String.valueOf(e.getMessage());
        return reason.contains("ddress already in use")
                ? settings.get(DoorTable.HOST.option()) + ":" + settings.get(DoorTable.PORT.option())
                        + " is in use; choose another port with "
                        + DoorTable.PORT.option().flag()
                : reason;
    }
}
