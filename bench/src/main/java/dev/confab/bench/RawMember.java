package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One WebSocket connection: joins the room its handshake names, and says there what it is told. */
final class RawMember extends ChannelInboundHandlerAdapter {

    private static final int FINAL_TEXT_FRAME = 0x81;
    private static final int LONGEST_SHORT_PAYLOAD = 125;
    private static final int TWO_BYTES_OF_LENGTH_FOLLOW = 126;

    private final RawRooms rooms;
    private @Nullable RawRoom room;

    RawMember(RawRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case FullHttpRequest request -> join(context, request);
                case TextWebSocketFrame frame -> say(context, frame.content());
                case CloseWebSocketFrame _ -> close(context);
                default -> {}
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void join(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("ws://localhost/", null, false).newHandshaker(request);
        if (handshaker == null || room != null) {
            close(context);
            return;
        }
        // From here on frames leave as bytes that are ready: no encoder in the way.
        var _ = handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                context.pipeline().remove(WebSocket13FrameEncoder.class);
            }
        });
        room = rooms.get(request.uri());
        room.add(context.channel());
    }

    private void say(ChannelHandlerContext context, ByteBuf text) {
        if (room != null) {
            room.write(frame(context, text));
        }
    }

    private static ByteBuf frame(ChannelHandlerContext context, ByteBuf text) {
        int length = text.readableBytes();
        ByteBuf frame = context.alloc().directBuffer(length + 4);
        frame.writeByte(FINAL_TEXT_FRAME);
        if (length <= LONGEST_SHORT_PAYLOAD) {
            frame.writeByte(length);
        } else {
            frame.writeByte(TWO_BYTES_OF_LENGTH_FOLLOW).writeShort(length);
        }
        return frame.writeBytes(text);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (room != null) {
            room.flushIfDue();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (room != null) {
            room.remove(context.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        var _ = context.close();
    }
}
