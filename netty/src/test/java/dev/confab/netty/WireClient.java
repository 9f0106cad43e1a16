package dev.confab.netty;

import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.TransportContract;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The transport contract's client on a WebSocket, in the words of either generation. */
final class WireClient implements TransportContract.Client {

    private static final String CHAT = ChatWords.CHAT;

    private final RawSocket socket;
    private final boolean isV4;
    private final SocketIoDecoder decoder;
    private final Deque<Heard> early = new ArrayDeque<>();
    private long sent;
    private @Nullable Boolean comesBack;

    WireClient(URI door, Map<String, String> query, boolean isV4) throws Exception {
        this.isV4 = isV4;
        decoder = ChatWords.newDecoder();
        var path = new StringBuilder("/socket.io/?transport=websocket&EIO=" + (isV4 ? 4 : 3));
        query.forEach((name, value) ->
                path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        socket = RawSocket.webSocket(door, path.toString());
        socket.text("40" + CHAT + ",");
        while (true) {
            String text = socket.text();
            if (text.startsWith("40" + CHAT)) {
                return;
            }
            if (text.startsWith("44" + CHAT)) {
                throw new IOException("not let in: " + text);
            }
        }
    }

    @Override
    public long request(String name, List<Value> args) throws Exception {
        long number = ++sent;
        write(number, name, args);
        return number;
    }

    @Override
    public void emit(String name, List<Value> args) throws Exception {
        write(-1, name, args);
    }

    private void write(long ack, String name, List<Value> args) throws IOException {
        EncodedPacket packet = ChatWords.event(ack, name, args);
        socket.frame(0x81, packet.text());
        for (byte[] bytes : packet.attachments()) {
            socket.binary(isV4 ? bytes : EncodedPacket.typed(bytes));
        }
    }

    @Override
    public @Nullable Heard next(Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (early.isEmpty()) {
            long left = end - System.nanoTime();
            if (comesBack != null || left <= 0 || !read(Duration.ofNanos(left))) {
                return early.poll();
            }
        }
        return early.poll();
    }

    /** Reads one frame; false where none came. */
    private boolean read(Duration patience) throws Exception {
        RawSocket.Frame frame;
        try {
            frame = socket.frame(patience);
        } catch (IOException ended) {
            comesBack = comesBack == null || comesBack;
            return false;
        }
        if (frame == null) {
            return false;
        }
        switch (frame.opcode()) {
            case 8 -> comesBack = comesBack == null || comesBack;
            case 2 -> {
                byte[] bytes = frame.payload();
                heard(decoder.binary(isV4 ? bytes : Arrays.copyOfRange(bytes, 1, bytes.length)));
            }
            default -> text(frame);
        }
        return true;
    }

    private void text(RawSocket.Frame frame) throws Exception {
        String text = frame.text();
        if (text.startsWith("41" + CHAT)) {
            comesBack = false;
        } else if (text.startsWith("4")) {
            heard(decoder.text(frame.payload(), 1));
        } else if (text.equals("2")) {
            socket.text("3");
        }
    }

    private void heard(@Nullable SocketIoPacket packet) {
        Heard heard = ChatWords.heard(packet);
        if (heard != null) {
            early.add(heard);
        }
    }

    @Override
    public void leave() throws Exception {
        socket.text("41" + CHAT + ",");
        socket.frame(0x88, new byte[0]);
    }

    @Override
    public void drop() throws Exception {
        socket.halfClose();
    }

    @Override
    public @Nullable Boolean awaitEnd(Duration patience) throws Exception {
        long end = System.nanoTime() + patience.toNanos();
        while (comesBack == null && System.nanoTime() < end) {
            read(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
        }
        return comesBack;
    }

    @Override
    public void close() throws Exception {
        socket.close();
    }
}
