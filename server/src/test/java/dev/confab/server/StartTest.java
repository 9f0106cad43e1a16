package dev.confab.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Confab;
import dev.confab.LifecycleHook;
import dev.confab.RoomSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @Test
    void aServerSaysWhereItIsThatLoginIsOpenAndWhatItForgets() throws Exception {
        try (var server = ConfabProcess.serve("--namespace=/talk")) {
            String address = server.address().toString();
            server.awaitOutput("Ctrl-C stops it.");

            assertThat(String.join("\n", server.output()))
                    .contains("page     " + address + "/")
                    .contains(address + "/talk")
                    .contains("rooms    default")
                    .contains("login    open, for development only")
                    .contains("forgotten when it ends");
        }
    }

    @Test
    void aServerThatListensOnAllAddressesNamesThoseThatABrowserCanOpen() throws Exception {
        try (var server = ConfabProcess.serve("--host=0.0.0.0", "--insecure-open-login")) {
            URI page = server.address();

            assertThat(page.getHost()).isEqualTo("127.0.0.1");
            server.awaitOutput("listens  on all addresses of this machine");
            server.awaitOutput("whoever comes, from any machine, may take any name");
            try (var client = WireClient.login(page, "ann")) {
                client.send("42/chat-service,1[\"roomJoin\",\"default\"]");
                client.await("43/chat-service,1[null,1]");
            }
            assertThat(server.output()).noneMatch(line -> line.contains("0.0.0.0"));
        }
    }

    @Test
    void aStartThatAHookStopsEndsWithCodeOneOneLineAndItsCauseInTheLogOnce() throws Exception {
        try (var process = ConfabProcess.start(FailingServer.class, "serve", "--port=0")) {
            assertThat(process.exitCode()).isEqualTo(1);

            assertThat(process.output()).isEmpty();
            assertThat(process.log().getLast()).isEqualTo("confab: can't start: onStart failed: Internal server error");
            assertThat(process.log())
                    .filteredOn(line -> !line.startsWith("\t"))
                    .hasSize(3)
                    .anyMatch(line -> line.endsWith("ERROR dev.confab - onStart hook failed"))
                    .anyMatch(line -> line.endsWith("IllegalStateException: no coffee"));
        }
    }

    @Test
    void aRoomThatCannotBeCreatedIsNamed() {
        assertThat(failureOf(chat -> chat.rooms().create("default", RoomSettings.DEFAULT), "--rooms=lobby,default"))
                .isEqualTo("confab: can't start: onStart failed: room \"default\" can't be created: "
                        + ChatError.roomExists("default").text());
    }

    @Test
    void whatAHookOfTheStartAnswersIsSaid() {
        assertThat(failureOf(_ -> {
                    throw new ChatException(ChatError.of("the licence has run out"));
                }))
                .isEqualTo("confab: can't start: onStart failed: the licence has run out");
    }

    @Test
    void aStartThatFailsUnexpectedlyIsOneLineToo() {
        var err = new ByteArrayOutputStream();
        var main = new Main(System.out, printing(err), Map.of(), builder -> {
            throw new UnsupportedOperationException("not here");
        });

        assertThat(main.run("serve", "--port=0")).isEqualTo(1);
        assertThat(err.toString(UTF_8).strip())
                .isEqualTo("confab: can't start: java.lang.UnsupportedOperationException: not here");
    }

    /** All that the program says of a start that this hook, run before those of the settings, spoils. */
    private static String failureOf(LifecycleHook<Confab> hook, String... flags) {
        var err = new ByteArrayOutputStream();
        String[] args =
                Stream.concat(Stream.of("serve", "--port=0"), Stream.of(flags)).toArray(String[]::new);

        assertThat(new Main(System.out, printing(err), Map.of(), builder -> builder.onStart(hook)).run(args))
                .isEqualTo(1);
        return err.toString(UTF_8).strip();
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }

    @Test
    void roomsOfTheSettingsAreThereAtStart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("confab.yaml"), """
                rooms:
                  - lobby
                  - r[0-99]
                  - {name: staff, owner: ann, whitelist: [ben], whitelistOnly: true}
                """);
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0", "--config=" + file))) {
            var rooms = server.chat().rooms();

            assertThat(rooms.exists("lobby")).isTrue();
            assertThat(rooms.exists("r0")).isTrue();
            assertThat(rooms.exists("r99")).isTrue();
            assertThat(rooms.exists("default")).isFalse();
            assertThat(rooms.mayJoin("staff", "ann")).isTrue();
            assertThat(rooms.mayJoin("staff", "ben")).isTrue();
            assertThat(rooms.mayJoin("staff", "cid")).isFalse();
        }
    }

    @Test
    void thousandsOfRoomsAreThereAtStart() throws IOException {
        try (var server = ConfabServer.start(Settings.read(Map.of(), "--port=0", "--rooms=r[0-2500]"))) {
            assertThat(server.chat().rooms().exists("r2500")).isTrue();
        }
    }

    @Test
    void twoServersRunInOneProcess() throws IOException {
        Settings settings = Settings.read(Map.of(), "--port=0");
        try (var one = ConfabServer.start(settings);
                var two = ConfabServer.start(settings)) {
            assertThat(one.chat().addresses()).isNotEqualTo(two.chat().addresses());
        }
    }
}
