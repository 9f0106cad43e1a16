package dev.confab.netty;

import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the clients of the transport contract say and hear, whatever carries it. */
final class ChatWords {

    static final String CHAT = "/chat-service";

    private ChatWords() {}

    static SocketIoDecoder newDecoder() {
        return new SocketIoDecoder(
                new SocketIoDecoder.Rules(new JsonReader(1000, 10_000_000), false, 1000, 100_000_000));
    }

    /** An event is an acknowledgement's packet with another type: what the server's encoder can write, a client can. */
    static EncodedPacket event(long ack, String name, List<Value> args) {
        var items = new ArrayList<Value>();
        items.add(Value.of(name));
        items.addAll(args);
        EncodedPacket packet = SocketIoEncoder.ack(CHAT, 0, items);
        String text = new String(packet.text(), StandardCharsets.UTF_8);
        boolean binary = !packet.attachments().isEmpty();
        text = text.replaceFirst("^4[36]", binary ? "45" : "42");
        text = text.replaceFirst(CHAT + ",0", CHAT + "," + (ack < 0 ? "" : ack));
        return new EncodedPacket(text.getBytes(StandardCharsets.UTF_8), packet.attachments());
    }

    /** What a packet tells, if it is whole and tells anything. */
    static @Nullable Heard heard(@Nullable SocketIoPacket packet) {
        if (packet == null || !packet.namespace().equals(CHAT)) {
            return null;
        }
        List<Value> items = packet.items();
        return switch (packet.type()) {
            case SocketIoPacket.ACK, SocketIoPacket.BINARY_ACK -> new Heard.Reply(packet.ack(), items);
            case SocketIoPacket.EVENT, SocketIoPacket.BINARY_EVENT ->
                new Heard.Event(
                        items.getFirst() instanceof Value.Text(String name) ? name : "",
                        items.subList(1, items.size()));
            default -> null;
        };
    }
}
