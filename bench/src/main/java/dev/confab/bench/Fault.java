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
    /** An acknowledged message is not in the log, or the log has a hole. */
    LOST_MESSAGE,
    /** A message is in a log twice, or before one that its author said earlier. */
    REPEAT,
    /** A join said of what it brought that nothing is missing where something is, or the other way round. */
    RECOVERY,
    /** Something of a room reached, or came from, somebody who had lost access to it. */
    TRESPASS,
    /** The server answered with an error that nothing explains. */
    REFUSAL,
    /** A connection ended, or a room was closed to a client, before the run was over. */
    LOSS,
    /** Something was awaited until patience ended. */
    STALL;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
