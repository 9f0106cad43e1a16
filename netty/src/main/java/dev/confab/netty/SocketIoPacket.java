package dev.confab.netty;

import dev.confab.protocol.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO packet as it was read.
 *
 * @param type one of the constants here
 * @param namespace the namespace, with the query that protocol 4 may append
 * @param ack the id of the acknowledgement that is wanted or given; −1 for none
 * @param payload the payload with its attachments in place; null where there was none
 * @param weight the memory it holds, in bytes; at most 2³⁰
 */
record SocketIoPacket(
        int type, String namespace, long ack, @Nullable Value payload, int weight) {

    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    /** What a packet weighs that holds nothing. */
    private static final int EMPTY = 64;

    /** Weights are added up; this one leaves room for that. */
    private static final int HEAVIEST = 1 << 30;

    /** A packet, weighed. The text it came as says little: as values, a row of digits takes twenty times its memory. */
    static SocketIoPacket of(int type, String namespace, long ack, @Nullable Value payload) {
        int weight = payload == null ? EMPTY : Math.min(HEAVIEST - EMPTY, payload.weight()) + EMPTY;
        return new SocketIoPacket(type, namespace, ack, payload, weight);
    }

    /** The array of an event or acknowledgement. */
    List<Value> items() {
        return payload instanceof Value.Arr(List<Value> items) ? items : List.of();
    }
}
