package dev.confab.tck;

import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Departure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a store announced. */
sealed interface Announced {

    record Posted(String room, Position position, Message message) implements Announced {}

    record Notified(String room, Event event) implements Announced {}

    record Departed(String room, List<Departure> departures) implements Announced {
        public Departed {
            departures = List.copyOf(departures);
        }
    }

    record Told(String user, Event event, @Nullable String except) implements Announced {}

    record Dismissed(String user) implements Announced {}
}
