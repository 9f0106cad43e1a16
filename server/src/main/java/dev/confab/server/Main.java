package dev.confab.server;

import dev.confab.ConfabBuilder;
import dev.confab.bench.Bench;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The {@code confab} program. Exit codes: 0 where all went well, also when it was told to stop; 1 where it couldn't do
 * what was asked; 2 where what was asked is unclear.
 */
public final class Main {

    private static final int UNCLEAR = 2;
    private static final String BENCH = "bench";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final UnaryOperator<ConfabBuilder> addition;

    /**
     * A program.
     *
     * @param addition what to add to a server that it starts; only tests add anything
     */
    Main(PrintStream out, PrintStream err, Map<String, String> environment, UnaryOperator<ConfabBuilder> addition) {
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.addition = addition;
    }

    /**
     * Runs a command and exits.
     *
     * @param args the command and its flags
     */
    public static void main(String[] args) {
        System.exit(new Main(System.out, System.err, System.getenv(), UnaryOperator.identity()).run(args));
    }

    int run(String... args) {
        if (args.length > 0 && args[0].equals(BENCH)) {
            return bench(Arrays.copyOfRange(args, 1, args.length));
        }
        try {
            var line = new CommandLine(confab()).setOut(new PrintWriter(out, true, out.charset()));
            return command(line.parseArgs(Flags.spelledAsFlags(args)));
        } catch (ParameterException e) {
            return unclear(Flags.problem(e));
        } catch (BadSettings e) {
            return unclear(e.problems().toArray(String[]::new));
        }
    }

    private int command(ParseResult line) {
        if (CommandLine.printHelpIfRequested(line)) {
            return 0;
        }
        if (!line.hasSubcommand()) {
            return unclear("what to do? confab serve starts a server, confab --help tells more");
        }
        Settings settings = new SettingsReader(environment).read(Flags.given(line.subcommand()));
        return new Serve(settings, out, err).run(addition);
    }

    private int bench(String... args) {
        Logs.set(LogFormat.TEXT, LogLevel.WARN);
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Bench(out, err, terminal, Clock.systemUTC()).run(args);
    }

    private int unclear(String... problems) {
        for (String problem : problems) {
            err.println("confab: " + problem);
        }
        return UNCLEAR;
    }

    private static CommandSpec confab() {
        CommandSpec confab = CommandSpec.create().name("confab").version("confab " + Version.current());
        confab.usageMessage().description("Rooms that any Socket.IO client can use.");
        confab.addOption(Flags.help());
        confab.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Shows the version and exits.")
                .build());
        CommandSpec serve = Flags.command("serve");
        serve.usageMessage().description("Starts a server, with its page for a browser.");
        confab.addSubcommand("serve", serve);
        confab.addSubcommand(BENCH, Bench.spec());
        return confab;
    }
}
