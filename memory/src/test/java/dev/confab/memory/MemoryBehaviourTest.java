package dev.confab.memory;

import dev.confab.spi.Store;
import dev.confab.tck.behaviour.BehaviourSuite;
import java.time.Clock;

final class MemoryBehaviourTest extends BehaviourSuite {

    @Override
    protected Store newStore(Clock clock) {
        return MemoryStore.builder().clock(clock).build();
    }
}
