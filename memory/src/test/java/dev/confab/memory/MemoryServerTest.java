package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Confab;
import dev.confab.ConfabBuilder;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.protocol.Value;
import dev.confab.tck.FakeClock;
import dev.confab.tck.LoopbackTransport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A whole server on this store, as an embedder's own tests start one. */
final class MemoryServerTest {

    @Test
    void aServerStartsAndDeliversAMessageInATimeThatIsPrinted() throws IOException {
        var milliseconds = new ArrayList<Double>();
        for (int i = 0; i < 21; i++) {
            milliseconds.add(startTalkAndClose());
        }
        double first = milliseconds.removeFirst();
        milliseconds.sort(null);
        System.out.printf(
                "server on the in-process store, from nothing to the first message heard, and closed again: "
                        + "%.1f ms the first time in this process, then %.1f ms (median of %d)%n",
                first, milliseconds.get(milliseconds.size() / 2), milliseconds.size());
        assertThat(milliseconds).allMatch(time -> time > 0);
    }

    @Test
    void aUserWhomNobodyConfiguredIsForgottenSomeTimeAfterTheLastConnection() throws Exception {
        var clock = FakeClock.at(Instant.parse("2030-01-01T00:00:00Z"));
        var net = LoopbackTransport.create();
        var gone = new CountDownLatch(2);
        try (Confab chat =
                server(net, clock).onDisconnect(disconnect -> gone.countDown()).start()) {
            net.login("ann").close();
            var bob = net.login("bob");
            bob.result("directAddToList", "blacklist", List.of("cat"));
            bob.close();
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
            clock.advance(Duration.ofMinutes(59));
            assertThat(chat.users().exists("ann")).isTrue();
            clock.advance(Duration.ofMinutes(2));
            assertThat(chat.users().exists("ann")).isFalse();
            assertThat(chat.users().exists("bob")).isTrue();
            assertThat(net.login("ann").result("directGetWhitelistMode")).isEqualTo(Value.FALSE);
        }
    }

    private static double startTalkAndClose() throws IOException {
        long begun = System.nanoTime();
        var net = LoopbackTransport.create();
        try (Confab chat = server(net, Clock.systemUTC()).start()) {
            chat.rooms().create("default", RoomSettings.DEFAULT);
            var ann = net.login("ann");
            ann.result("roomJoin", "default");
            ann.result("roomMessage", "default", Map.of("textMessage", "Hi"));
            ann.expect("roomMessage");
        }
        return (System.nanoTime() - begun) / 1e6;
    }

    private static ConfabBuilder server(LoopbackTransport net, Clock clock) {
        return Confab.builder()
                .store(MemoryStore.builder().clock(clock).build())
                .clock(clock)
                .door(net)
                .login(hello -> Login.as(hello.query("user")));
    }
}
