package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.Confab;
import dev.confab.Statistics;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** How many members of a server have fallen behind, and caught up, since a moment that was recorded. */
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

    /** Waits until {@code somebody behind} or {@code nobody behind} is true, of those who fell behind since. */
    void expect(String words) {
        await(words).atMost(PATIENCE).untilAsserted(() -> {
            Statistics now = server.get().statistics();
            long fell = now.fellBehind() - recorded.fellBehind();
            long behind = fell - (now.caughtUp() - recorded.caughtUp());
            assertThat(fell).isPositive();
            switch (words) {
                case "somebody behind" -> assertThat(behind).isPositive();
                case "nobody behind" -> assertThat(behind).isZero();
                default -> throw new IllegalArgumentException(words);
            }
        });
    }
}
