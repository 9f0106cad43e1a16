package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A room message as it came.
 *
 * @param id its id in the room
 * @param mark what it says about itself; nothing where it is no message of this run
 * @param bytes the whole packet
 */
record Heard(long id, @Nullable Mark mark, ByteBuf bytes) {}
