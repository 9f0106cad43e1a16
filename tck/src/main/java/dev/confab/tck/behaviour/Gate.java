package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a hook waits until a test lets it go on; once open, it stays open. */
final class Gate {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the gate is open. */
    void pass() {
        arrived.countDown();
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the gate", e);
        }
    }

    /** Waits until somebody waits at the gate. */
    void awaitArrival() {
        try {
            assertThat(arrived.await(Behaviour.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("somebody at the gate")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void open() {
        opened.countDown();
    }
}
