package dev.confab.netty;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes Socket.IO packets, with the Engine.IO type in front. */
final class SocketIoEncoder {

    private SocketIoEncoder() {}

    /** An event: its name and arguments. */
    static EncodedPacket event(String namespace, String name, List<Value> args) {
        var out = new ByteSink(96);
        var json = new JsonWriter(out);
        json.string(name);
        for (Value arg : args) {
            out.put(',');
            json.write(arg);
        }
        return packet(SocketIoPacket.EVENT, namespace, -1, out, json.attachments());
    }

    /** An acknowledgement. */
    static EncodedPacket ack(String namespace, long id, List<Value> values) {
        var out = new ByteSink(48);
        var json = new JsonWriter(out);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.put(',');
            }
            json.write(values.get(i));
        }
        return packet(SocketIoPacket.ACK, namespace, id, out, json.attachments());
    }

    /** A packet whose payload, if any, holds no bytes. */
    static EncodedPacket plain(int type, String namespace, Value... payload) {
        var out = new ByteSink(48);
        head(out, type, 0, namespace, -1);
        for (Value value : payload) {
            new JsonWriter(out).write(value);
        }
        return new EncodedPacket(out.toArray(), List.of());
    }

    private static EncodedPacket packet(
            int type, String namespace, long ack, ByteSink items, List<byte[]> attachments) {
        var out = new ByteSink(items.size() + namespace.length() + 26);
        head(out, attachments.isEmpty() ? type : type + 3, attachments.size(), namespace, ack);
        out.put('[');
        out.put(items.toArray());
        out.put(']');
        return new EncodedPacket(out.toArray(), attachments);
    }

    private static void head(ByteSink out, int type, int attachments, String namespace, long ack) {
        out.put('4');
        out.put('0' + type);
        if (attachments > 0) {
            out.ascii(Integer.toString(attachments));
            out.put('-');
        }
        if (!namespace.equals("/")) {
            out.put(namespace.getBytes(StandardCharsets.UTF_8));
            out.put(',');
        }
        if (ack >= 0) {
            out.ascii(Long.toString(ack));
        }
    }
}
