package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.spi.PresenceStore.Reservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeyedLocksTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KeyedLocks<String> locks = new KeyedLocks<>();

    @Test
    void aLockExistsWhileItIsHeld() throws Exception {
        Reservation one = locks.acquire("one", PATIENCE);
        Reservation two = locks.acquire("two", PATIENCE);
        assertThat(locks.size()).isEqualTo(2);
        one.close();
        assertThat(locks.size()).isEqualTo(1);
        one.close();
        two.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void whoRunsOutOfPatienceLeavesNothingBehind() throws Exception {
        Reservation held = locks.acquire("key", PATIENCE);
        for (Duration patience : List.of(Duration.ZERO, Duration.ofMillis(-5), Duration.ofMillis(5))) {
            assertThatThrownBy(() -> locks.acquire("key", patience))
                    .isInstanceOfSatisfying(
                            ChatException.class, e -> assertThat(e.error()).isEqualTo(ChatError.timeout()));
        }
        held.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void whoIsInterruptedLeavesNothingBehind() throws Exception {
        Reservation held = locks.acquire("key", PATIENCE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> locks.acquire("key", PATIENCE)).isInstanceOf(InterruptedException.class);
        held.close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void patienceMayBeEndless() throws Exception {
        locks.acquire("key", Duration.ofSeconds(Long.MAX_VALUE)).close();
        assertThat(locks.size()).isZero();
    }

    @Test
    void whoWaitsLongestComesFirst() throws Exception {
        var order = Collections.synchronizedList(new ArrayList<Integer>());
        var threads = new ArrayList<Thread>();
        try (Reservation _ = locks.acquire("key", PATIENCE)) {
            for (int i = 0; i < 10; i++) {
                int number = i;
                Thread waiting = Thread.ofPlatform().start(() -> {
                    try (Reservation _ = locks.acquire("key", PATIENCE)) {
                        order.add(number);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                threads.add(waiting);
                await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).isEqualTo(IntStream.range(0, 10).boxed().toList());
        assertThat(locks.size()).isZero();
    }
}
