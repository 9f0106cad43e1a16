package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.tck.LoopbackTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server beside an oracle of plain maps: both are asked the same, in orders drawn from seeds, and have to answer and tell
 * the same. What is checked elsewhere one promise at a time is checked here in any combination.
 */
abstract class ModelBehaviour extends Behaviour {

    private static final int STEPS = 150;
    private static final long SEEDS = Long.getLong("confab.model.seeds", 40);
    private static final long FIRST_SEED = Long.getLong("confab.model.seed", 1);

    /** Within so many seeds a difference in the oracle is found. */
    private static final long SEEDS_TO_FIND_A_DIFFERENCE = 20;

    /** A step after which server and oracle differ, with all that led there. */
    private record Finding(long seed, List<ModelStep> steps, String difference) {
        @Override
        public String toString() {
            return "seed " + seed + " differs after " + steps.size() + " steps: " + difference + "\n  "
                    + steps.stream().map(ModelStep::toString).collect(Collectors.joining("\n  "));
        }
    }

    @Test
    void whateverIsAskedInWhateverOrderIsAnsweredAndToldAsTheOracleHasIt() throws Exception {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Finding finding = compare(seed, new ModelOracle());
            if (finding != null) {
                throw new AssertionError(finding.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDifferenceInTheOracleIsFound(Planted planted) throws Exception {
        Finding finding = null;
        for (long seed = 1; seed <= SEEDS_TO_FIND_A_DIFFERENCE && finding == null; seed++) {
            finding = compare(seed, planted.oracle.get());
        }
        assertThat(finding).as("what is found").isNotNull();
    }

    private @Nullable Finding compare(long seed, ModelOracle oracle) throws Exception {
        LoopbackTransport net = door(ErrorFormat.OBJECT);
        var gone = new LinkedBlockingQueue<String>();
        try (Confab chat = serverWithoutDoor()
                .door(net)
                .options(modelOptions())
                .onDisconnect(end -> gone.add(end.connection()))
                .start()) {
            chat.rooms()
                    .create(
                            "lobby",
                            RoomSettings.builder()
                                    .owner("ann")
                                    .enableUserlistUpdates(true)
                                    .enableAccessListsUpdates(true)
                                    .build());
            chat.rooms()
                    .create(
                            "attic",
                            RoomSettings.builder()
                                    .historyMaxSize(0)
                                    .enableUserlistUpdates(false)
                                    .enableAccessListsUpdates(false)
                                    .build());
            oracle.has("lobby", new ModelRoom("ann", false, true, ModelOracle.HISTORY));
            oracle.has("attic", new ModelRoom(null, false, false, 0));
            var run = new ModelRun(net, oracle, clock, gone);
            var steps = new ModelSteps(seed);
            var taken = new ArrayList<ModelStep>();
            for (int i = 0; i < STEPS; i++) {
                ModelStep step = steps.next();
                taken.add(step);
                String difference = run.take(step);
                if (difference != null) {
                    return new Finding(seed, taken, difference);
                }
            }
            return null;
        }
    }

    private static ChatOptions modelOptions() {
        return ChatOptions.builder()
                .enableRoomsManagement(true)
                .enableDirectMessages(true)
                .enableUserlistUpdates(true)
                .enableAccessListsUpdates(true)
                .roomListSizeLimit(ModelOracle.LIST_LIMIT)
                .directListSizeLimit(ModelOracle.DIRECT_LIMIT)
                .historyMaxSize(ModelOracle.HISTORY)
                .historyMaxGetMessages(ModelOracle.PAGE)
                .replayMaxMessages(ModelOracle.REPLAY)
                .build();
    }

    /** Oracles that are wrong in one thing. */
    enum Planted {
        WHITELIST_MODE_REMOVES_ADMINISTRATORS_TOO(() -> new ModelOracle() {
            @Override
            boolean losesByMode(ModelRoom room, String user) {
                return !room.lists("whitelist", user);
            }
        }),

        A_JOIN_BRINGS_ONE_MORE(() -> new ModelOracle() {
            @Override
            int replayLimit() {
                return REPLAY + 1;
            }
        }),

        KEYS_ARE_FORGOTTEN(() -> new ModelOracle() {
            @Override
            boolean remembersKeys() {
                return false;
            }
        });

        private final Supplier<ModelOracle> oracle;

        Planted(Supplier<ModelOracle> oracle) {
            this.oracle = oracle;
        }
    }
}
