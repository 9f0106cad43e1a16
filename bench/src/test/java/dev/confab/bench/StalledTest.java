package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Confab;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.memory.MemoryStore;
import dev.confab.netty.SocketIoDoor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients see beside others that read nothing. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StalledTest {

    private static final int STALLED = 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private static Confab serve(SocketIoDoor door) throws IOException {
        Confab chat = Confab.builder()
                .store(MemoryStore.create())
                .door(door)
                .login(hello -> Login.as(hello.query("user")))
                .start();
        chat.rooms().create("default", RoomSettings.DEFAULT);
        return chat;
    }

    private int bench(String... args) {
        return new Bench(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        Clock.systemUTC())
                .run(args);
    }

    @Test
    void othersThatReadNothingFallBehindInEveryOtherTurnAndTheRestIsComparedWithAndWithoutThem(@TempDir Path folder)
            throws Exception {
        SocketIoDoor door = SocketIoDoor.builder()
                .port(0)
                .outboxBytes(32_768)
                .sendBufferBytes(8_192)
                .build();
        Path json = folder.resolve("bench.json");
        try (Confab chat = serve(door)) {
            int code = bench(
                    door.addresses().getFirst().toString(),
                    "--clients=5",
                    "--stalled=" + STALLED,
                    "--rate=100",
                    "--size=5000",
                    "--warmup=0.5",
                    "--seconds=0.5",
                    "--patience=60",
                    "--json=" + json);
            assertThat(code).as("%s%n%s", out, err).isZero();
            assertThat(chat.statistics().fellBehind()).isGreaterThanOrEqualTo(3 * STALLED);
        }
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("nobody stalled", "others stalled")
                .containsPattern(
                        "p99 of deliveries beside 20 clients that read nothing over without them: [\\d.]+ \\(");
        assertThat(Files.readString(json)).contains("deliveryBesideStalled", "ratiosOfP99");
    }

    @Test
    void whoStallsForSoLongThatServersGiveUpIsNoMeasure() {
        assertThat(bench("--stalled=1", "--seconds=30")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--stalled");
    }
}
