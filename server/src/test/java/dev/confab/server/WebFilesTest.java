package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void thePageIsToldTheNamespaceAndNothingMore() {
        assertThat(text("/chat-service", "/")).contains("<meta name=\"confab-namespace\" content=\"/chat-service\"");
        assertThat(text("/a\"><b>&", "/")).contains("<meta name=\"confab-namespace\" content=\"/a&quot;>&lt;b>&amp;\"");
    }

    private static String text(String namespace, String path) {
        byte[] body = WebFiles.load(namespace).at(path).orElseThrow().body();
        return new String(body, StandardCharsets.UTF_8);
    }
}
