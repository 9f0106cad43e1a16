package dev.confab.netty;

import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.TransportContract;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The transport contract's client on long-polling: it posts on one network connection, and polls on another one. */
final class PollingClient implements TransportContract.Client {

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    private final URI door;
    private final WireForm form;
    private final String session;
    private final RawSocket posts;
    private final SocketIoDecoder decoder = ChatWords.newDecoder();
    private final BlockingQueue<Optional<Heard>> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> entered = new CompletableFuture<>();
    private final CompletableFuture<Boolean> comesBack = new CompletableFuture<>();
    private RawSocket polls;
    private boolean dropped;
    private long sent;

    PollingClient(URI door, Map<String, String> query, boolean isV4) throws Exception {
        this.door = door;
        form = isV4 ? WireForm.V4 : WireForm.V3;
        var path = new StringBuilder("/socket.io/?transport=polling&EIO=" + (isV4 ? 4 : 3));
        query.forEach((name, value) ->
                path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        session = path + "&sid=" + newSession(path.toString());
        polls = new RawSocket(door);
        posts = new RawSocket(door);
        polls.waitForever();
        post(EncodedPacket.of("40" + ChatWords.CHAT + ","));
        Thread.ofVirtual().name("polls").start(this::poll);
        if (!entered.get(10, TimeUnit.SECONDS)) {
            throw new IOException("not let in");
        }
    }

    private String newSession(String path) throws IOException {
        try (var first = new RawSocket(door)) {
            Matcher sid = SID.matcher(first.get(path).text());
            if (!sid.find()) {
                throw new IOException("no session");
            }
            return sid.group(1);
        }
    }

    // ---- posting

    @Override
    public long request(String name, List<Value> args) throws Exception {
        long number = ++sent;
        post(ChatWords.event(number, name, args));
        return number;
    }

    @Override
    public void emit(String name, List<Value> args) throws Exception {
        post(ChatWords.event(-1, name, args));
    }

    @Override
    public void leave() throws Exception {
        post(EncodedPacket.of("41" + ChatWords.CHAT + ","), EncodedPacket.of("1"));
    }

    private void post(EncodedPacket... packets) throws IOException {
        EngineIoPayload.Body body = EngineIoPayload.encode(List.of(packets), form);
        String type = body.isBinary() ? "application/octet-stream" : "text/plain; charset=UTF-8";
        synchronized (posts) {
            posts.request("POST", session, body.bytes(), "Content-Type: " + type);
        }
    }

    // ---- polling

    private void poll() {
        try {
            while (!comesBack.isDone()) {
                take(nextPoll().reply());
            }
        } catch (IOException | ProtocolException ended) {
            end(true);
        }
    }

    private synchronized RawSocket nextPoll() throws IOException {
        if (dropped) {
            // the poll that was to be given up has been answered meanwhile
            polls.close();
            polls = new RawSocket(door);
        }
        polls.begin("GET", session, new byte[0]);
        if (dropped) {
            polls.halfClose();
        }
        return polls;
    }

    /** A server learns from a poll that is given up that a client is lost. */
    @Override
    public synchronized void drop() throws Exception {
        dropped = true;
        polls.halfClose();
    }

    private void take(RawSocket.Reply reply) throws IOException, ProtocolException {
        if (reply.status() != 200) {
            end(true);
            return;
        }
        boolean binary = reply.headers().getOrDefault("content-type", "").startsWith("application/octet-stream");
        List<EngineIoPayload.Packet> packets =
                binary ? EngineIoPayload.decodeBinary3(reply.body()) : EngineIoPayload.decode(reply.body(), form);
        for (EngineIoPayload.Packet packet : packets) {
            if (packet.isBinary()) {
                heard(decoder.binary(packet.bytes()));
            } else {
                text(packet.bytes());
            }
        }
    }

    private void text(byte[] packet) throws IOException, ProtocolException {
        String text = new String(packet, StandardCharsets.UTF_8);
        if (text.startsWith("40" + ChatWords.CHAT)) {
            entered.complete(true);
        } else if (text.startsWith("44" + ChatWords.CHAT)) {
            entered.complete(false);
        } else if (text.startsWith("41" + ChatWords.CHAT)) {
            end(false);
        } else if (text.startsWith("4")) {
            heard(decoder.text(packet, 1));
        } else if (text.equals("2")) {
            post(EncodedPacket.of("3"));
        } else if (text.equals("1")) {
            end(true);
        }
    }

    private void heard(@Nullable SocketIoPacket packet) {
        Heard heard = ChatWords.heard(packet);
        if (heard != null) {
            told.add(Optional.of(heard));
        }
    }

    private void end(boolean back) {
        entered.complete(false);
        if (comesBack.complete(back)) {
            told.add(Optional.empty());
        }
    }

    // ---- what was heard

    @Override
    public @Nullable Heard next(Duration patience) throws Exception {
        Optional<Heard> next = told.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next != null && next.isEmpty()) {
            told.add(next);
        }
        return next == null ? null : next.orElse(null);
    }

    @Override
    public @Nullable Boolean awaitEnd(Duration patience) throws Exception {
        try {
            return comesBack.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException stillThere) {
            return null;
        }
    }

    @Override
    public synchronized void close() throws Exception {
        end(true);
        polls.close();
        posts.close();
    }
}
