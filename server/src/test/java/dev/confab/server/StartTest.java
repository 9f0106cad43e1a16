package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {

    @Test
    void aServerSaysWhereItIsThatLoginIsOpenAndWhatItForgets() throws Exception {
        try (var server = ConfabProcess.serve("--namespace=/talk")) {
            String address = server.address().toString();

            assertThat(String.join("\n", server.output()))
                    .contains("page     " + address + "/")
                    .contains(address + "/talk")
                    .contains("rooms    default")
                    .contains("login    open, for development only")
                    .contains("forgotten when it ends");
        }
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
