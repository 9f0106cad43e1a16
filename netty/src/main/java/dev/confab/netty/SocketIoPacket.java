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
 * @param weight the memory it holds, in bytes
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

    /** The array of an event or acknowledgement. */
    List<Value> items() {
        return payload instanceof Value.Arr(List<Value> items) ? items : List.of();
    }
}
