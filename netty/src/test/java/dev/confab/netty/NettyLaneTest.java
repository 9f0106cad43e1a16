package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a lane takes up what is handed over. The loop and its time are moved by hand. */
class NettyLaneTest {

    private static final int LONGEST_HOLD = 500;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> done = new ArrayList<>();
    private final Pace pace = new Pace();
    private final NettyLane lane = lane();

    private NettyLane lane() {
        channel.freezeTime();
        return new NettyLane(channel.eventLoop(), 60_000, pace, null);
    }

    @AfterEach
    void end() {
        channel.close();
    }

    private void hand(String operation) {
        lane.hand(() -> done.add(operation));
    }

    private void runLoop() {
        channel.runPendingTasks();
    }

    private void pass(long micros) {
        channel.advanceTimeBy(micros, TimeUnit.MICROSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    @Test
    void whereNoCommandIsUnderWayNothingWaits() {
        hand("a");
        hand("b");
        runLoop();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void whatCommandsHandOverWaitsForTheLastOfThemToEnd() {
        long first = lane.commandBegins();
        long second = lane.commandBegins();
        hand("of the first");
        lane.commandEnded(first);
        runLoop();
        assertThat(done).isEmpty();
        hand("of the second");
        lane.commandEnded(second);
        runLoop();
        assertThat(done).containsExactly("of the first", "of the second");
    }

    @Test
    void aCommandThatTakesLongHoldsNothingForLongerThanTheBound() {
        lane.commandBegins();
        hand("a");
        pass(LONGEST_HOLD - 1);
        assertThat(done).isEmpty();
        pass(1);
        assertThat(done).containsExactly("a");
    }

    @Test
    void aCommandThatTakesLongIsWaitedForOnce() {
        long slow = lane.commandBegins();
        pass(LONGEST_HOLD);
        hand("a");
        runLoop();
        assertThat(done).containsExactly("a");
        long quick = lane.commandBegins();
        hand("b");
        lane.commandEnded(slow);
        runLoop();
        assertThat(done).containsExactly("a");
        lane.commandEnded(quick);
        runLoop();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void theBoundHoldsAlsoWhereCommandsNeverStopComing() {
        for (int i = 0; i < 10; i++) {
            lane.commandBegins();
            hand("at " + i);
            pass(LONGEST_HOLD / 10);
        }
        assertThat(done).hasSize(10);
    }

    @Test
    void aFullLaneIsTakenUpAtOnceWhateverIsUnderWay() {
        lane.commandBegins();
        for (int i = 0; i < Backlog.MOST; i++) {
            hand("operation");
        }
        runLoop();
        assertThat(done).isEmpty();
        hand("one too many");
        assertThat(pace.isStrained()).isTrue();
        runLoop();
        assertThat(done).hasSize(Backlog.MOST + 1);
        assertThat(pace.isStrained()).isFalse();
    }

    @Test
    void whatTheLoopItselfDoesIsNotHeldUpByCommands() {
        lane.commandBegins();
        lane.act(() -> done.add("read"));
        assertThat(done).containsExactly("read");
    }

    @Test
    void aQueueLongerThanAPassIsTakenUpInSeveral() {
        for (int i = 0; i < 10_000; i++) {
            hand("operation");
        }
        runLoop();
        assertThat(done).hasSize(10_000);
    }

    @Test
    void anOperationThatFailsDoesNotStopThoseBehindIt() {
        hand("a");
        lane.hand(() -> {
            throw new IllegalStateException("a bug");
        });
        hand("b");
        runLoop();
        assertThat(done).containsExactly("a", "b");
    }
}
