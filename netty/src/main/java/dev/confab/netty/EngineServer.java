package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Engine.IO server behind a door: its event loops, its sessions, and what it takes to make one. */
final class EngineServer {

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");

    /** How long a closing door waits for clients that are between two polls, and have something to hear. */
    private static final Duration LAST_POLL = Duration.ofSeconds(2);

    private final DoorSettings settings;
    private final Map<String, Function<EngineSession, EngineListener>> routes;
    private final Admittance admittance;
    private final AtomicInteger polls = new AtomicInteger();
    private final RareLog fullLog = new RareLog();
    private final RareLog originLog = new RareLog();
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger open = new AtomicInteger();

    /** Those that began over polling: no request asks for any other. */
    private final Map<String, EngineSession> polled = new ConcurrentHashMap<>();

    private final Farewells farewells;
    private final Map<EventExecutor, NettyLane> lanes = new ConcurrentHashMap<>();
    private final Pace pace = new Pace();

    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile boolean accepting = true;
    private @Nullable MultiThreadIoEventLoopGroup loops;
    private @Nullable Channel listening;
    private Origins origins;

    /**
     * A server that is not open yet.
     *
     * @param routes what is built on the sessions below each path
     */
    EngineServer(DoorSettings settings, Map<String, Function<EngineSession, EngineListener>> routes) {
        this.settings = settings;
        this.routes = routes;
        this.farewells = new Farewells(settings.maxConnections());
        this.admittance = new Admittance(settings.maxConnections(), settings.maxConnectionsPerAddress());
        this.origins = new Origins(false, settings.allowedOrigins());
    }

    // ---- life

    void open() throws IOException {
        var address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw new IOException("no such host: " + settings.host());
        }
        origins = new Origins(address.getAddress().isLoopbackAddress(), settings.allowedOrigins());
        boolean epoll = Epoll.isAvailable();
        int count = settings.eventLoops() > 0
                ? settings.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        var group = new MultiThreadIoEventLoopGroup(count, handlers);
        loops = group;
        group.forEach(loop -> lanes.put(loop, newLane((EventLoop) loop)));
        Class<? extends ServerChannel> type = epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        var bootstrap = new ServerBootstrap();
        if (epoll) {
            // the kernel counts what was sent and not acknowledged too; this bounds what it has not even sent
            bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) settings.sendBufferBytes() / 2);
        }
        var bound = bootstrap
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(settings.outboxBytes(), settings.outboxBytes()))
                .childOption(ChannelOption.SO_SNDBUF, settings.sendBufferBytes())
                .childHandler(new Pipeline(this))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            throw new IOException(
                    "can't open " + settings.host() + ":" + settings.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
    }

    private NettyLane newLane(EventLoop loop) {
        var deflation = settings.perMessageDeflate() ? new Deflation(settings.perMessageDeflateThreshold()) : null;
        return new NettyLane(loop, tickMillis(), pace, deflation);
    }

    List<URI> addresses() {
        if (listening == null || !(listening.localAddress() instanceof InetSocketAddress local)) {
            return List.of();
        }
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return List.of(URI.create("http://" + host + ":" + local.getPort()));
    }

    void stopAccepting() {
        accepting = false;
        if (listening != null) {
            listening.close().awaitUninterruptibly();
        }
    }

    void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        stopAccepting();
        try {
            onEveryLane(lane -> lane.closeAll(CloseReason.SERVER_SHUTDOWN));
            farewells.awaitFetched(LAST_POLL);
            onEveryLane(_ -> {
                // behind the answers to those polls
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (loops != null) {
            boolean haveEnded = loops.shutdownGracefully(100, 3000, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(5, TimeUnit.SECONDS);
            if (haveEnded) {
                lanes.values().forEach(NettyLane::end);
            }
        }
        pace.end();
    }

    /** Waits while a lane has more to do than may wait for it; event loops never do, of this server or any other. */
    void pace() {
        if (!(Thread.currentThread() instanceof FastThreadLocalThread)) {
            pace.keep();
        }
    }

    private void onEveryLane(Consumer<NettyLane> action) throws InterruptedException {
        var done = new CountDownLatch(lanes.size());
        lanes.values()
                .forEach(lane -> lane.hand(() -> {
                    action.accept(lane);
                    done.countDown();
                }));
        if (!done.await(5, TimeUnit.SECONDS)) {
            LOG.log(System.Logger.Level.WARNING, "connections were given up that would not close");
        }
    }

    /** Deadlines are looked at often enough to be kept to a tenth. */
    private long tickMillis() {
        long shortest = Stream.of(
                        settings.pingInterval(),
                        settings.pingTimeout(),
                        settings.upgradeTimeout(),
                        settings.connectTimeout())
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(1000);
        return Math.clamp(shortest / 10, 5, 1000);
    }

    // ---- what others need to know

    DoorSettings settings() {
        return settings;
    }

    Origins origins() {
        return origins;
    }

    HttpContent content() {
        return settings.content();
    }

    Admittance admittance() {
        return admittance;
    }

    /** How many long polls wait. */
    AtomicInteger polls() {
        return polls;
    }

    void noteTooManyPolls() {
        fullLog.warn("refused a poll: " + settings.maxPendingPolls() + " wait");
    }

    void noteForeignOrigin() {
        originLog.warn("refused a page of a foreign origin; allowedOrigins says which may connect");
    }

    @Nullable
    EngineSession session(String sid) {
        return polled.get(sid);
    }

    /** Answers a request for a session that is not here: with its last words, if there are any. */
    void answerUnknown(String sid, HttpExchange exchange, boolean isPost) {
        if (!farewells.answer(sid, exchange, isPost)) {
            exchange.refuse(EngineError.SESSION_UNKNOWN);
        }
    }

    /** An id for a client in a namespace. Clients of Engine.IO 3 make theirs from the session's. */
    String newId(EngineSession session, String namespace) {
        if (!session.form().isV3()) {
            return randomId();
        }
        return namespace.equals("/") ? session.sid() : namespace + "#" + session.sid();
    }

    private String randomId() {
        byte[] bytes = new byte[15];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    String openPacket(String sid, boolean polling) {
        String upgrades = polling && settings.transports().contains("websocket") ? "\"websocket\"" : "";
        return "0{\"sid\":\"" + sid + "\",\"upgrades\":[" + upgrades + "],\"pingInterval\":"
                + settings.pingInterval().toMillis() + ",\"pingTimeout\":"
                + settings.pingTimeout().toMillis() + ",\"maxPayload\":" + settings.maxPayload() + "}";
    }

    void noteProtocolError(EngineSession session, ProtocolException error) {
        LOG.log(
                System.Logger.Level.DEBUG,
                "closing a session from {0}: {1}",
                session.handshake().address(),
                error.getMessage());
    }

    // ---- sessions

    /** The path below which a request is one for Engine.IO, if it is. */
    @Nullable
    String route(String path) {
        for (String route : routes.keySet()) {
            if (path.startsWith(route)) {
                return route;
            }
        }
        return null;
    }

    void openPolling(Channel channel, Handshake handshake, WireForm form, String route, HttpExchange exchange) {
        EngineSession session = newSession(channel, handshake, form, route);
        if (session == null) {
            exchange.refuse(EngineError.FULL);
        } else {
            polled.put(session.sid(), session);
            session.lane().act(() -> session.open(exchange));
        }
    }

    void openWebSocket(
            ChannelHandlerContext ctx,
            WebSocketRequest request,
            Handshake handshake,
            WireForm form,
            String route,
            HttpExchange exchange) {
        EngineSession session = newSession(ctx.channel(), handshake, form, route);
        if (session == null) {
            exchange.refuse(EngineError.FULL);
            return;
        }
        WebSocketLink link = newLink(ctx.channel(), session, request);
        // the open packet goes out behind the reply, not with it: some clients look for one after the other
        upgrade(ctx, request, link).addListener(_ -> session.lane().hand(() -> session.open(link)));
    }

    private @Nullable EngineSession newSession(Channel channel, Handshake handshake, WireForm form, String route) {
        if (!accepting) {
            // a network connection that was there before the door was shut
            return null;
        }
        if (open.incrementAndGet() > settings.maxConnections()) {
            open.decrementAndGet();
            fullLog.warn("refused a session: there are " + settings.maxConnections());
            return null;
        }
        var listeners = Objects.requireNonNull(routes.get(route));
        return new EngineSession(this, laneOf(channel), randomId(), form, handshake, listeners);
    }

    NettyLane laneOf(Channel channel) {
        return Objects.requireNonNull(lanes.get(channel.eventLoop()));
    }

    /** Answers a WebSocket handshake; from here on the link is the channel's only handler. */
    ChannelFuture upgrade(ChannelHandlerContext ctx, WebSocketRequest request, WebSocketLink link) {
        var pipeline = ctx.pipeline();
        pipeline.addLast("websocket", link);
        pipeline.remove(HttpFront.class);
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.remove(HttpServerCodec.class);
        byte[] reply = request.reply(link.deflates()).getBytes(StandardCharsets.US_ASCII);
        return ctx.channel().writeAndFlush(Unpooled.wrappedBuffer(reply));
    }

    /** A link for a channel that asks for one. */
    WebSocketLink newLink(Channel channel, EngineSession session, WebSocketRequest request) {
        Deflation inflation = laneOf(channel).deflation();
        boolean agreed = inflation != null && request.mayDeflate();
        return new WebSocketLink(channel, session, settings, agreed ? inflation : null);
    }

    /** Lets a session go. */
    void forget(EngineSession session) {
        open.decrementAndGet();
        polled.remove(session.sid());
    }

    /** Keeps last words for a client that polls once more. */
    void linger(EngineSession session, Farewells.Words words, Duration time) {
        String sid = session.sid();
        if (farewells.keep(sid, words)) {
            session.lane().loop().schedule(() -> farewells.forget(sid), time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
