package dev.confab.engine;

import dev.confab.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a room says while the join of a member is not answered. Guarded by the member's {@link RoomFeed}. */
final class HeldBack {

    /** More than this doesn't wait for a join to be answered: messages are read from the log then. */
    private static final int MAX_BYTES = 1024 * 1024;

    private final List<Item> items = new ArrayList<>(0);
    private int bytes;
    private boolean messagesDropped;

    /**
     * Keeps something for later.
     *
     * @param id the message's id; 0 for anything that is in no log
     * @return whether there was room
     */
    boolean keep(long id, Frame frame) {
        if (id > 0 && messagesDropped) {
            return true;
        }
        bytes += frame.weight();
        items.add(new Item(id, frame));
        if (bytes > MAX_BYTES && !messagesDropped) {
            messagesDropped = true;
            forgetMessages();
        }
        return bytes <= MAX_BYTES;
    }

    /** Keeps nothing of what is in the log. */
    void forgetMessages() {
        items.removeIf(item -> item.id > 0);
        bytes = items.stream().mapToInt(item -> item.frame.weight()).sum();
    }

    /**
     * Writes what has waited, but nothing that came before the position that the membership began at, and no message
     * behind one that was lost on its way.
     *
     * @param from the id that the membership began at
     * @return the id of the last message that the connection has now
     */
    long release(long from, Consumer<Frame> out) {
        long last = from;
        for (Item item : items) {
            if (item.id == 0) {
                out.accept(item.frame);
            } else if (item.id == last + 1) {
                out.accept(item.frame);
                last = item.id;
            }
        }
        return last;
    }

    private record Item(long id, Frame frame) {}
}
