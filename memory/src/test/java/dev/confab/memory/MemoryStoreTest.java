package dev.confab.memory;

import dev.confab.spi.Store;
import dev.confab.tck.StoreContract;
import java.time.Clock;

final class MemoryStoreTest extends StoreContract {

    @Override
    protected Store newStore(Clock clock) {
        return MemoryStore.builder().clock(clock).build();
    }
}
