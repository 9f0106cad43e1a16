package dev.confab.netty;

import dev.confab.protocol.Value;
import java.util.ArrayList;
import java.util.List;

/** A packet whose attachments are still to come, and then take the places that are held for them. */
final class PendingPacket {

    private final int type;
    private final String namespace;
    private final long ack;
    private final Value payload;
    private final int expected;
    private final boolean[] placed;
    private final List<Value> attachments = new ArrayList<>(1);
    private long bytes;

    PendingPacket(int type, String namespace, long ack, Value payload, int expected) {
        this.type = type;
        this.namespace = namespace;
        this.ack = ack;
        this.payload = payload;
        this.expected = expected;
        this.placed = new boolean[expected];
    }

    void add(byte[] attachment, long maxBytes) throws ProtocolException {
        bytes += attachment.length;
        if (bytes > maxBytes) {
            throw new ProtocolException("attachments past the limit");
        }
        attachments.add(Value.Bytes.copyOf(attachment));
    }

    boolean isWhole() {
        return attachments.size() == expected;
    }

    SocketIoPacket packet() throws ProtocolException {
        return SocketIoPacket.of(type, namespace, ack, filled(payload));
    }

    private Value filled(Value value) throws ProtocolException {
        return switch (value) {
            case Value.Arr(List<Value> items) -> filled(items);
            case Value.Obj object ->
                Value.TRUE.equals(object.get(JsonWriter.MARK)) ? attachment(object) : filled(object);
            default -> value;
        };
    }

    private Value filled(List<Value> items) throws ProtocolException {
        var filled = new ArrayList<Value>(items.size());
        for (Value item : items) {
            filled.add(filled(item));
        }
        return new Value.Arr(filled);
    }

    private Value filled(Value.Obj object) throws ProtocolException {
        var filled = Value.Obj.builder();
        for (int i = 0; i < object.size(); i++) {
            filled.put(object.name(i), filled(object.value(i)));
        }
        return filled.build();
    }

    /**
     * Each attachment has one place: in many it would weigh little here, but be sent once for each of them to everybody
     * who hears the packet.
     */
    private Value attachment(Value.Obj placeholder) throws ProtocolException {
        if (placeholder.get("num") instanceof Value.Num number) {
            long place = number.asLong();
            boolean isThere = place >= 0 && place < expected && number.equals(Value.of(place));
            if (isThere && !placed[(int) place]) {
                placed[(int) place] = true;
                return attachments.get((int) place);
            }
        }
        throw new ProtocolException("a placeholder without an attachment of its own");
    }
}
