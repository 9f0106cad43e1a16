package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebFilesTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "dev", "confab", "server");

    @Test
    void everyFileOfThePageIsHandedOut() throws IOException {
        try (var files = Files.list(RESOURCES.resolve("page"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();

            assertThat(Stream.concat(Stream.of("index.html"), WebFiles.PAGE.stream()))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void theVersionedAddressOfTheClientTellsItsVersion() {
        String path = "/socket.io/" + WebFiles.CLIENT_VERSION + "/socket.io.js";

        assertThat(text("/chat-service", path)).contains("Socket.IO v" + WebFiles.CLIENT_VERSION);
    }

    @Test
    void thePageIsToldTheNamespace() {
        assertThat(text("/chat-service", "/")).contains("<meta name=\"confab-namespace\" content=\"/chat-service\"");
        assertThat(text("/a\"><b>&", "/")).contains("<meta name=\"confab-namespace\" content=\"/a&quot;>&lt;b>&amp;\"");
    }

    @Test
    void thePageIsToldHowLongAndHowManyKeysOfMessagesAreRemembered() {
        var options = ChatOptions.builder()
                .messageKeyTime(Duration.ofSeconds(7))
                .messageKeysPerUser(9)
                .build();

        assertThat(text(WebFiles.load("/chat-service", options), "/"))
                .contains("<meta name=\"confab-message-key-time\" content=\"7000\"")
                .contains("<meta name=\"confab-message-keys-per-user\" content=\"9\"");
    }

    private static String text(String namespace, String path) {
        return text(WebFiles.load(namespace, ChatOptions.builder().build()), path);
    }

    private static String text(WebFiles files, String path) {
        return new String(files.at(path).orElseThrow().body(), StandardCharsets.UTF_8);
    }
}
