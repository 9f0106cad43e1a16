package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.Login;
import dev.confab.memory.MemoryStore;
import dev.confab.netty.SocketIoDoor;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seconds of a soak against a server over real sockets; {@code confab bench --soak} does it for as long as one likes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoakTest {

    private static final long SEED = Long.getLong("confab.soak.seed", 20_301);

    private static final PrintStream NOWHERE = new PrintStream(PrintStream.nullOutputStream());

    @Test
    void everyMemberGetsWhatItHasToGetWhateverIsDoneToIt() throws Exception {
        SocketIoDoor door = SocketIoDoor.builder()
                .port(0)
                .eventLoops(2)
                .outboxBytes(32_768)
                .sendBufferBytes(8_192)
                .build();
        try (Confab chat = serve(door);
                var soak = new Soak(plan(door), new Progress(NOWHERE, false), counts -> isEnough(counts, chat))) {
            SoakOutcome outcome = soak.run();

            assertThat(outcome.faults()).as(outcome.table()).isEmpty();
            assertThat(outcome.recovered()).as("joins that recovered").isPositive();
            assertThat(outcome.replayed()).as("messages that joins brought").isPositive();
            assertThat(outcome.unrecovered())
                    .as("joins that found another epoch")
                    .isPositive();
        }
    }

    private static boolean isEnough(SoakCounts counts, Confab chat) {
        return counts.acknowledged.sum() > 1_000
                && counts.drops.sum() > 200
                && counts.leaves.sum() > 50
                && counts.pauses.sum() > 20
                && counts.bans.sum() > 20
                && counts.deletions.sum() > 2
                && chat.statistics().caughtUp() > 10;
    }

    private static Confab serve(SocketIoDoor door) throws IOException {
        return Confab.builder()
                .store(MemoryStore.create())
                .door(door)
                .options(ChatOptions.builder().enableRoomsManagement(true).build())
                .login(hello -> Login.as(hello.query("user")))
                .start();
    }

    private static SoakPlan plan(SocketIoDoor door) {
        return new SoakPlan(
                Address.parse(door.addresses().getFirst().toString()),
                List.of(Dialect.SOCKETIO4, Dialect.SOCKETIO2),
                List.of(),
                200,
                50,
                5,
                300,
                1_000,
                Duration.ofSeconds(6),
                Duration.ofSeconds(20),
                1,
                "soak-",
                SEED);
    }
}
