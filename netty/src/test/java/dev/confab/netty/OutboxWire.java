package dev.confab.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;

/** The network of one client of {@link OutboxSchedule}: takes as much of what is flushed as it is told to. */
final class OutboxWire extends EmbeddedChannel {

    private static final int CLOSE = 0x88;

    private final Hearing hearing;
    private final ByteBuf taken = Unpooled.buffer();
    private boolean takesAll = true;
    private boolean over;
    private int credit;

    /** Is told of every packet that has left. */
    interface Hearing {
        void hears(long number, int room, long id);
    }

    OutboxWire(int outboxBytes, Hearing hearing) {
        this.hearing = hearing;
        config().setWriteBufferWaterMark(new WriteBufferWaterMark(outboxBytes, outboxBytes));
    }

    /** Takes everything from here on. */
    void takeAll() {
        takesAll = true;
        takeWaiting();
    }

    /** Takes so many buffers of what waits, and no more. */
    void take(int buffers) {
        takesAll = false;
        credit = buffers;
        takeWaiting();
        credit = 0;
    }

    /** Takes nothing. */
    void stop() {
        takesAll = false;
    }

    /** Whether the server has closed the connection. */
    boolean isOver() {
        return over;
    }

    private void takeWaiting() {
        ChannelOutboundBuffer waiting = unsafe().outboundBuffer();
        if (waiting != null) {
            doWrite(waiting);
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        for (Object next = waiting.current(); next != null && (takesAll || credit > 0); next = waiting.current()) {
            credit--;
            taken.writeBytes(((ByteBuf) next).duplicate());
            waiting.remove();
            readFrames();
        }
    }

    /** Packets are written as they are, without a mask; one that is not whole waits for the rest. */
    private void readFrames() {
        while (taken.readableBytes() > 4) {
            int begin = taken.readerIndex();
            int opcode = taken.readUnsignedByte();
            int length = taken.readUnsignedByte();
            if (length == 126) {
                length = taken.readUnsignedShort();
            }
            if (taken.readableBytes() < length) {
                taken.readerIndex(begin);
                return;
            }
            read(
                    opcode,
                    taken.readCharSequence(length, StandardCharsets.US_ASCII).toString());
        }
        taken.discardReadBytes();
    }

    private void read(int opcode, String packet) {
        over |= opcode == CLOSE;
        if (!over && packet.startsWith("4")) {
            String[] parts = packet.substring(1).split(":", -1);
            hearing.hears(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }
    }
}
