package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load tool against a server as it is. */
class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void clientsOfBothGenerationsGetEveryMessageOnceAndInOrder(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("figures.json");
        Path svg = folder.resolve("figures.svg");
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0", "--rooms=r[0-4]"))) {
            int code = run(
                    "bench",
                    address(server),
                    "--clients=40",
                    "--rooms=r[0-4]",
                    "--publishers=2",
                    "--outstanding=3",
                    "--dialect=socketio4,socketio2",
                    "--from=127.0.0.1",
                    "--loops=2",
                    "--warmup=0.2",
                    "--seconds=1",
                    "--json=" + json,
                    "--svg=" + svg);

            assertThat(code).as(said(out) + said(err)).isZero();
            assertThat(said(out)).contains("passed: every client got every id of its room once and in order");
        }
        JsonNode figures = new JsonMapper().readTree(Files.readString(json));
        assertThat(figures.at("/checks/passed").booleanValue()).isTrue();
        assertThat(figures.at("/deliveries").longValue()).isPositive();
        assertThat(figures.at("/latencyMicros/delivery/percentiles/99.9").doubleValue())
                .isPositive();
        assertThat(rootOf(svg)).isEqualTo("svg");
    }

    @Test
    void messagesFollowTheirScheduleInAnotherNamespace() throws Exception {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0", "--namespace=/talk"))) {
            int code =
                    run("bench", address(server) + "/talk", "--clients=10", "--rate=200", "--warmup=0", "--seconds=1");

            assertThat(code).as(said(out) + said(err)).isZero();
            assertThat(said(out).replaceAll(" +", " ")).contains("messages 200 200", "from when due to", "being sent");
        }
    }

    @Test
    void aSoakLetsMembersComeAndGoAndChecksWhatEachGets() throws Exception {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0", "--enable-rooms-management"))) {
            int code = run(
                    "bench", address(server), "--soak=0.05", "--clients=20", "--publishers=5", "--rate=50", "--seed=1");

            assertThat(code).as(said(out) + said(err)).isZero();
            assertThat(said(out))
                    .contains("20 members and 5 publishers in 5 rooms, 3 s, seed 1")
                    .contains("passed: every member got what it had to get, once and in order, and nothing else");
            assertThat(server.chat().rooms().exists("default")).isTrue();
        }
    }

    @Test
    void aSoakNeedsAServerThatLetsClientsCreateRooms() throws Exception {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0"))) {
            assertThat(run("bench", address(server), "--soak")).isEqualTo(1);
        }

        assertThat(complaint())
                .isEqualTo("confab: the server lets nobody create rooms, which a soak needs; start it with"
                        + " --enable-rooms-management");
    }

    @Test
    void aRoomThatIsNotThereIsNamedInOneLine() throws Exception {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0"))) {
            assertThat(run("bench", address(server), "--clients=1", "--rooms=nowhere"))
                    .isEqualTo(1);
        }

        assertThat(complaint()).contains("the server refused the join", "No such room nowhere");
        assertThat(said(out)).isEmpty();
    }

    @Test
    void aNamespaceThatIsNotThereIsRefused() throws Exception {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0"))) {
            assertThat(run("bench", address(server) + "/nowhere", "--clients=1"))
                    .isEqualTo(1);
        }

        assertThat(complaint()).contains("the server refused it: Invalid namespace");
    }

    @Test
    void aPortWhereNobodyListensIsNamedInOneLine() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThat(run("bench", "http://127.0.0.1:" + port, "--clients=1")).isEqualTo(1);
        assertThat(complaint()).isEqualTo("confab: http://127.0.0.1:" + port + "/chat-service: nobody listens there");
    }

    @Test
    void flagsThatMakeNoSenseEndWithCodeTwo() {
        assertUnclear("--rate is 0, but has to be from 0.001 to 10000000", "--rate=0");
        assertUnclear("--rate and --outstanding exclude each other", "--rate=1", "--outstanding=1");
        assertUnclear("2 clients can't be in 3 rooms: each is in one", "--clients=2", "--rooms=r[1-3]");
        assertUnclear(
                "\"https://x\" is no address such as http://127.0.0.1:8000 or http://127.0.0.1:8000/chat-service",
                "https://x");
        assertUnclear("\"irc\" is no dialect; there are socketio4, socketio2", "--dialect=irc");
        assertUnclear(
                "\"127.0.0.9-127.0.0.1\" is no address or range such as 127.0.0.1-127.0.0.8",
                "--from=127.0.0.9-127.0.0.1");
        assertUnclear("--soak and --json exclude each other", "--soak=1", "--json=x");
        assertUnclear("--soak is 0.001, but has to be from 0.05 to 10080", "--soak=0.001");
        assertUnclear("Unknown option: '--clents=3'", "--clents=3");
    }

    @Test
    void theProgramsHelpNamesIt() {
        assertThat(run("--help")).isZero();
        assertThat(said(out)).containsPattern("bench +Puts load on a Confab server");
        out.reset();

        assertThat(run("bench", "--help")).isZero();
        assertThat(said(out)).contains("--clients=<n>", "--rate=<n>", "Exit codes:");
    }

    private void assertUnclear(String words, String... flags) {
        err.reset();
        String[] args = new String[flags.length + 1];
        args[0] = "bench";
        System.arraycopy(flags, 0, args, 1, flags.length);

        assertThat(run(args)).isEqualTo(2);
        assertThat(said(err)).isEqualTo("confab: " + words + System.lineSeparator());
        assertThat(said(out)).isEmpty();
    }

    private String complaint() {
        return said(err)
                .lines()
                .filter(line -> line.startsWith("confab: "))
                .reduce((one, other) -> one + " and " + other)
                .orElse("");
    }

    private int run(String... args) {
        return new Main(printing(out), printing(err), Map.of(), UnaryOperator.identity()).run(args);
    }

    private static String address(ConfabServer server) {
        return server.chat().addresses().getFirst().toString();
    }

    private static String rootOf(Path file) throws Exception {
        try (InputStream text = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(text)
                    .getDocumentElement()
                    .getTagName();
        }
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String said(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
