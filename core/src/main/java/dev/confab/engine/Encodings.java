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
        if (dialect == first && firstFrame != null) {
            return firstFrame;
        }
        if (first == null) {
            first = dialect;
            return firstFrame = dialect.encode(event);
        }
        if (others == null) {
            others = new IdentityHashMap<>();
        }
        return others.computeIfAbsent(dialect, one -> one.encode(event));
    }
}
