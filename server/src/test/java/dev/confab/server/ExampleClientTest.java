package dev.confab.server;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExampleClientTest {

    private static final int MINUTES = 5;

    @TestFactory
    Stream<DynamicTest> theExampleOfAClientThatResumesDoesSo() throws Exception {
        NodeScripts.prepare(ExampleClientTest.class);
        try (var large = RestartableServer.with("--enable-rooms-management");
                var small = RestartableServer.with("--enable-rooms-management", "--history-max-size=20")) {
            String servers = "{\"long\": \"%s\", \"short\": \"%s\"}".formatted(large.address(), small.address());
            List<NodeScripts.Check> checks =
                    NodeScripts.run("example.test.mjs", MINUTES, servers, Map.of("RESTART", _ -> large.restart()));
            return checks.stream().map(check -> DynamicTest.dynamicTest(check.name(), check::assertHolds));
        }
    }
}
