package dev.confab.tck;

import dev.confab.spi.Store;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Store} owes to the engine: the laws that its Javadoc states, one test for each. A store's own tests
 * extend this class.
 */
public abstract class StoreContract {

    /** For subclasses. */
    protected StoreContract() {}

    /**
     * Makes a store that is not open yet and holds nothing. Its limits are large enough for a hundred rooms and users
     * for a hundred messages of 10 KiB in a room, and for a thousand keys of messages.
     *
     * @param clock where the store's timestamps come from
     * @return the store; the test closes it
     * @throws Exception where that fails
     */
    protected abstract Store newStore(Clock clock) throws Exception;

    /**
     * How often each race is run.
     *
     * @return rounds, 1 or more; default 200
     */
    protected int rounds() {
        return 200;
    }

    @Nested
    final class Rooms extends StoreRooms {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Guards extends StoreGuards {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Logs extends StoreLogs {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Keys extends StoreKeys {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Lists extends StoreLists {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Removals extends StoreRemovals {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Members extends StoreMembers {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Presence extends StorePresence {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class Users extends StoreUsers {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class AppendRaces extends StoreAppendRaces {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }

    @Nested
    final class MembershipRaces extends StoreMembershipRaces {
        @Override
        StoreContract contract() {
            return StoreContract.this;
        }
    }
}
