package dev.confab.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PageInChromiumTest {

    private static final int MINUTES = 10;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");

    @TestFactory
    Stream<DynamicTest> thePageServesPeopleInARealBrowser() throws Exception {
        NodeScripts.prepare(PageInChromiumTest.class);
        Path chromium = chromium();
        try (var open = RestartableServer.with(
                        "--enable-rooms-management",
                        "--enable-access-lists-updates",
                        "--message-format=object",
                        "--history-max-size=1000");
                var plain = RestartableServer.with("--use-raw-error-objects");
                var small = RestartableServer.with("--enable-rooms-management", "--history-max-size=20")) {
            var slowness = new Slowness(() -> open.server().chat());
            List<NodeScripts.Check> checks = NodeScripts.run(
                    "page.test.mjs",
                    MINUTES,
                    settings(open, plain, small, chromium),
                    Map.of(
                            "RESTART", _ -> open.restart(),
                            "DISCONNECT", user -> open.server().chat().users().disconnect(user),
                            "RECORD", _ -> slowness.record(),
                            "EXPECT", slowness::expect));
            return checks.stream().map(check -> DynamicTest.dynamicTest(check.name(), check::assertHolds));
        }
    }

    private static String settings(
            RestartableServer open, RestartableServer plain, RestartableServer small, Path chromium) {
        Path screenshots = Path.of("target", "screenshots").toAbsolutePath();
        return """
            {"open": "%s/", "plain": "%s/", "short": "%s/", "chromium": "%s", "screenshots": "%s"}
            """.formatted(open.address(), plain.address(), small.address(), chromium, screenshots);
    }

    /** The browser on this machine, where the environment's {@code CHROMIUM} or the path has one. */
    private static Path chromium() {
        String told = System.getenv("CHROMIUM");
        if (told != null) {
            return Path.of(told);
        }
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(Path.of(folder)::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> LeftOut.because(PageInChromiumTest.class, "there is no Chromium here"));
    }
}
