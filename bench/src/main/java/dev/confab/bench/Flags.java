package dev.confab.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** The command line of {@code confab bench}. */
@Command(
        name = "bench",
        sortOptions = false,
        usageHelpWidth = 100,
        customSynopsis = "confab bench [ADDRESS] [flags]%n",
        description = {
            "Puts load on a Confab server, and checks that every client gets every message once and in order.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every client got every message once and in order",
            "1:something was wrong, or the run could not be done",
            "2:a flag is unclear"
        })
final class Flags {

    private static final int CLIENTS = 1_000;
    private static final int SOAK_MEMBERS = 200;
    private static final int SOAK_PUBLISHERS = 50;
    private static final int SOAK_ROOMS = 5;
    private static final int SOAK_RATE = 300;
    private static final double SHORTEST_SOAK = 0.05;
    private static final int LONGEST_SECONDS = 604_800;
    private static final int MOST_CLIENTS = 1_000_000;
    private static final int MOST_OUTSTANDING = 65_536;
    private static final double HIGHEST_RATE = 10_000_000;
    private static final int LARGEST_TEXT = 900_000;
    private static final int MOST_LOOPS = 64;

    @Parameters(
            arity = "0..1",
            paramLabel = "ADDRESS",
            defaultValue = "http://127.0.0.1:8000",
            description =
                    "Where the server is, with the namespace if it is not /chat-service. Default: ${DEFAULT-VALUE}")
    private String address = Address.DEFAULT;

    @Option(
            names = "--clients",
            paramLabel = "<n>",
            description = "How many clients connect. Default: " + CLIENTS + "; in a soak " + SOAK_MEMBERS
                    + ", besides those who publish")
    private @Nullable Integer clients;

    @Option(
            names = "--rooms",
            paramLabel = "<names>",
            defaultValue = "default",
            description =
                    "The rooms that they join in turn, as confab serve --rooms takes them: lobby,r[0-99]. They have to"
                            + " be there. Default: ${DEFAULT-VALUE}")
    private String rooms = "";

    @Option(
            names = "--publishers",
            paramLabel = "<n>",
            description = "How many clients of each room publish. Default: 1; in a soak " + SOAK_PUBLISHERS + " in all")
    private @Nullable Integer publishers;

    @Option(
            names = "--outstanding",
            paramLabel = "<n>",
            description =
                    "How many messages of each publisher may be under way: the next one follows when one is acknowledged"
                            + " and everybody in the room has it. Default: 1, unless there is a rate")
    private @Nullable Integer outstanding;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            description =
                    "How many messages per second are due in all, at fixed times and however slow the server is. Latency"
                            + " counts from the time a message was due. In a soak, how many are tried, at random times"
                            + "; default " + SOAK_RATE)
    private @Nullable Double rate;

    @Option(
            names = "--size",
            paramLabel = "<bytes>",
            defaultValue = "100",
            description = "How long the text of a message is, " + Mark.LENGTH + " at least. Default: ${DEFAULT-VALUE}")
    private int size;

    @Option(
            names = "--warmup",
            paramLabel = "<seconds>",
            defaultValue = "2",
            description = "How long messages flow before they are measured. Default: ${DEFAULT-VALUE}")
    private double warmup;

    @Option(
            names = "--seconds",
            paramLabel = "<seconds>",
            defaultValue = "10",
            description = "How long they are measured. Default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
            names = "--patience",
            paramLabel = "<seconds>",
            defaultValue = "10",
            description = "How long the server may keep silent while an answer or a message is awaited. Default:"
                    + " ${DEFAULT-VALUE}")
    private double patience;

    @Option(
            names = "--dialect",
            paramLabel = "<names>",
            defaultValue = "socketio4",
            description =
                    "How clients speak: socketio4, socketio2, or socketio4,socketio2 for half of them each. Default:"
                            + " ${DEFAULT-VALUE}")
    private String dialects = "";

    @Option(
            names = "--from",
            paramLabel = "<addresses>",
            description =
                    "The addresses that clients come from in turn, such as 127.0.0.1-127.0.0.8: one address has about"
                            + " 28,000 ports. Default: what the system takes")
    private @Nullable String from;

    @Option(
            names = "--user",
            paramLabel = "<text>",
            defaultValue = "bench-",
            description = "What the users' names begin with; a number follows. Default: ${DEFAULT-VALUE}")
    private String user = "";

    @Option(
            names = "--loops",
            paramLabel = "<n>",
            defaultValue = "1",
            description = "How many threads serve the clients. Default: ${DEFAULT-VALUE}")
    private int loops;

    @Option(
            names = "--stalled",
            paramLabel = "<n>",
            defaultValue = "0",
            description =
                    "How many more clients join the rooms and read nothing, in every other of six turns, each as long as"
                            + " --warmup and --seconds say. Compares what the other clients see with and without them."
                            + " Default: ${DEFAULT-VALUE}")
    private int stalled;

    @Option(
            names = "--soak",
            paramLabel = "<minutes>",
            arity = "0..1",
            fallbackValue = "5",
            description =
                    "Measures nothing, but lets members drop, come back, stop reading, be banned and lose their rooms,"
                            + " all at random for so many minutes (${FALLBACK-VALUE} if it doesn't say), and checks that"
                            + " each got what it had to get. Clients must be allowed to create rooms"
                            + " (confab serve --enable-rooms-management)")
    private @Nullable Double soak;

    @Option(
            names = "--seed",
            paramLabel = "<n>",
            description = "What a soak draws its choices from. Default: another one each time")
    private @Nullable Long seed;

    @Option(names = "--json", paramLabel = "<file>", description = "Writes all figures to this file")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "<file>", description = "Draws latency and throughput into this file")
    private @Nullable Path svg;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and exits.")
    private boolean help;

    boolean wantsHelp() {
        return help;
    }

    @Nullable
    Path json() {
        return json;
    }

    @Nullable
    Path svg() {
        return svg;
    }

    /**
     * What the flags ask for.
     *
     * @throws UnclearException where one is out of range, or they contradict each other
     */
    Plan plan() {
        return new Plan(
                Address.parse(address),
                Dialect.parse(dialects),
                from == null ? List.of() : Sources.parse(from),
                (int) within("--clients", or(clients, CLIENTS), 1, MOST_CLIENTS),
                RoomNames.parse(rooms),
                (int) within("--publishers", or(publishers, 1), 1, MOST_CLIENTS),
                pace(),
                (int) within("--size", size, Mark.LENGTH, LARGEST_TEXT),
                duration("--warmup", warmup, 0),
                duration("--seconds", seconds, 0.1),
                duration("--patience", patience, 0.1),
                (int) within("--loops", loops, 1, MOST_LOOPS),
                (int) within("--stalled", stalled, 0, MOST_CLIENTS),
                user);
    }

    boolean wantsSoak() {
        return soak != null;
    }

    /**
     * What the flags ask for, where they ask for a soak.
     *
     * @param line which of them were given
     * @throws UnclearException where one is out of range, or has no meaning for a soak
     */
    SoakPlan soakPlan(ParseResult line) {
        for (String flag :
                List.of("--rooms", "--outstanding", "--warmup", "--seconds", "--stalled", "--json", "--svg")) {
            if (line.hasMatchedOption(flag)) {
                throw new UnclearException("--soak and " + flag + " exclude each other");
            }
        }
        double minutes = within("--soak", or(soak, 0), SHORTEST_SOAK, LONGEST_SECONDS / 60.0);
        return new SoakPlan(
                Address.parse(address),
                Dialect.parse(dialects),
                from == null ? List.of() : Sources.parse(from),
                (int) within("--clients", or(clients, SOAK_MEMBERS), 1, MOST_CLIENTS),
                (int) within("--publishers", or(publishers, SOAK_PUBLISHERS), 1, MOST_CLIENTS),
                SOAK_ROOMS,
                within("--rate", or(rate, SOAK_RATE), 0.001, HIGHEST_RATE),
                (int) within("--size", size, Mark.LENGTH, LARGEST_TEXT),
                Duration.ofMillis((long) (minutes * TimeUnit.MINUTES.toMillis(1))),
                duration("--patience", patience, 0.1),
                (int) within("--loops", loops, 1, MOST_LOOPS),
                user,
                seed == null ? ThreadLocalRandom.current().nextInt() : seed);
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static double or(@Nullable Double given, double otherwise) {
        return given == null ? otherwise : given;
    }

    private Pace pace() {
        if (rate == null) {
            return new Pace.Outstanding(
                    outstanding == null ? 1 : (int) within("--outstanding", outstanding, 1, MOST_OUTSTANDING));
        }
        if (outstanding != null) {
            throw new UnclearException("--rate and --outstanding exclude each other");
        }
        return new Pace.Rate(within("--rate", rate, 0.001, HIGHEST_RATE));
    }

    private static Duration duration(String flag, double value, double least) {
        return Duration.ofNanos((long) (within(flag, value, least, LONGEST_SECONDS) * TimeUnit.SECONDS.toNanos(1)));
    }

    private static double within(String flag, double value, double least, double most) {
        if (value >= least && value <= most) {
            return value;
        }
        throw new UnclearException(flag + " is " + Units.plain(value) + ", but has to be from " + Units.plain(least)
                + " to " + Units.plain(most));
    }
}
