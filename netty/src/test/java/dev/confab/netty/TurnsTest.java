package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a lane writes to a room that is larger than a turn. The loop is moved by hand, a turn at a time. */
class TurnsTest {

    private static final int TURN = 2;
    private static final int MEMBERS = 5;

    private final DoorSettings settings = SocketIoDoor.builder().settings();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final NettyLane lane = new NettyLane(loop.eventLoop(), 3_600_000, new Pace(), null, TURN);
    private final NettyAudience room = new NettyAudience(lane);
    private final List<EmbeddedChannel> members = new ArrayList<>();
    private long id;

    @BeforeEach
    void fill() {
        loop.freezeTime();
        for (int i = 0; i < MEMBERS; i++) {
            NamespaceSocket member = newMember();
            room.add(member);
            room.follow(member, behind -> {
                throw new AssertionError("a member fell behind at " + behind);
            });
        }
        runToTheEnd();
        writes();
    }

    private NamespaceSocket newMember() {
        var channel = new EmbeddedChannel();
        members.add(channel);
        return LinkedMember.open(lane, channel, "m", settings).socket();
    }

    @AfterEach
    void end() {
        members.forEach(EmbeddedChannel::finishAndReleaseAll);
        loop.finishAndReleaseAll();
    }

    private void post() {
        room.post(EncodedPacket.of("4message" + ++id), id);
    }

    /** The loop does what is handed to it, and flushes one turn. */
    private void runTurn() {
        loop.advanceTimeBy(1, TimeUnit.NANOSECONDS);
        loop.runPendingTasks();
    }

    private void runToTheEnd() {
        IntStream.range(0, MEMBERS).forEach(i -> runTurn());
    }

    /** How often each member was written to since this was asked last. */
    private List<Integer> writes() {
        return members.stream()
                .map(member -> {
                    int count = member.outboundMessages().size();
                    member.releaseOutbound();
                    return count;
                })
                .toList();
    }

    @Test
    void aLargeRoomIsWrittenToATurnAtATime() {
        post();
        runTurn();
        assertThat(writes()).containsExactly(1, 1, 0, 0, 0);
        runTurn();
        assertThat(writes()).containsExactly(0, 0, 1, 1, 0);
        runTurn();
        assertThat(writes()).containsExactly(0, 0, 0, 0, 1);
    }

    @Test
    void manyWhoAreInSmallRoomsAreWrittenToInOneGo() {
        for (int i = 0; i < MEMBERS; i++) {
            var small = new NettyAudience(lane);
            NamespaceSocket member = newMember();
            small.add(member);
            small.follow(member, behind -> {});
            small.post(EncodedPacket.of("4message"), 1);
        }
        runTurn();
        assertThat(writes()).containsExactly(0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void whatIsHandedOverBetweenTurnsIsTakenUpThen() {
        var taken = new ArrayList<String>();
        post();
        runTurn();
        lane.hand(() -> taken.add("between"));
        runTurn();
        assertThat(taken).containsExactly("between");
        assertThat(writes()).containsExactly(1, 1, 1, 1, 0);
    }

    @Test
    void whatIsSaidBetweenTurnsGoesOutWithTheRestToThoseWhoWait() {
        post();
        runTurn();
        post();
        runToTheEnd();
        assertThat(writes()).containsExactly(2, 2, 1, 1, 1);
    }

    @Test
    void whereARoomNeverFallsSilentNobodyGetsAWriteForEachMessageNorIsForgotten() {
        for (int i = 0; i < 10 * MEMBERS; i++) {
            post();
            runTurn();
        }
        runToTheEnd();
        assertThat(writes()).allSatisfy(count -> assertThat(count).isBetween(2 * MEMBERS, 6 * MEMBERS));
    }

    @Test
    void aBurstThatFillsItsShareIsFlushedToItsEndAtOnce() {
        String large = "4" + "x".repeat(NettyLane.SHARE_BYTES);
        room.post(EncodedPacket.of(large), ++id);
        loop.runPendingTasks();
        assertThat(writes()).containsOnly(1);
    }

    @Test
    void aSessionWhoseEndFailsKeepsNobodyFromBeingWrittenTo() {
        EngineSession broken = brokenSession();
        broken.whenWritten(() -> {
            throw new IllegalStateException("a bug");
        });
        post();
        runToTheEnd();
        assertThat(writes()).containsOnly(1);
        post();
        runToTheEnd();
        assertThat(writes()).containsOnly(1);
    }

    @Test
    void aSessionWhoseEndFailsKeepsNobodyFromBeingClosed() {
        brokenSession();
        newMember();
        lane.flush();
        writes();
        lane.closeAll(CloseReason.SERVER_SHUTDOWN);
        assertThat(writes()).hasSize(MEMBERS + 1).containsOnly(1);
    }

    /** A session that ends where something fails, and fails at that too. */
    private EngineSession brokenSession() {
        var server = new EngineServer(settings, Map.of());
        var listener = new QuietListener() {
            @Override
            public void closed(CloseReason reason) {
                throw new IllegalStateException("another bug");
            }
        };
        var session = new EngineSession(server, lane, "broken", WireForm.V4, Handshake.EMPTY, _ -> listener);
        session.open(new HttpExchange(new HttpFront(server), loop, false, true, null, null));
        loop.runPendingTasks();
        return session;
    }
}
