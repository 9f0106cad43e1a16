package dev.confab.engine;

import dev.confab.protocol.Event;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** One event as each dialect that is asked for spells it: once, however many connections hear it. For one thread. */
final class Encodings {

    private final Event event;
    private @Nullable Dialect first;
    private @Nullable Frame firstFrame;
    private @Nullable IdentityHashMap<Dialect, Frame> others;

    Encodings(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    Frame in(Dialect dialect) {
        if (firstFrame == null) {
            first = dialect;
            firstFrame = dialect.encode(event);
        }
        if (dialect.equals(first)) {
            return firstFrame;
        }
        if (others == null) {
            others = new IdentityHashMap<>();
        }
        return others.computeIfAbsent(dialect, one -> one.encode(event));
    }
}
