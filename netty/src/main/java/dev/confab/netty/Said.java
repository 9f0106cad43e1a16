package dev.confab.netty;

import org.jspecify.annotations.Nullable;

/** A packet that a {@link Burst} has said, and the one behind it once there is one: a place in what is being said. */
final class Said {

    private final EncodedPacket packet;
    private @Nullable Said next;

    Said(EncodedPacket packet) {
        this.packet = packet;
    }

    EncodedPacket packet() {
        return packet;
    }

    @Nullable
    Said next() {
        return next;
    }

    void next(Said behind) {
        next = behind;
    }
}
