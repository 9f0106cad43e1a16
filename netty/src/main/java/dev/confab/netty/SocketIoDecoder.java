package dev.confab.netty;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
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

    private final Rules rules;
    private @Nullable PendingPacket pending;

    /**
     * What is the same for all sessions of a revision.
     *
     * @param isV5 whether it is revision 5; else 4
     * @param maxAttachments so many attachments a packet may have
     * @param maxAttachmentBytes so long may they be together
     */
    record Rules(JsonReader json, boolean isV5, int maxAttachments, long maxAttachmentBytes) {}

    SocketIoDecoder(Rules rules) {
        this.rules = rules;
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
        int attachments = binary ? head.attachments(rules.maxAttachments) : 0;
        String namespace = head.namespace();
        long ack = head.ack();
        Value payload = head.rest() == 0 ? null : rules.json.read(message, head.place(), head.rest());
        check(type, ack, payload);
        if (attachments > 0 && payload != null) {
            pending = new PendingPacket(type, namespace, ack, payload, attachments);
            return null;
        }
        return SocketIoPacket.of(type, namespace, ack, payload);
    }

    /**
     * Reads an attachment.
     *
     * @return the packet; null where more attachments are to come
     */
    @Nullable
    SocketIoPacket binary(byte[] bytes) throws ProtocolException {
        PendingPacket waiting = pending;
        if (waiting == null) {
            throw new ProtocolException("an attachment that no packet announced");
        }
        waiting.add(bytes, rules.maxAttachmentBytes);
        if (!waiting.isWhole()) {
            return null;
        }
        pending = null;
        return waiting.packet();
    }

    private void check(int type, long ack, @Nullable Value payload) throws ProtocolException {
        boolean fits = switch (type) {
            case SocketIoPacket.CONNECT -> !rules.isV5 || payload == null || payload instanceof Value.Obj;
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
            case Value.Text(String name) -> !rules.isV5 || !RESERVED.contains(name);
            case Value.Num _ -> true;
            default -> false;
        };
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
