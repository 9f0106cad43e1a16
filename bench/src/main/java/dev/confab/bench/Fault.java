package dev.confab.bench;

import java.util.Locale;

/** What a run may find wrong with a server. */
enum Fault {
    /** A client never got an id. */
    GAP,
    /** A client got an id twice. */
    DUPLICATE,
    /** A client got an id after a higher one. */
    SWAP,
    /** A message has another id for one client than for others, or than its acknowledgement said. */
    MIX_UP,
    /** The server answered a publisher with an error. */
    REFUSAL,
    /** A connection ended, or a room was closed to a client, before the run was over. */
    LOSS,
    /** Something was awaited until patience ended. */
    STALL;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
