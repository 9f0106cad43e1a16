package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * The latest messages of one room on one lane. All members get the same bytes, so only the first one's are read as
 * JSON; the others' are compared. Used by one thread.
 */
final class Recent {

    private static final int KEPT = 8;

    private final @Nullable Heard[] kept = new @Nullable Heard[KEPT];

    /** The message of that id, if these are its bytes to the last one. */
    @Nullable
    Heard find(long id, ByteBuf bytes) {
        Heard heard = kept[slot(id)];
        return heard != null && heard.id() == id && ByteBufUtil.equals(heard.bytes(), bytes) ? heard : null;
    }

    void keep(Heard heard) {
        kept[slot(heard.id())] = heard;
    }

    private static int slot(long id) {
        return (int) id & (KEPT - 1);
    }
}
