package dev.confab.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NpmClientsTest {

    private static final int MINUTES = 10;

    @TestFactory
    Stream<DynamicTest> thePublishedClientsTalkToTheServerInEveryWayTheyCanCome() throws Exception {
        NodeScripts.prepare(NpmClientsTest.class);
        try (var text = RestartableServer.with("--enable-rooms-management");
                var object = RestartableServer.with(
                        "--enable-rooms-management",
                        "--message-format=object",
                        "--use-raw-error-objects",
                        "--per-message-deflate")) {
            String servers = "{\"text\": \"%s\", \"object\": \"%s\"}".formatted(text.address(), object.address());
            List<NodeScripts.Check> checks = NodeScripts.run(
                    "clients.test.mjs",
                    MINUTES,
                    servers,
                    Map.of(
                            "RESTART", _ -> text.restart(),
                            "DISCONNECT", user -> text.server().chat().users().disconnect(user)));
            return checks.stream().map(check -> DynamicTest.dynamicTest(check.name(), check::assertHolds));
        }
    }
}
