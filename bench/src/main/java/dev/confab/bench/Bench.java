package dev.confab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code confab bench}: puts load on a server, checks what its clients get, and says how long that took.
 */
public final class Bench {

    private static final int WRONG = 1;
    private static final int UNCLEAR = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final Clock clock;

    /**
     * A command.
     *
     * @param out where the figures go
     * @param err where progress and complaints go
     * @param terminal whether {@code err} is a terminal, on which one line can be drawn again and again
     * @param clock says when a run began
     */
    public Bench(PrintStream out, PrintStream err, boolean terminal, Clock clock) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * What the command line takes.
     *
     * @return a specification for the help of the whole program
     */
    public static CommandSpec spec() {
        return new CommandLine(new Flags()).getCommandSpec();
    }

    /**
     * Runs to the end.
     *
     * @param args the address and the flags
     * @return 0 where every client got every message once and in order; 1 where something was wrong, or nothing could
     *     be measured; 2 where a flag is unclear
     */
    public int run(String... args) {
        var flags = new Flags();
        var line = new CommandLine(flags);
        try {
            ParseResult given = line.parseArgs(args);
            if (flags.wantsHelp()) {
                line.usage(out);
                return 0;
            }
            return flags.wantsSoak() ? soak(flags.soakPlan(given)) : run(flags);
        } catch (ParameterException | UnclearException e) {
            return complain(UNCLEAR, String.valueOf(e.getMessage()));
        } catch (BenchException e) {
            return complain(WRONG, e.line());
        } catch (IOException e) {
            return complain(WRONG, "can't write the figures: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return complain(WRONG, "interrupted");
        }
    }

    private int run(Flags flags) throws IOException, InterruptedException {
        Plan plan = flags.plan();
        writable(flags.json());
        writable(flags.svg());
        var progress = new Progress(err, terminal);
        Outcome outcome;
        try (var run = new Run(plan, progress, clock)) {
            outcome = run.run();
        } finally {
            progress.clear();
        }
        out.print(Table.of(outcome));
        out.flush();
        write(flags.json(), JsonReport.of(outcome));
        write(flags.svg(), Plots.of(outcome));
        return outcome.passed() ? 0 : WRONG;
    }

    private int soak(SoakPlan plan) throws InterruptedException {
        SoakOutcome outcome;
        try (var soak = new Soak(plan, new Progress(err, terminal), _ -> true)) {
            outcome = soak.run();
        }
        out.print(outcome.table());
        out.flush();
        return outcome.passed() ? 0 : WRONG;
    }

    /** Better told now than after the run. */
    private static void writable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isWritable(folder)) {
            throw new UnclearException(
                    "can't write " + file + ": it is a folder, or not in one that can be written to");
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }

    private int complain(int code, String line) {
        err.println("confab: " + line.lines().findFirst().orElse("no reason given"));
        return code;
    }
}
