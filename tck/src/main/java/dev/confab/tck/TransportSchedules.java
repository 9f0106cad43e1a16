package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.spi.Audience;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of one lane that hear several audiences and words of their own, in orders drawn from a seed. */
abstract class TransportSchedules extends TransportFixture {

    private static final int MATES = 4;
    private static final int AUDIENCES = 3;
    private static final int STEPS = 800;

    /** Short ones can be gathered, long ones need not be copied, and bytes take several packets. */
    private static final List<Object> LOADS = List.of("short", "long".repeat(1500), new byte[] {1, 2, 3});

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsMixedEverybodyHearsTheirOwnInTheOrderInWhichItWasHandedOver(long seed) throws Exception {
        var schedule = new Schedule(onOneLane(MATES), new Random(seed), false);
        schedule.run();
        schedule.everybodyHeardTheirOwn();
    }

    @Test
    void aLaneThatLetsOneThingOvertakeAnotherNowAndThenIsFound() throws Exception {
        var schedule = new Schedule(onOneLane(MATES), new Random(1), true);
        schedule.run();
        assertThatThrownBy(schedule::everybodyHeardTheirOwn).isInstanceOf(AssertionError.class);
    }

    /** What is handed over, and what each member is to hear of it. */
    private static final class Schedule {
        private final List<Party> mates;
        private final Random random;

        /** Whether what is handed over changes places with what follows, now and then. */
        private final boolean overtakes;

        private @Nullable Runnable overtaken;
        private final List<Audience> audiences = new ArrayList<>();
        private final List<Set<Integer>> members = new ArrayList<>();
        private final List<List<Heard>> expected = new ArrayList<>();

        Schedule(List<Party> mates, Random random, boolean overtakes) {
            this.mates = mates;
            this.random = random;
            this.overtakes = overtakes;
            mates.forEach(_ -> expected.add(new ArrayList<>()));
            for (int i = 0; i < AUDIENCES; i++) {
                audiences.add(mates.getFirst().connection().lane().newAudience());
                members.add(new LinkedHashSet<>());
                IntStream.range(0, mates.size()).forEach(members.getLast()::add);
                mates.forEach(mate -> audiences.getLast().add(mate.connection()));
            }
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                step(step);
            }
            Runnable late = overtaken;
            if (late != null) {
                late.run();
            }
        }

        private void hand(Runnable what) {
            Runnable late = overtaken;
            overtaken = null;
            if (overtakes && late == null && random.nextInt(50) == 0) {
                overtaken = what;
                return;
            }
            what.run();
            if (late != null) {
                late.run();
            }
        }

        private void step(int number) {
            int mate = random.nextInt(mates.size());
            int audience = random.nextInt(audiences.size());
            switch (random.nextInt(10)) {
                case 0 -> changeMembership(mate, audience);
                case 1 -> tell(mate, number);
                default -> say(audience, number);
            }
        }

        private void changeMembership(int mate, int audience) {
            if (members.get(audience).add(mate)) {
                hand(() -> audiences.get(audience).add(mates.get(mate).connection()));
            } else {
                members.get(audience).remove(mate);
                hand(() -> audiences.get(audience).remove(mates.get(mate).connection()));
            }
        }

        private void tell(int mate, int number) {
            hand(() -> mates.get(mate).guest().tell("told", number));
            expected.get(mate).add(Heard.Event.of("told", number));
        }

        private void say(int audience, int number) {
            Object load = LOADS.get(Math.max(0, random.nextInt(20) - 17));
            hand(() -> audiences.get(audience).send(mates.getFirst().guest().encode("said", audience, number, load)));
            members.get(audience)
                    .forEach(mate -> expected.get(mate).add(Heard.Event.of("said", audience, number, load)));
        }

        void everybodyHeardTheirOwn() throws Exception {
            for (int mate = 0; mate < mates.size(); mate++) {
                for (Heard heard : expected.get(mate)) {
                    assertThat(mates.get(mate).next()).isEqualTo(heard);
                }
                mates.get(mate).hearsNothingMore();
            }
        }
    }
}
