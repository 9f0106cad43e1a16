package dev.confab.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one audience is told in one pass of its lane. A WebSocket that hears nothing else meanwhile only follows: for all
 * of those the packets are joined once, into bytes that they share. Who hears something else in between, or is no
 * WebSocket, is a stray and gets each packet by itself, so that everybody's order holds. On the loop only. Open for
 * tests that break it.
 */
class Burst {

    private final WireForm form;
    private final List<EncodedPacket> packets = new ArrayList<>(4);
    private final List<NamespaceSocket> strays = new ArrayList<>(0);
    private int weight;
    private @Nullable ByteBuf joined;
    private @Nullable ByteBuf deflated;

    /**
     * A burst without packets.
     *
     * @param form how all members of the audience take their packets
     */
    Burst(WireForm form) {
        this.form = form;
    }

    /** Says something to all. */
    void add(EncodedPacket packet) {
        packets.add(packet);
        weight += packet.weight();
        for (int i = 0; i < strays.size(); i++) {
            strays.get(i).write(packet);
        }
    }

    /** About how many bytes were said. */
    int weight() {
        return weight;
    }

    /** How many packets were said. */
    int size() {
        return packets.size();
    }

    EncodedPacket packet(int index) {
        return packets.get(index);
    }

    /** From now on this member gets each packet by itself. */
    void stray(NamespaceSocket member) {
        strays.add(member);
    }

    /** This member is no member any more. */
    void forget(NamespaceSocket member) {
        strays.remove(member);
    }

    /**
     * The bytes of the packets from one on, for the caller to release.
     *
     * @param deflation that of the lane, for who takes compressed messages; else null
     */
    ByteBuf bytes(int first, @Nullable Deflation deflation, ByteBufAllocator allocator) {
        ByteBuf all = deflation == null ? joined : deflated;
        if (all == null) {
            all = join(deflation, allocator);
            if (deflation == null) {
                joined = all;
            } else {
                deflated = all;
            }
        }
        if (first == 0) {
            return all.retainedDuplicate();
        }
        int skipped = lengthUpTo(first, deflation);
        return all.retainedSlice(skipped, all.readableBytes() - skipped);
    }

    private ByteBuf join(@Nullable Deflation deflation, ByteBufAllocator allocator) {
        ByteBuf all = allocator.directBuffer(lengthUpTo(packets.size(), deflation));
        for (EncodedPacket packet : packets) {
            all.writeBytes(packet.image(form, deflation));
        }
        return all;
    }

    private int lengthUpTo(int end, @Nullable Deflation deflation) {
        int length = 0;
        for (int i = 0; i < end; i++) {
            length += packets.get(i).image(form, deflation).length;
        }
        return length;
    }

    /** Ends it: all who follow have written. */
    void end() {
        if (joined != null) {
            joined.release();
            joined = null;
        }
        if (deflated != null) {
            deflated.release();
            deflated = null;
        }
    }
}
