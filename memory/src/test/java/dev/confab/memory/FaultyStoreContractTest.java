package dev.confab.memory;

import dev.confab.spi.Store;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.StoreContract;
import java.time.Clock;

/** A faulty store without faults keeps the contract of the store behind it. */
final class FaultyStoreContractTest extends StoreContract {

    @Override
    protected Store newStore(Clock clock) {
        return FaultyStore.around(MemoryStore.builder().clock(clock).build());
    }

    @Override
    protected int rounds() {
        return 20;
    }
}
