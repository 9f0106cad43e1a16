package dev.confab.netty;

import dev.confab.protocol.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes Socket.IO packets, with the Engine.IO type in front. */
final class SocketIoEncoder {

    /** Room for most packets, so that few have to be moved while they are written. */
    private static final int EXPECTED = 256;

    private SocketIoEncoder() {}

    /** An event: its name and arguments. */
    static EncodedPacket event(String namespace, String name, List<Value> args) {
        return packet(SocketIoPacket.EVENT, namespace, -1, json -> json.array(name, args));
    }

    /** An acknowledgement. */
    static EncodedPacket ack(String namespace, long id, List<Value> values) {
        return packet(SocketIoPacket.ACK, namespace, id, json -> json.array(values));
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

    private static EncodedPacket packet(int type, String namespace, long ack, Consumer<JsonWriter> payload) {
        var out = new ByteSink(EXPECTED);
        head(out, type, 0, namespace, ack);
        var json = new JsonWriter(out);
        payload.accept(json);
        return json.attachments().isEmpty()
                ? new EncodedPacket(out.toArray(), List.of())
                : withAttachments(type, namespace, ack, payload, json.attachments());
    }

    /** A packet that turned out to hold bytes is written once more: its head says how many they are. */
    private static EncodedPacket withAttachments(
            int type, String namespace, long ack, Consumer<JsonWriter> payload, List<byte[]> attachments) {
        var out = new ByteSink(EXPECTED);
        int binary = type == SocketIoPacket.EVENT ? SocketIoPacket.BINARY_EVENT : SocketIoPacket.BINARY_ACK;
        head(out, binary, attachments.size(), namespace, ack);
        payload.accept(new JsonWriter(out, true));
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
