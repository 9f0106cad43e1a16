package dev.confab.netty;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Socket.IO packets of one session: a text, and then as many attachments as it announced. Source: the Socket.IO
 * protocol, revisions 4 and 5.
 */
final class SocketIoDecoder {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private final JsonReader json;
    private final boolean isV5;
    private final int maxAttachments;
    private final long maxAttachmentBytes;

    private @Nullable Pending pending;

    SocketIoDecoder(JsonReader json, boolean isV5, int maxAttachments, long maxAttachmentBytes) {
        this.json = json;
        this.isV5 = isV5;
        this.maxAttachments = maxAttachments;
        this.maxAttachmentBytes = maxAttachmentBytes;
    }

    /**
     * Reads a text message.
     *
     * @param message the message, without its Engine.IO type
     * @return the packet; null where its attachments are still to come
     */
    @Nullable
    SocketIoPacket text(byte[] message, int from) throws ProtocolException {
        if (pending != null) {
            throw new ProtocolException("text in place of an attachment");
        }
        var head = new Head(message, from);
        int type = head.type();
        boolean binary = type == SocketIoPacket.BINARY_EVENT || type == SocketIoPacket.BINARY_ACK;
        int attachments = binary ? head.attachments(maxAttachments) : 0;
        String namespace = head.namespace();
        long ack = head.ack();
        Value payload = head.rest() == 0 ? null : json.read(message, head.place(), head.rest());
        check(type, ack, payload);
        int weight = 64 + 2 * (message.length - from);
        var packet = new SocketIoPacket(type, namespace, ack, payload, weight);
        if (attachments > 0) {
            pending = new Pending(packet, attachments);
            return null;
        }
        return packet;
    }

    /**
     * Reads an attachment.
     *
     * @return the packet; null where more attachments are to come
     */
    @Nullable
    SocketIoPacket binary(byte[] bytes) throws ProtocolException {
        Pending waiting = pending;
        if (waiting == null) {
            throw new ProtocolException("an attachment that no packet announced");
        }
        waiting.add(bytes);
        if (waiting.bytes > maxAttachmentBytes) {
            throw new ProtocolException("attachments past the limit");
        }
        if (waiting.received.size() < waiting.expected) {
            return null;
        }
        pending = null;
        return waiting.complete();
    }

    private void check(int type, long ack, @Nullable Value payload) throws ProtocolException {
        boolean fits = switch (type) {
            case SocketIoPacket.CONNECT -> !isV5 || payload == null || payload instanceof Value.Obj;
            case SocketIoPacket.DISCONNECT -> payload == null;
            case SocketIoPacket.EVENT, SocketIoPacket.BINARY_EVENT -> isEvent(payload);
            case SocketIoPacket.ACK, SocketIoPacket.BINARY_ACK -> payload instanceof Value.Arr && ack >= 0;
            default -> false;
        };
        if (!fits) {
            throw new ProtocolException("a packet of type " + type + " with a payload that doesn't fit");
        }
    }

    private boolean isEvent(@Nullable Value payload) {
        if (!(payload instanceof Value.Arr(List<Value> items)) || items.isEmpty()) {
            return false;
        }
        return switch (items.getFirst()) {
            case Value.Text(String name) -> !isV5 || !RESERVED.contains(name);
            case Value.Num _ -> true;
            default -> false;
        };
    }

    /** A packet whose attachments are still to come. */
    private static final class Pending {
        final SocketIoPacket packet;
        final int expected;
        final List<byte[]> received = new ArrayList<>();
        long bytes;

        Pending(SocketIoPacket packet, int expected) {
            this.packet = packet;
            this.expected = expected;
        }

        void add(byte[] attachment) {
            received.add(attachment);
            bytes += attachment.length;
        }

        SocketIoPacket complete() throws ProtocolException {
            var values = received.stream().<Value>map(Value.Bytes::copyOf).toList();
            Value payload = packet.payload() == null ? null : filled(packet.payload(), values);
            int weight = (int) Math.min(Integer.MAX_VALUE, packet.weight() + bytes);
            return new SocketIoPacket(packet.type(), packet.namespace(), packet.ack(), payload, weight);
        }

        private static Value filled(Value value, List<Value> attachments) throws ProtocolException {
            return switch (value) {
                case Value.Arr(List<Value> items) -> filled(items, attachments);
                case Value.Obj object
                when Value.TRUE.equals(object.get("_placeholder")) -> attachment(object.get("num"), attachments);
                case Value.Obj object -> filled(object, attachments);
                default -> value;
            };
        }

        private static Value filled(List<Value> items, List<Value> attachments) throws ProtocolException {
            var filled = new ArrayList<Value>(items.size());
            for (Value item : items) {
                filled.add(filled(item, attachments));
            }
            return new Value.Arr(filled);
        }

        private static Value filled(Value.Obj object, List<Value> attachments) throws ProtocolException {
            var filled = Value.Obj.builder();
            for (int i = 0; i < object.size(); i++) {
                filled.put(object.name(i), filled(object.value(i), attachments));
            }
            return filled.build();
        }

        private static Value attachment(@Nullable Value number, List<Value> attachments) throws ProtocolException {
            if (number instanceof Value.Num given && given.asLong() >= 0 && given.asLong() < attachments.size()) {
                return attachments.get((int) given.asLong());
            }
            throw new ProtocolException("a placeholder without an attachment");
        }
    }

    /** What comes before a packet's payload: {@code <type>[<n>-][<namespace>,][<ack>]}. */
    private static final class Head {
        private final byte[] message;
        private int place;

        Head(byte[] message, int from) {
            this.message = message;
            this.place = from;
        }

        int type() throws ProtocolException {
            int type = place < message.length ? message[place++] - '0' : -1;
            if (type < 0 || type > 6) {
                throw new ProtocolException("unknown packet type");
            }
            return type;
        }

        int attachments(int max) throws ProtocolException {
            long count = number();
            if (count < 0 || place == message.length || message[place++] != '-' || count > max) {
                throw new ProtocolException("bad number of attachments");
            }
            return (int) count;
        }

        String namespace() {
            if (place == message.length || message[place] != '/') {
                return "/";
            }
            int start = place;
            while (place < message.length && message[place] != ',') {
                place++;
            }
            var namespace = new String(message, start, place - start, StandardCharsets.UTF_8);
            place = Math.min(place + 1, message.length);
            return namespace;
        }

        long ack() throws ProtocolException {
            return number();
        }

        int place() {
            return place;
        }

        int rest() {
            return message.length - place;
        }

        /** Digits, if there are any here; −1 otherwise. */
        private long number() throws ProtocolException {
            int start = place;
            long number = 0;
            while (place < message.length && message[place] >= '0' && message[place] <= '9') {
                number = number * 10 + message[place++] - '0';
                if (place - start > 15) {
                    throw new ProtocolException("a number of too many digits");
                }
            }
            return place == start ? -1 : number;
        }
    }
}
