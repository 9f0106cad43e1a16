package dev.confab.spi;

import dev.confab.protocol.Event;

/**
 * How one family of clients spells events on the wire. Requests need no method here: a transport understands them
 * before it submits them, and a reply is spelled by the request that it answers.
 */
public interface Dialect {

    /**
     * Spells an event. Called once per event and dialect, whatever the number of connections that hear it; on any
     * thread.
     *
     * @param event the event
     * @return the frame
     */
    Frame encode(Event event);
}
