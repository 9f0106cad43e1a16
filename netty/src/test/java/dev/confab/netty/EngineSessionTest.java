package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a client may be silent while its requests are not read. Time is told to the session. */
class EngineSessionTest {

    private static final DoorSettings SETTINGS = SocketIoDoor.builder()
            .pingInterval(Duration.ofSeconds(60))
            .pingTimeout(Duration.ofSeconds(20))
            .settings();

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<CloseReason> ends = new ArrayList<>();
    private long begin;

    private EngineSession open(WireForm form) {
        var session = new EngineSession(
                new EngineServer(SETTINGS, Map.of()),
                new NettyLane(channel.eventLoop(), 60_000, new Pace(), null),
                "sid",
                form,
                Handshake.EMPTY,
                _ -> new Ends());
        session.open(new WebSocketLink(channel, session, SETTINGS, null));
        begin = System.nanoTime();
        return session;
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private long at(int seconds) {
        return begin + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void whoIsReadAgainShortlyBeforeItsTimeIsUpHasAWholeTimeoutToBeHeard() {
        EngineSession session = open(WireForm.V4);
        session.tick(at(62));
        session.pauseReading();
        session.resumeReading(at(80));
        session.tick(at(99));
        assertThat(ends).isEmpty();
        session.tick(at(102));
        assertThat(ends).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void whoIsReadAgainEarlyHasNoLessTimeThanBefore() {
        EngineSession session = open(WireForm.V3);
        session.pauseReading();
        session.resumeReading(at(1));
        session.tick(at(75));
        assertThat(ends).isEmpty();
        session.tick(at(82));
        assertThat(ends).containsExactly(CloseReason.PING_TIMEOUT);
    }

    @Test
    void whoIsNotReadIsAskedAllTheSameWhetherItIsThereAndNotClosed() {
        EngineSession session = open(WireForm.V4);
        session.pauseReading();
        session.tick(at(62));
        session.tick(at(200));
        session.flush();
        assertThat(ends).isEmpty();
        assertThat(written()).contains("\u00012");
    }

    private String written() {
        var all = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            all.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
        return all.toString();
    }

    private final class Ends extends QuietListener {
        @Override
        public void closed(CloseReason reason) {
            ends.add(reason);
        }
    }
}
