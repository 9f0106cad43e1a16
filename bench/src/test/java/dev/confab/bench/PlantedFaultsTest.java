package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.RogueServer.Mischief;
import dev.confab.bench.RogueServer.Said;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What a server does wrong makes the command fail and say so. */
class PlantedFaultsTest {

    private static final int FIFTH = RogueServer.HEAD + 5;

    /** All that is due is said, however late: the fifth is among it on the slowest machine. */
    private static final String MANY = "--rate=100";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"socketio4", "socketio2", "socketio4,socketio2"})
    void aServerThatDoesItRightPasses(String dialect) {
        assertThat(bench(new Mischief() {}, "--dialect=" + dialect)).isZero();

        assertThat(said(out)).contains("passed: every client got every id of its room once and in order");
    }

    @Test
    void aPlantedDuplicateFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public List<Said> says(int member, long id) {
                        return member == 1 && id == FIFTH ? List.of(new Said(id), new Said(id)) : List.of(new Said(id));
                    }
                },
                MANY);

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("FAILED: duplicate 1").containsPattern("client \\d .* got id 45 again");
    }

    @Test
    void aPlantedGapFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public List<Said> says(int member, long id) {
                        return member == 1 && id == FIFTH ? List.of() : List.of(new Said(id));
                    }
                },
                MANY,
                "--patience=10");

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("gap 1", "stall 1").containsPattern("client \\d .* never got id 45\\R");
    }

    @Test
    void aLastMessageThatDoesNotComeIsAGapToo() {
        int code = bench(
                new Mischief() {
                    @Override
                    public List<Said> says(int member, long id) {
                        return member == 1 && id >= FIFTH ? List.of() : List.of(new Said(id));
                    }
                },
                MANY,
                "--patience=10");

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("gap 1").containsPattern("client \\d .* never got ids 45 to 90");
    }

    @Test
    void aPlantedSwapFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public List<Said> says(int member, long id) {
                        if (member != 1) {
                            return List.of(new Said(id));
                        }
                        return id == FIFTH
                                ? List.of()
                                : id == FIFTH + 1 ? List.of(new Said(id), new Said(FIFTH)) : List.of(new Said(id));
                    }
                },
                MANY);

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("FAILED: swap 1").containsPattern("client \\d .* got id 45 after id 46");
    }

    @Test
    void aMessageUnderAnotherIdFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public List<Said> says(int member, long id) {
                        if (member != 1 || id > FIFTH + 1 || id < FIFTH) {
                            return List.of(new Said(id));
                        }
                        return id == FIFTH ? List.of() : List.of(new Said(FIFTH, id), new Said(id, FIFTH));
                    }
                },
                MANY);

        assertThat(code).isEqualTo(1);
        // Whoever is heard first is believed, so either id may be the one that others contradict.
        assertThat(said(out))
                .containsPattern("FAILED: mix-up \\d")
                .containsPattern("has id (46, but id 45|45, but id 46) for (client|its acknowledgement)");
    }

    @Test
    void aRefusedMessageFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public String refuses(long id) {
                        return id == FIFTH ? "ChatServiceError: Not allowed" : "";
                    }
                },
                MANY);

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("FAILED: refusal ", "was refused a message: ChatServiceError: Not allowed");
    }

    @Test
    void aConnectionThatEndsFailsTheRun() {
        int code = bench(
                new Mischief() {
                    @Override
                    public boolean cuts(int member, long id) {
                        return member == 1 && id == FIFTH;
                    }
                },
                MANY);

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).contains("FAILED: loss 1").contains("was lost: the server closed the connection");
    }

    @Test
    void aRejectedLoginIsSaidInOneLine() {
        int code = bench(new Mischief() {
            @Override
            public String login() {
                return "loginRejected";
            }
        });

        assertThat(code).isEqualTo(1);
        assertThat(said(out)).isEmpty();
        assertThat(said(err).lines())
                .filteredOn(line -> line.startsWith("confab: "))
                .singleElement()
                .asString()
                .contains("the server rejected the login: somebody");
    }

    @Test
    void atAFixedRateEveryMessageThatWasDueDuringAPauseCountsFromWhenItWasDue() throws Exception {
        var pause = new Mischief() {
            @Override
            public int stops(long id) {
                return id == FIFTH ? 600 : 0;
            }
        };
        try (var server = new RogueServer(pause);
                var run = new Run(
                        plan(server.address(), "--clients=2", "--warmup=0", "--seconds=1", "--rate=100"),
                        new Progress(printing(err), false),
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
            Outcome outcome = run.run();

            assertThat(outcome.passed()).isTrue();
            assertThat(outcome.messages()).isEqualTo(100);
            long half = 300_000_000;
            long slow = outcome.delivery()
                    .getCountBetweenValues(half, outcome.delivery().getMaxValue());
            assertThat(slow)
                    .as("deliveries that took half of the pause or more")
                    .isGreaterThanOrEqualTo(50);
        }
    }

    private static Plan plan(String... args) {
        var flags = new Flags();
        new CommandLine(flags).parseArgs(args);
        return flags.plan();
    }

    private int bench(Mischief mischief, String... flags) {
        try (var server = new RogueServer(mischief)) {
            var args = new ArrayList<>(List.of(server.address(), "--clients=3", "--warmup=0", "--seconds=0.5"));
            args.addAll(List.of(flags));
            return new Bench(printing(out), printing(err), false, Clock.systemUTC()).run(args.toArray(String[]::new));
        }
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
