package dev.confab.tck.behaviour;

import dev.confab.spi.Store;
import java.time.Clock;
import org.junit.jupiter.api.Nested;

/**
 * What clients, hooks and embedders may rely on, seen through a server on a store: the chat-service contract, and what
 * Confab promises beyond it. A store's own tests extend this class once.
 */
public abstract class BehaviourSuite {

    /** For subclasses. */
    protected BehaviourSuite() {}

    /**
     * Makes a store that holds nothing, for one test. The server under test opens it, and closes it in the end.
     *
     * @param clock where its timestamps are to come from
     * @return the store
     */
    protected abstract Store newStore(Clock clock);

    @Nested
    final class Initialization extends InitializationBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Connection extends ConnectionBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class RoomManagement extends RoomManagementBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class RoomMessaging extends RoomMessagingBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class PublishingOnce extends PublishingOnceBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class History extends HistoryBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class RoomPresence extends RoomPresenceBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class RoomPermissions extends RoomPermissionsBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class AccessLoss extends AccessLossBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class DirectMessaging extends DirectMessagingBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class DirectPermissions extends DirectPermissionsBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Hooks extends HooksBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Lifecycle extends LifecycleBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Order extends OrderBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Races extends RacesBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class ServerApi extends ServerApiBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class ServerPermissions extends ServerPermissionsBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Validation extends ValidationBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Errors extends ErrorsBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Closing extends ClosingBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Recovery extends RecoveryBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Resume extends ResumeBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class SlowReaders extends SlowReadersBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class RateLimits extends RateLimitsBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }

    @Nested
    final class Model extends ModelBehaviour {
        @Override
        BehaviourSuite suite() {
            return BehaviourSuite.this;
        }
    }
}
