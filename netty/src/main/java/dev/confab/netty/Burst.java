package dev.confab.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * What one audience is told while some of its members are yet to be flushed. A WebSocket that hears nothing else meanwhile
 * only remembers where in the burst it is: what was said since is joined once, into bytes that all who are at the same
 * place share. Who is no WebSocket, or hears something else in between, gets each packet by itself, so that everybody's
 * order holds. On the loop only. Open for tests that break it.
 */
class Burst {

    private final WireForm form;
    private final Joined plain = new Joined(null);
    private @Nullable Joined compressed;
    private @Nullable Said last;
    private int weight;

    /**
     * A burst without packets.
     *
     * @param form how all members of the audience take their packets
     */
    Burst(WireForm form) {
        this.form = form;
    }

    WireForm form() {
        return form;
    }

    /** Says something, once all have been told: who fell behind at it has heard all before it, and not it. */
    void add(Said said) {
        if (last != null) {
            last.next(said);
        }
        last = said;
        weight += said.packet().weight();
    }

    /** About how many bytes were said. */
    int weight() {
        return weight;
    }

    /** How many bytes the packets from one on have. */
    int length(Said first, @Nullable Deflation deflation) {
        int length = 0;
        for (Said said = first; said != null; said = said.next()) {
            length += said.packet().image(form, deflation).length;
        }
        return length;
    }

    /**
     * The bytes of the packets from one on, for the caller to release.
     *
     * @param deflation that of the lane, for who takes compressed messages; else null
     */
    ByteBuf bytes(Said first, @Nullable Deflation deflation, ByteBufAllocator allocator) {
        return joined(deflation).bytes(first, allocator).retainedDuplicate();
    }

    private Joined joined(@Nullable Deflation deflation) {
        if (deflation == null) {
            return plain;
        }
        if (compressed == null) {
            compressed = new Joined(deflation);
        }
        return compressed;
    }

    /** Ends it: everybody has been flushed. */
    void end() {
        plain.release();
        if (compressed != null) {
            compressed.release();
        }
    }

    /** The bytes that were asked for last: sessions are flushed in order, so the next one will mostly ask for the same. */
    private final class Joined {
        private final @Nullable Deflation deflation;
        private @Nullable ByteBuf bytes;
        private @Nullable Said from;
        private @Nullable Said to;

        Joined(@Nullable Deflation deflation) {
            this.deflation = deflation;
        }

        ByteBuf bytes(Said first, ByteBufAllocator allocator) {
            ByteBuf known = bytes;
            if (known != null && from == first && to == last) {
                return known;
            }
            release();
            ByteBuf made = join(first, allocator);
            bytes = made;
            from = first;
            to = last;
            return made;
        }

        private ByteBuf join(Said first, ByteBufAllocator allocator) {
            ByteBuf all = allocator.directBuffer(length(first, deflation));
            for (Said said = first; said != null; said = said.next()) {
                all.writeBytes(said.packet().image(form, deflation));
            }
            return all;
        }

        void release() {
            if (bytes != null) {
                bytes.release();
                bytes = null;
            }
        }
    }
}
