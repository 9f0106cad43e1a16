package dev.confab.netty;

import org.jspecify.annotations.Nullable;

/** A packet that a {@link Burst} has said, and the one behind it once there is one: a place in what is being said. */
final class Said {

    private final EncodedPacket packet;
    private final long id;
    private @Nullable Said next;

    /**
     * Something that is said.
     *
     * @param id where the log has it; 0 for what is in no log
     */
    Said(EncodedPacket packet, long id) {
        this.packet = packet;
        this.id = id;
    }

    EncodedPacket packet() {
        return packet;
    }

    long id() {
        return id;
    }

    @Nullable
    Said next() {
        return next;
    }

    void next(Said behind) {
        next = behind;
    }
}
