package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogTest {

    private static final String SECRET = "swordfish";

    @Test
    void startsStopsAndRefusedLoginsAreALineEachAndWhatIsSaidIsNone() throws Exception {
        List<String> log = logOfABusyServer();

        assertThat(log).hasSize(4);
        assertThat(log.get(0)).matches("\\S+ INFO +dev.confab - started in \\d+ ms: .*http://127.0.0.1:\\d+.*");
        assertThat(log.get(1)).matches("\\S+ INFO +dev.confab - login refused: noLogin, from 127.0.0.1");
        assertThat(log.get(2)).contains("INFO", "stopping");
        assertThat(log.get(3)).contains("INFO", "stopped in");
        assertThat(log).noneMatch(line -> line.contains(SECRET));
    }

    @Test
    void linesForMachinesAreJsonObjects() throws Exception {
        List<JsonNode> log = logOfABusyServer("--log-format=json").stream()
                .map(JsonMapper.shared()::readTree)
                .toList();

        assertThat(log).extracting(line -> line.get("level").asString()).containsOnly("INFO");
        assertThat(log)
                .extracting(line -> line.get("formattedMessage").asString())
                .anyMatch(line -> line.startsWith("started in"))
                .anyMatch(line -> line.contains("noLogin"));
        assertThat(log).noneMatch(line -> line.toString().contains(SECRET));
    }

    @Test
    void theLineOfARefusedLoginNamesTheUserInPlainTextOnOneLine() throws Exception {
        try (var server = ConfabProcess.serve();
                var liar = WireClient.connect(
                        server.address(), "&user=root%0A2026%20INFO%1B%5B31m%E2%80%AE%22%7B0%7D&token=" + SECRET)) {
            liar.await("42/chat-service,[\"loginRejected\"");
            server.awaitLog("login refused");

            assertThat(server.log())
                    .filteredOn(line -> !line.contains("started in"))
                    .singleElement()
                    .asString()
                    .endsWith(
                            "login refused: invalidName, of \"root\\u{a}2026 INFO\\u{1b}[31m\\u{202e}\\\"{0}\", from 127.0.0.1");
        }
    }

    @Test
    void aQuietLevelLeavesOutWhatIsNoConcern() throws Exception {
        assertThat(logOfABusyServer("--log-level=warn")).isEmpty();
    }

    private static List<String> logOfABusyServer(String... flags) throws Exception {
        try (var server = ConfabProcess.serve(flags)) {
            try (var ann = WireClient.login(server.address(), "ann&token=" + SECRET);
                    var nobody = WireClient.connect(server.address(), "&token=" + SECRET)) {
                nobody.await("42/chat-service,[\"loginRejected\"");
                ann.send("42/chat-service,1[\"roomJoin\",\"default\"]");
                ann.await("43/chat-service,1[null,1]");
                ann.send("42/chat-service,2[\"roomMessage\",\"default\",{\"textMessage\":\"" + SECRET + "\"}]");
                ann.await("43/chat-service,2[null,1]");
                server.terminate();
                ann.awaitClosed();
            }
            assertThat(server.exitCode()).isZero();
            return server.log();
        }
    }
}
