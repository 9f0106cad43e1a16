package dev.confab.netty;

import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Body;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read and to write one room message of 100 characters: once per message, however many members a room has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {

    private static final String TEXT = "x".repeat(100);
    private static final String NAMESPACE = "/chat-service";

    private final ChatDialect dialect = new ChatDialect(new ChatService(ErrorFormat.TEXT), NAMESPACE, WireForm.V4);
    private final Event event = new Event.RoomMessagePosted(
            "r1", new Message(4711, "u123", Instant.ofEpochMilli(1_795_227_374_522L), Body.text(TEXT)));

    private final SocketIoDecoder decoder =
            new SocketIoDecoder(new SocketIoDecoder.Rules(new JsonReader(256, 1_000_000), true, 10, 1_000_000));
    private final byte[] request = ("42" + NAMESPACE + ",17[\"roomMessage\",\"r1\",{\"textMessage\":\"" + TEXT + "\"}]")
            .getBytes(StandardCharsets.UTF_8);

    private final WebSocketDecoder frames = new WebSocketDecoder(100_000, null);
    private final ByteBuf frame = masked(request);
    private final LastMessage last = new LastMessage();

    private final byte[] polled =
            EngineIoPayload.encode(List.of(dialect.encode(event)), WireForm.V4).bytes();

    /** A frame as a client sends it, in memory like that which sockets are read into. */
    private static ByteBuf masked(byte[] text) {
        var client = new EmbeddedChannel(new WebSocket13FrameEncoder(true));
        client.writeOutbound(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
        ByteBuf frame = client.readOutbound();
        return Unpooled.directBuffer().writeBytes(frame);
    }

    /** A room message becomes the bytes that all members of one dialect share: Socket.IO, Engine.IO and the head of a frame. */
    @Benchmark
    public byte[] encodeRoomMessage() {
        return dialect.encode(event).image(WireForm.V4, null);
    }

    /** The answer to who posted it. */
    @Benchmark
    public byte[] encodeReply() {
        return SocketIoEncoder.ack(NAMESPACE, 17, List.of(Value.NULL, Value.of(4711L)))
                .image(WireForm.V4, null);
    }

    /** A request to post becomes values. */
    @Benchmark
    public @Nullable Object decodeRoomMessage() throws ProtocolException {
        return decoder.text(request, 1);
    }

    /** A frame that brings it is read, unmasked and checked to be UTF-8. */
    @Benchmark
    public byte[] readFrame() throws WebSocketDecoder.Violation {
        frame.readerIndex(0);
        frames.read(frame, last);
        return last.message;
    }

    /** The body of a poll with one message is taken apart. */
    @Benchmark
    public Object decodePoll() throws ProtocolException {
        return EngineIoPayload.decode(polled, WireForm.V4);
    }

    private static final class LastMessage implements WebSocketDecoder.Listener {

        private byte[] message = {};

        @Override
        public void text(byte[] text) {
            message = text;
        }

        @Override
        public void binary(byte[] bytes) {
            throw new AssertionError("the frame holds text");
        }

        @Override
        public void ping(byte[] payload) {
            throw new AssertionError("the frame holds text");
        }

        @Override
        public void closed(int code) {
            throw new AssertionError("the frame holds text");
        }

        @Override
        public boolean isReading() {
            return true;
        }
    }
}
