package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Body;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a delivery costs without the kernel: a message is handed to the lane of a room with 1,000 members, each on a WebSocket
 * whose channel throws away what it would send. All figures are per member and message.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FanOutBenchmark {

    private static final int MEMBERS = 1000;
    private static final int TOGETHER = 4;

    private final DoorSettings settings = SocketIoDoor.builder().settings();
    private final ChatDialect dialect =
            new ChatDialect(new ChatService(ErrorFormat.TEXT), settings.namespace(), WireForm.V4);
    private final EmbeddedChannel first = new Drain();
    private final NettyLane lane = new NettyLane(first.eventLoop(), 3_600_000, new Pace(), null);
    private final NettyAudience room = new NettyAudience(lane);
    private long id;
    private long written;

    @Setup
    public void fill() {
        var server = new EngineServer(settings, Map.of());
        var socketIo = new SocketIoServer(settings, Map.of());
        for (int i = 0; i < MEMBERS; i++) {
            join(server, socketIo, i == 0 ? first : new Drain(), "u" + i);
        }
        runLoop(0);
    }

    private void join(EngineServer server, SocketIoServer socketIo, EmbeddedChannel channel, String user) {
        var session = new EngineSession(server, lane, user, WireForm.V4, Handshake.EMPTY, socketIo::newSession);
        var link = new WebSocketLink(channel, session, settings, null);
        channel.pipeline().addLast(link);
        session.open(link);
        var member =
                new NamespaceSocket(socketIo.newSession(session), user, settings.namespace(), Handshake.EMPTY, dialect);
        room.add(member);
        room.follow(member, behind -> {
            throw new AssertionError("a member fell behind at " + behind);
        });
    }

    /** A message alone: every member gets a write of its own for it. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS)
    public void one() {
        post();
        runLoop(written + MEMBERS);
    }

    /** Four messages that wait together: every member gets one write for all of them. */
    @Benchmark
    @OperationsPerInvocation(MEMBERS * TOGETHER)
    public void four() {
        for (int i = 0; i < TOGETHER; i++) {
            post();
        }
        runLoop(written + MEMBERS);
    }

    private void post() {
        id++;
        var message = new Message(id, "u1", Instant.EPOCH, Body.text("x".repeat(100)));
        room.post(dialect.encode(new Event.RoomMessagePosted("r1", message)), id);
    }

    private void runLoop(long until) {
        do {
            first.runPendingTasks();
            first.runScheduledPendingTasks();
        } while (written < until);
    }

    @TearDown
    public void end() {
        first.close();
    }

    /** A channel that counts what it is told to send, and sends nothing. */
    private final class Drain extends EmbeddedChannel {
        @Override
        protected void handleOutboundMessage(Object message) {
            written++;
            ReferenceCountUtil.release(message);
        }
    }
}
