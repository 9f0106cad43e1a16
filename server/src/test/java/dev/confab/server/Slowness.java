package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.Confab;
import dev.confab.Statistics;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** What a server counts of members that read slowly, since a moment that was recorded. */
final class Slowness {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Confab> server;
    private Statistics recorded = new Statistics(Map.of(), 0, 0, 0, 0);

    Slowness(Supplier<Confab> server) {
        this.server = server;
    }

    void record() {
        recorded = server.get().statistics();
    }

    /** Waits until a count, {@code fellBehind} or {@code caughtUp}, is larger than recorded. */
    void expect(String count) {
        await(count)
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(count(count, server.get().statistics())).isGreaterThan(count(count, recorded)));
    }

    private static long count(String name, Statistics statistics) {
        return switch (name) {
            case "fellBehind" -> statistics.fellBehind();
            case "caughtUp" -> statistics.caughtUp();
            default -> throw new IllegalArgumentException(name);
        };
    }
}
