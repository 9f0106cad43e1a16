package dev.confab.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * The floor for a room server on Netty: every text frame goes to every member of the sender's room, encoded once.
 *
 * <p>No login, no history, no acks; the path of the handshake is the room. One event loop on native epoll, so nothing
 * is locked, and one flush per member and batch of reads.
 */
public final class RawNetty {

    private static final int BACKLOG = 4096;
    private static final int LARGEST_HANDSHAKE = 8192;

    private RawNetty() {}

    /**
     * Serves until the process ends.
     *
     * @param arguments the port on 127.0.0.1, and nothing else
     * @throws InterruptedException if interrupted before it listens
     */
    public static void main(String[] arguments) throws InterruptedException {
        var rooms = new RawRooms();
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_HANDSHAKE),
                                        new RawMember(rooms));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync();
    }
}
