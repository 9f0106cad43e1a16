package dev.confab.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Opens connections. */
final class Dialer {

    private static final int LARGEST_ANSWER = 65_536;
    private static final int LARGEST_PACKET = 16 << 20;

    private final Address address;
    private final List<InetAddress> from;
    private final int patienceMillis;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup loops;

    /**
     * A dialer with threads of its own.
     *
     * @param from the addresses that connections come from in turn; empty lets the system choose
     * @param threads how many threads serve the connections
     */
    Dialer(Address address, List<InetAddress> from, Duration patience, int threads) {
        this.address = address;
        this.from = from;
        patienceMillis = Math.toIntExact(patience.toMillis());
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        loops = new MultiThreadIoEventLoopGroup(threads, handlers);
    }

    EventLoopGroup loops() {
        return loops;
    }

    /**
     * Opens a client's connection; the client hears of it.
     *
     * @param number which client, which decides where it comes from
     * @param failed hears why it couldn't be opened
     */
    void dial(int number, Talker client, Consumer<Throwable> failed) {
        var bootstrap = new Bootstrap()
                .group(client.loop())
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, patienceMillis)
                .handler(pipeline(client));
        if (epoll) {
            // Ports are taken when connecting, so that one address reaches several servers with the same ones.
            bootstrap.option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true);
        }
        if (client.receiveBuffer() > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, client.receiveBuffer());
        }
        if (!from.isEmpty()) {
            bootstrap.localAddress(new InetSocketAddress(from.get(number % from.size()), 0));
        }
        bootstrap.connect(address.host(), address.port()).addListener(done -> {
            if (!done.isSuccess()) {
                failed.accept(done.cause());
            }
        });
    }

    private ChannelInitializer<Channel> pipeline(Talker client) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(LARGEST_ANSWER),
                                new WebSocketClientProtocolHandler(webSocket(client)),
                                new WebSocketFrameAggregator(LARGEST_PACKET),
                                client);
            }
        };
    }

    private WebSocketClientProtocolConfig webSocket(Talker client) {
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri("ws://" + address.host() + ":" + address.port()
                        + client.dialect().path(client.user()))
                .version(WebSocketVersion.V13)
                .customHeaders(EmptyHttpHeaders.INSTANCE)
                .maxFramePayloadLength(LARGEST_PACKET)
                .handshakeTimeoutMillis(patienceMillis)
                .handleCloseFrames(false)
                .withUTF8Validator(false)
                .build();
    }

    /** Ends all connections and threads. */
    void close() {
        loops.shutdownGracefully(0, Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
