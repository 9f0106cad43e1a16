package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket behind its handshake: the only handler of its channel. Reading happens on the channel's loop and is handed
 * to the session's lane, which as a rule is the same; writing comes from the lane.
 */
final class WebSocketLink extends ChannelInboundHandlerAdapter implements WebSocketDecoder.Listener, EngineTransport {

    /** What is no longer than this is copied into one buffer until the flush; what is longer is written as it is. */
    private static final int COPIED = 4096;

    /** How long a client has to answer a close frame, in seconds. */
    private static final int GOODBYE = 2;

    private final Channel channel;
    private final EngineSession session;
    private final WebSocketDecoder decoder;
    private final int outboxBytes;

    /** Compresses what is written, on the lane; null where the client doesn't take it. */
    private final @Nullable Deflation deflation;

    /** Where to write: the channel, and this handler's place in it once it has one, which spares the way there. */
    private ChannelOutboundInvoker wire;

    private @Nullable ByteBuf unread;
    private @Nullable ByteBuf unwritten;

    /** The burst of which all from some packet on is to be written; what else there is to write comes before it. */
    private @Nullable Burst followed;

    private @Nullable Said from;

    /** What the last flush that found room in the outbox brought beyond it: an outbox with room takes one item of any size. */
    private int surplus;

    private boolean passBegan;
    private boolean passBeganFull;
    private boolean violated;
    private volatile boolean paused;
    private volatile boolean closing;

    /**
     * A link that is about to be its channel's handler.
     *
     * @param inflation inflates what is read, on the channel's loop; null where it was not agreed on to compress messages
     */
    WebSocketLink(Channel channel, EngineSession session, DoorSettings settings, @Nullable Deflation inflation) {
        this.channel = channel;
        this.wire = channel;
        this.session = session;
        this.decoder = new WebSocketDecoder(settings.maxPayload(), inflation);
        this.deflation = inflation == null ? null : session.lane().deflation();
        this.outboxBytes = settings.outboxBytes();
    }

    /** Whether it was agreed on to compress messages. */
    boolean deflates() {
        return deflation != null;
    }

    static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        wire = ctx;
    }

    // ---- reading, on the channel's loop

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes)) {
            ReferenceCountUtil.release(message);
            return;
        }
        ByteBuf all = unread;
        unread = null;
        if (all == null) {
            all = bytes;
        } else {
            all.writeBytes(bytes);
            bytes.release();
        }
        read(all);
    }

    private void read(ByteBuf bytes) {
        try {
            decoder.read(bytes, this);
        } catch (WebSocketDecoder.Violation violation) {
            violated = true;
            bytes.skipBytes(bytes.readableBytes());
            session.lane().act(() -> {
                close(violation.code, "");
                session.lost(this, violation.code == 1009 ? CloseReason.LIMIT_EXCEEDED : CloseReason.PROTOCOL_ERROR);
            });
        }
        if (bytes.isReadable() && !closing && !violated) {
            keep(bytes);
        } else {
            bytes.release();
        }
    }

    /**
     * Keeps what is left, in a buffer of its own size, so that a few bytes don't hold a large one. More is appended to it,
     * and it doubles, so that a message may come in pieces as small as a client likes.
     */
    private void keep(ByteBuf bytes) {
        int size = bytes.readableBytes();
        ByteBuf rest = bytes;
        if (bytes.readerIndex() > 0 || bytes.capacity() > 2 * size + 64) {
            rest = channel.alloc().buffer(size).writeBytes(bytes);
            bytes.release();
        }
        unread = rest;
    }

    @Override
    public boolean isReading() {
        return !paused && !closing && !violated;
    }

    @Override
    public void text(byte[] message) {
        session.lane().act(() -> session.text(this, message));
    }

    @Override
    public void binary(byte[] message) {
        session.lane().act(() -> session.binary(this, message));
    }

    @Override
    public void ping(byte[] payload) {
        if (!channel.isWritable()) {
            // who pings and doesn't read gets no pile of answers; the latest ping is the one that counts
            return;
        }
        channel.writeAndFlush(Unpooled.wrappedBuffer(WebSocketFrames.frame(WebSocketFrames.PONG, payload)));
    }

    @Override
    public void closed(int code) {
        if (!closing) {
            closing = true;
            channel.writeAndFlush(Unpooled.wrappedBuffer(WebSocketFrames.close(code == 1005 ? 0 : 1000, "")));
        }
        session.lane().act(() -> session.lost(this, CloseReason.CLIENT_LEFT));
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        session.lane().act(() -> {
            drop();
            session.lost(this, CloseReason.CONNECTION_LOST);
        });
    }

    /** Nothing is read any more: the channel has ended, or is about to. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (unread != null) {
            unread.release();
            unread = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            System.getLogger("dev.confab.netty").log(System.Logger.Level.ERROR, "a WebSocket failed", cause);
        }
        ctx.close();
    }

    /** Stops reading, at once where this is the channel's loop. Any thread. */
    @Override
    public void pauseReading() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        channel.eventLoop().execute(() -> {
            paused = false;
            ByteBuf left = unread;
            unread = null;
            if (left != null) {
                read(left);
            }
            if (!paused) {
                channel.config().setAutoRead(true);
            }
        });
    }

    // ---- writing, on the lane

    @Override
    public int write(EncodedPacket packet, WireForm form) {
        if (closing) {
            return 0;
        }
        return catchUp() + append(packet.image(form, deflation));
    }

    private void beginPass() {
        if (!passBegan) {
            passBegan = true;
            passBeganFull = isFull();
        }
    }

    private int append(byte[] image) {
        beginPass();
        if (image.length > COPIED) {
            writeCollected();
            wire.write(Unpooled.wrappedBuffer(image), channel.voidPromise());
            return image.length;
        }
        ByteBuf out = unwritten;
        if (out == null) {
            out = channel.alloc().directBuffer(Math.max(256, image.length));
            unwritten = out;
        }
        out.writeBytes(image);
        return image.length;
    }

    /** With the flush, and all that follows with it, unless something else is to be written between them. */
    @Override
    public int hear(Burst burst, Said said) {
        if (closing || burst.equals(followed)) {
            return 0;
        }
        if (followed == null && unwritten == null) {
            followed = burst;
            from = said;
            return 0;
        }
        return write(said.packet(), burst.form());
    }

    @Override
    public int catchUp() {
        Burst burst = followed;
        Said first = from;
        followed = null;
        from = null;
        if (burst == null || first == null) {
            return 0;
        }
        int length = burst.length(first, deflation);
        if (length > COPIED) {
            beginPass();
            wire.write(burst.bytes(first, deflation, channel.alloc()), channel.voidPromise());
            return 0;
        }
        for (Said said = first; said != null; said = said.next()) {
            append(said.packet().image(burst.form(), deflation));
        }
        return length;
    }

    /** Writes a packet and flushes it. */
    void writeNow(EncodedPacket packet, WireForm form) {
        write(packet, form);
        flush(List.of());
    }

    @Override
    public void flush() {
        flush(session.takeAsked());
    }

    /**
     * Flushes what was written. Where more is left than may wait at all, the client reads too slowly.
     *
     * @param waiting what waits until all of this has left
     */
    private void flush(List<Runnable> waiting) {
        if (closing) {
            drop();
            return;
        }
        beginPass();
        passBegan = false;
        boolean beganFull = passBeganFull;
        ByteBuf bytes = takeUnwritten();
        if (channel.eventLoop().inEventLoop()) {
            flush(bytes, waiting, beganFull);
        } else {
            channel.eventLoop().execute(() -> flush(bytes, waiting, beganFull));
        }
    }

    /** Whether nothing is written any more. */
    boolean isClosing() {
        return closing;
    }

    @Override
    public int collected() {
        return unwritten == null ? 0 : unwritten.readableBytes();
    }

    @Override
    public boolean isFull() {
        return !channel.isWritable();
    }

    @Override
    public long unwrittenBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** There is one or the other: who follows has collected nothing. */
    private @Nullable ByteBuf takeUnwritten() {
        Burst burst = followed;
        Said first = from;
        if (burst != null && first != null) {
            followed = null;
            from = null;
            return burst.bytes(first, deflation, channel.alloc());
        }
        ByteBuf out = unwritten;
        unwritten = null;
        return out;
    }

    private void flush(@Nullable ByteBuf bytes, List<Runnable> waiting, boolean beganFull) {
        if (bytes != null) {
            wire.write(bytes, channel.voidPromise());
        }
        if (!waiting.isEmpty()) {
            wire.write(Unpooled.EMPTY_BUFFER).addListener(left -> {
                if (left.isSuccess()) {
                    session.lane().act(() -> session.reached(waiting));
                }
            });
        }
        wire.flush();
        if (isFull()) {
            long left = unwrittenBytes();
            if (!beganFull) {
                surplus = Math.clamp(left - outboxBytes, 0, Integer.MAX_VALUE);
            } else if (left > 2L * outboxBytes + surplus) {
                session.lane().hand(() -> session.close(this, CloseReason.TOO_SLOW));
            }
        }
    }

    private void writeCollected() {
        ByteBuf out = unwritten;
        if (out != null) {
            unwritten = null;
            wire.write(out, channel.voidPromise());
        }
    }

    private void drop() {
        followed = null;
        from = null;
        if (unwritten != null) {
            unwritten.release();
            unwritten = null;
        }
    }

    @Override
    public void tick(long now) {
        // its channel has the deadlines
    }

    /** RFC 6455's codes where one says it; no status for an ordinary end. */
    @Override
    public void close(CloseReason reason) {
        switch (reason) {
            case PROTOCOL_ERROR -> close(1002, "");
            case LIMIT_EXCEEDED -> close(1009, "");
            case SERVER_SHUTDOWN -> close(1001, "");
            case TOO_SLOW -> close(1013, "too slow");
            case LEFT_BEHIND -> close(1013, "left behind");
            case RATE_LIMITED -> close(1013, "rate limited");
            default -> close(0, "");
        }
    }

    @Override
    public void end() {
        close(0, "");
    }

    @Override
    public void abort() {
        closing = true;
        drop();
        channel.close();
    }

    /** Writes what is left and a close frame, and gives the client a moment to answer. Only the first call counts. */
    void close(int code, String reason) {
        if (closing) {
            return;
        }
        catchUp();
        writeCollected();
        closing = true;
        channel.writeAndFlush(Unpooled.wrappedBuffer(WebSocketFrames.close(code, reason)));
        channel.eventLoop().execute(() -> {
            if (channel.pipeline().context(this) == null) {
                return;
            }
            channel.pipeline().replace(this, "goodbye", new Goodbye());
            channel.config().setAutoRead(true);
            channel.eventLoop().schedule(() -> channel.close(), GOODBYE, TimeUnit.SECONDS);
        });
    }

    /** Reads until the client closes, and looks at nothing. */
    private static final class Goodbye extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes
                    && bytes.readableBytes() >= 2
                    && (bytes.getByte(bytes.readerIndex()) & 0x0F) == WebSocketFrames.CLOSE) {
                ctx.close();
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
