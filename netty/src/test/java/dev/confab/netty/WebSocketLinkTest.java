package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Handshake;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a WebSocket leaves behind when it is closed. */
class WebSocketLinkTest {

    private static EngineSession session(EmbeddedChannel channel, DoorSettings settings) {
        return new EngineSession(
                new EngineServer(settings, Map.of()),
                new NettyLane(channel.eventLoop(), 60_000, new Pace(), null),
                "sid",
                WireForm.V4,
                Handshake.EMPTY,
                new SocketIoServer(settings, Map.of())::newSession);
    }

    @Test
    void aMessageThatWasNotWholeIsReleasedWhenTheServerCloses() {
        var channel = new EmbeddedChannel();
        var settings = SocketIoDoor.builder().settings();
        var link = new WebSocketLink(channel, session(channel, settings), settings, null);
        channel.pipeline().addLast(link);
        byte[] frame = RawSocket.masked(0x81, new byte[100]);
        ByteBuf half = Unpooled.copiedBuffer(Arrays.copyOf(frame, 50));
        channel.writeInbound(half);
        assertThat(half.refCnt()).isEqualTo(1);
        link.close(1001, "");
        channel.runPendingTasks();
        channel.finishAndReleaseAll();
        assertThat(half.refCnt()).isZero();
    }
}
