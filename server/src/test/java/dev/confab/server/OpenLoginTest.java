package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenLoginTest {

    private static ConfabServer server;
    private static URI address;

    @BeforeAll
    static void start() throws IOException {
        server = ConfabServer.start(Settings.read(Map.of(), "--port=0"));
        address = server.chat().addresses().getFirst();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"user=ann, ann", "userName=ben, ben", "userName=ben&user=ann, ann", "user=%C3%85sa%20%26%20co, Åsa & co"
    })
    void theNameComesFromTheQuery(String query, String user) throws Exception {
        try (var client = WireClient.connect(address, "&" + query)) {
            assertThat(client.await("42/chat-service,[\"login")).contains("\"loginConfirmed\",\"" + user + "\"");
        }
    }

    @Test
    void theNameMayComeFromWhatTheClientSendsToLogIn() throws Exception {
        try (var client = WireClient.open(address, "")) {
            client.send("40/chat-service,{\"user\":\"cid\"}");

            assertThat(client.await("42/chat-service,[\"login")).contains("\"loginConfirmed\",\"cid\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nobody=ann, No login provided",
        "user=, No login provided",
        "user=a:b, String a:b contains invalid characters"
    })
    void whoGivesNoNameOrABadOneIsRefused(String query, String error) throws Exception {
        try (var client = WireClient.connect(address, "&" + query)) {
            assertThat(client.await("42/chat-service,[\"login"))
                    .isEqualTo("42/chat-service,[\"loginRejected\",\"ChatServiceError: " + error + "\"]");
        }
    }
}
