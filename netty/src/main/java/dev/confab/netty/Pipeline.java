package dev.confab.netty;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/** What a new network connection goes through, until it becomes a WebSocket. */
@Sharable
final class Pipeline extends ChannelInitializer<SocketChannel> {

    private final EngineServer server;

    Pipeline(EngineServer server) {
        this.server = server;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        if (!server.admittance().admit(channel)) {
            channel.close();
            return;
        }
        channel.config().setRecvByteBufAllocator(server.laneOf(channel).reads());
        DoorSettings settings = server.settings();
        channel.pipeline()
                .addLast(new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(settings.maxHeaderSize())
                        .setMaxHeaderSize(settings.maxHeaderSize())))
                .addLast(new HttpObjectAggregator(settings.maxPayload()))
                .addLast(new HttpFront(server));
    }
}
