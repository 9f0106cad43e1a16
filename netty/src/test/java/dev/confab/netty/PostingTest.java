package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients post to a session that stops reading behind each message, until it is told to go on. */
class PostingTest {

    private static final DoorSettings SETTINGS = SocketIoDoor.builder().settings();

    private final EngineServer server = new EngineServer(SETTINGS, Map.of());
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> heard = new ArrayList<>();
    private final List<CloseReason> ends = new ArrayList<>();
    private final EngineSession session = new EngineSession(
            server,
            new NettyLane(channel.eventLoop(), 60_000, new Pace(), null),
            "sid",
            WireForm.V4,
            Handshake.EMPTY,
            SlowListener::new);

    @BeforeEach
    void open() {
        session.open(exchange());
        assertThat(answers()).singleElement().asString().startsWith("200 0{\"sid\":\"sid\"");
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    private HttpExchange exchange() {
        return new HttpExchange(new HttpFront(server), channel, false, true, null, null);
    }

    private void post(String payload) {
        session.post(exchange(), payload.getBytes(StandardCharsets.UTF_8), false);
    }

    private List<String> answers() {
        channel.runPendingTasks();
        var answers = new ArrayList<String>();
        for (FullHttpResponse reply = channel.readOutbound(); reply != null; reply = channel.readOutbound()) {
            answers.add(reply.status().code() + " " + reply.content().toString(StandardCharsets.UTF_8));
            reply.release();
        }
        return answers;
    }

    @Test
    void aPostIsAnsweredOnceTheSessionReadsOnBehindItsLastPacket() {
        post("4a\u001e4b");
        assertThat(heard).containsExactly("a");
        session.resumeReading();
        assertThat(heard).containsExactly("a", "b");
        assertThat(answers()).isEmpty();
        session.resumeReading();
        assertThat(answers()).containsExactly("200 ok");
        post("4c");
        session.resumeReading();
        assertThat(heard).containsExactly("a", "b", "c");
        assertThat(answers()).containsExactly("200 ok");
    }

    @Test
    void aPostGoesOnWhereAWebSocketTakesOverMeanwhile() {
        post("4a\u001e4b");
        session.upgraded(new WebSocketLink(channel, session, SETTINGS, null), List.of());
        session.resumeReading();
        session.resumeReading();
        assertThat(heard).containsExactly("a", "b");
        assertThat(answers()).containsExactly("200 ok");
        assertThat(ends).isEmpty();
    }

    @Test
    void aPostIsAnsweredWhereTheSessionEndsBeforeAllOfItIsRead() {
        post("4a\u001e4b");
        session.close(CloseReason.SERVER_SHUTDOWN);
        session.resumeReading();
        assertThat(heard).containsExactly("a");
        assertThat(answers()).containsExactly("200 ok");
    }

    @Test
    void aSecondPostBeforeTheFirstWasAnsweredEndsTheSessionAndNeitherIsLeftWaiting() {
        post("4a\u001e4b");
        post("4c");
        assertThat(ends).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(heard).containsExactly("a");
        assertThat(answers())
                .satisfiesExactly(
                        second -> assertThat(second).startsWith("400 ").contains("Bad request"),
                        first -> assertThat(first).isEqualTo("200 ok"));
    }

    @Test
    void aPostThatTurnsOutToBeNoneOfEngineIoIsRefusedAndEndsTheSession() {
        post("4a\u001e9");
        session.resumeReading();
        assertThat(heard).containsExactly("a");
        assertThat(ends).containsExactly(CloseReason.PROTOCOL_ERROR);
        assertThat(answers()).singleElement().asString().startsWith("400 ").contains("Bad request");
    }

    private final class SlowListener extends QuietListener {

        private final EngineSession session;

        SlowListener(EngineSession session) {
            this.session = session;
        }

        @Override
        public void text(byte[] message, int from) {
            heard.add(new String(message, from, message.length - from, StandardCharsets.UTF_8));
            session.pauseReading();
        }

        @Override
        public void closed(CloseReason reason) {
            ends.add(reason);
        }
    }
}
