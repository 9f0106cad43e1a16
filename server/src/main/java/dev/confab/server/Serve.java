package dev.confab.server;

import dev.confab.ConfabBuilder;
import dev.confab.protocol.ChatException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
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
        ConfabServer server;
        try {
            server = ConfabServer.start(settings, addition);
        } catch (IOException | RuntimeException e) {
            err.println("confab: " + why(e));
            return 1;
        }
        return run(server);
    }

    private int run(ConfabServer running) {
        try (var server = running) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
            LOG.info(
                    "started in {} ms: {}",
                    ManagementFactory.getRuntimeMXBean().getUptime(),
                    server.chat().addresses());
            out.print(greeting(server));
            out.flush();
            server.chat().awaitClosed();
            return 0;
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

    private Greeting greeting(ConfabServer server) {
        List<InetAddress> machine = Reach.machine();
        return new Greeting(
                settings,
                server.chat().addresses().stream()
                        .map(address -> Reach.of(address, machine))
                        .toList());
    }

    /** Why a server didn't start, in one line; what that line can't tell goes to the log. */
    private String why(Exception e) {
        return switch (e) {
            case IOException _
            when isInUse(e) ->
                settings.get(DoorTable.HOST.option()) + ":" + settings.get(DoorTable.PORT.option())
                        + " is in use; choose another port with "
                        + DoorTable.PORT.option().flag();
            case IOException _ -> String.valueOf(e.getMessage());
            // what a hook of the start has answered; what it has thrown instead is in the log already
            case IllegalStateException _ when e.getCause() instanceof ChatException -> "can't start: " + e.getMessage();
            default -> {
                LOG.error("the start failed", e);
                yield "can't start: " + e;
            }
        };
    }

    private static boolean isInUse(Exception e) {
        return String.valueOf(e.getMessage()).contains("ddress already in use");
    }
}
