package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.CloseReason;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What members hear, and what memory it takes, where a member leaves, fails or hears two rooms at once. */
class BurstTest {

    private static final int MEMBERS = 4;
    private static final int LARGE = 3900;

    private final DoorSettings settings = SocketIoDoor.builder().settings();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final NettyLane lane = new NettyLane(loop.eventLoop(), 3_600_000, new Pace(), null, MEMBERS / 2);
    private final NettyAudience room = new NettyAudience(lane);
    private final Memory memory = new Memory();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final List<NamespaceSocket> members = new ArrayList<>();
    private long id;

    @BeforeEach
    void fill() {
        loop.freezeTime();
        for (int i = 0; i < MEMBERS; i++) {
            var channel = new EmbeddedChannel();
            channel.config().setAllocator(memory);
            channels.add(channel);
            NamespaceSocket member =
                    LinkedMember.open(lane, channel, "m" + i, settings).socket();
            members.add(member);
            enter(room, member);
        }
        runLoop();
        channels.forEach(BurstTest::heardBy);
    }

    @AfterEach
    void end() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        loop.finishAndReleaseAll();
        lane.end();
    }

    private static void enter(NettyAudience audience, NamespaceSocket member) {
        audience.add(member);
        audience.follow(member, behind -> {
            throw new AssertionError("a member fell behind at " + behind);
        });
    }

    private void post(NettyAudience audience, String word) {
        audience.post(EncodedPacket.of("4" + word + ";"), ++id);
    }

    private void runLoop() {
        for (int i = 0; i < 2 * MEMBERS; i++) {
            loop.advanceTimeBy(1, TimeUnit.NANOSECONDS);
            loop.runPendingTasks();
        }
    }

    /** The words that were written to a member since this was asked last. */
    private static String heardBy(EmbeddedChannel channel) {
        var heard = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            heard.append(bytes.toString(StandardCharsets.ISO_8859_1).replaceAll("[^a-z]", " "));
            bytes.release();
        }
        return heard.toString().trim().replaceAll(" +", " ");
    }

    @Test
    void aSocketThatHasEndedHearsNoMore() {
        post(room, "one");
        lane.hand(() -> members.get(1).end(CloseReason.CLIENT_LEFT));
        post(room, "two");
        runLoop();
        assertThat(channels).extracting(BurstTest::heardBy).containsExactly("one two", "one", "one two", "one two");
    }

    @Test
    void aMemberThatCannotBeToldIsClosedAndNobodyElseMissesAnything() {
        var other = new NettyAudience(lane);
        enter(other, members.get(1));
        runLoop();
        post(other, "other");
        lane.hand(() -> memory.failures = 1);
        post(room, "one");
        post(room, "two");
        runLoop();
        post(room, "three");
        runLoop();
        assertThat(channels)
                .extracting(BurstTest::heardBy)
                .containsExactly("one two three", "", "one two three", "one two three");
        assertThat(channels).extracting(EmbeddedChannel::isOpen).containsExactly(true, false, true, true);
    }

    @Test
    void aMemberThatCannotBeFlushedIsClosedAndNobodyElseMissesAnything() {
        memory.failures = 1;
        post(room, "one");
        runLoop();
        post(room, "two");
        runLoop();
        assertThat(channels).extracting(BurstTest::heardBy).containsExactly("", "one two", "one two", "one two");
        assertThat(channels).extracting(EmbeddedChannel::isOpen).containsExactly(false, true, true, true);
    }

    @Test
    void whatManyHaveYetToHearIsNotCopiedForEachWhereAnotherRoomSpeaks() {
        var other = new NettyAudience(lane);
        members.forEach(member -> enter(other, member));
        runLoop();
        long before = memory.taken();
        for (int i = 0; i < 10; i++) {
            post(room, "x".repeat(LARGE));
        }
        post(other, "other");
        lane.hand(() -> assertThat(memory.taken() - before).isBetween(10L * LARGE, 12L * LARGE));
        runLoop();
        assertThat(channels)
                .extracting(BurstTest::heardBy)
                .allSatisfy(heard ->
                        assertThat(heard).hasSizeGreaterThan(10 * LARGE).endsWith(" other"));
    }

    @Test
    void aLoopThatEndsBetweenTurnsKeepsNoMemory() {
        long before = memory.taken();
        members.add(
                LinkedMember.open(lane, channels.getFirst(), "again", settings).socket());
        post(room, "one");
        loop.advanceTimeBy(1, TimeUnit.NANOSECONDS);
        loop.runPendingTasks();
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        lane.end();
        assertThat(memory.taken()).isEqualTo(before);
    }

    @Test
    void aLinkOnAChannelThatIsFullAlreadyIsFull() {
        var channel = new EmbeddedChannel();
        channels.add(channel);
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(100, 100));
        channel.write(channel.alloc().buffer().writeZero(200));
        assertThat(LinkedMember.open(lane, channel, "late", settings).link().isFull())
                .isTrue();
    }

    /** Direct memory that counts what is taken, and fails when it is told to. */
    private static final class Memory extends AbstractByteBufAllocator {
        private final UnpooledByteBufAllocator real = new UnpooledByteBufAllocator(true);
        private int failures;

        long taken() {
            return real.metric().usedDirectMemory();
        }

        @Override
        protected ByteBuf newHeapBuffer(int initial, int most) {
            return real.heapBuffer(initial, most);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initial, int most) {
            if (failures > 0) {
                failures--;
                throw new OutOfMemoryError("as planned");
            }
            return real.directBuffer(initial, most);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
