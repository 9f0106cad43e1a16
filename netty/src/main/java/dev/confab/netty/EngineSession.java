package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session, on whichever transport it is: over HTTP requests that come and go, or over a WebSocket. Lives on
 * one lane, and is touched by that lane's loop only; requests and WebSockets that arrive on other loops hand over.
 */
final class EngineSession {

    private static final EncodedPacket CLOSE = EncodedPacket.of("1");
    private static final EncodedPacket PING = EncodedPacket.of("2");
    private static final EncodedPacket PONG = EncodedPacket.of("3");
    private static final EncodedPacket NOOP = EncodedPacket.of("6");

    /** How long a polling client has to fetch what was left to say when its session ended. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final EngineServer server;
    private final NettyLane lane;
    private final String sid;
    private final WireForm form;
    private final Handshake handshake;
    private final EngineListener listener;

    private final ArrayList<EncodedPacket> outbox = new ArrayList<>(0);
    private int outboxBytes;
    private @Nullable WriteProgress progress;
    private @Nullable WebSocketLink link;
    private @Nullable Upgrade upgrade;
    private @Nullable HttpExchange poll;
    private @Nullable HttpExchange post;
    private Iterator<EngineIoPayload.Packet> posted = Collections.emptyIterator();
    private boolean begun;
    private boolean paused;
    private boolean dirty;
    private boolean ended;
    private boolean awaitingPong;
    private long due;
    private int place;

    EngineSession(
            EngineServer server,
            NettyLane lane,
            String sid,
            WireForm form,
            Handshake handshake,
            Function<EngineSession, EngineListener> listener) {
        this.server = server;
        this.lane = lane;
        this.sid = sid;
        this.form = form;
        this.handshake = handshake;
        this.listener = listener.apply(this);
    }

    String sid() {
        return sid;
    }

    WireForm form() {
        return form;
    }

    EngineServer server() {
        return server;
    }

    NettyLane lane() {
        return lane;
    }

    Handshake handshake() {
        return handshake;
    }

    int place() {
        return place;
    }

    void place(int index) {
        place = index;
    }

    boolean isOnWebSocket() {
        return link != null;
    }

    /** Opens the session over polling: the exchange gets the open packet. */
    void open(HttpExchange exchange) {
        begin();
        await(exchange);
        greet();
    }

    /** Opens the session over a WebSocket, unless it is open: a client may speak before it was greeted. */
    void open(WebSocketLink socket) {
        if (!begun) {
            link = socket;
            begin();
            if (socket.isClosing()) {
                // it has ended before it was opened, and nobody will say so again
                end(CloseReason.CONNECTION_LOST);
            }
            greet();
        }
    }

    private void begin() {
        begun = true;
        lane.enter(this);
        due = System.nanoTime() + server.settings().pingInterval().toNanos() + patience();
        if (!form.isV3()) {
            due -= server.settings().pingTimeout().toNanos();
        }
    }

    /** The first packets go out together: clients of the older protocol over polling expect them so. */
    private void greet() {
        if (!ended) {
            write(EncodedPacket.of(server.openPacket(sid, link == null)));
            listener.opened();
        }
    }

    /** How long a client of the older protocol may be silent beyond its ping interval. */
    private long patience() {
        return server.settings().pingTimeout().toNanos();
    }

    // ---- writing

    /** Writes a packet; it goes out with the lane's next flush. */
    void write(EncodedPacket packet) {
        if (ended) {
            return;
        }
        int waiting = 0;
        if (link != null) {
            waiting = link.write(packet, form);
        } else {
            outbox.add(packet);
            outboxBytes += packet.weight();
        }
        written(waiting);
    }

    private void written(int waiting) {
        boolean isFirst = !dirty;
        dirty = true;
        lane.written(this, waiting, link == null ? 0 : link.collected(), isFirst);
    }

    /** Hears what a burst says from here on, as one of its members. */
    void follow(Burst burst, NamespaceSocket member) {
        if (ended) {
            return;
        }
        if (link != null) {
            link.follow(burst, member);
            written(0);
        } else {
            burst.stray(member);
        }
    }

    /** Hears no more of a burst than it has said. */
    void part(Burst burst) {
        if (link != null) {
            link.part(burst);
        }
    }

    /** Whether so much waits to be written that messages of rooms have to wait in their logs. */
    boolean isFull() {
        return link != null ? link.isFull() : outboxBytes >= server.settings().outboxBytes();
    }

    /** Runs something once all that was written before has left. */
    void whenWritten(Runnable action) {
        if (!ended) {
            var known = progress == null ? new WriteProgress() : progress;
            progress = known;
            known.ask(action);
            written(0);
        }
    }

    /** Flushes what was written in this pass. Called by the lane. */
    void flush() {
        dirty = false;
        if (link != null) {
            link.flush(takeAsked());
        } else {
            if (poll != null) {
                answerPoll();
            }
            if (outbox.isEmpty()) {
                reached(takeAsked());
            } else if (outboxBytes > 2L * server.settings().outboxBytes() + largestWaiting()) {
                close(CloseReason.TOO_SLOW);
            }
        }
    }

    /** An outbox with room takes one item of any size, so the largest one doesn't count. */
    private int largestWaiting() {
        return outbox.stream().mapToInt(EncodedPacket::weight).max().orElse(0);
    }

    /** What was asked for when all before it had been written. */
    void reached(List<Runnable> actions) {
        if (!ended && progress != null) {
            progress.reached(actions);
        }
    }

    private List<Runnable> takeAsked() {
        return progress == null ? List.of() : progress.takeAsked();
    }

    private void answerPoll() {
        HttpExchange waiting = poll;
        if (waiting == null) {
            return;
        }
        if (outbox.isEmpty()) {
            if (upgrade == null || !upgrade.probed) {
                return;
            }
            outbox.add(NOOP);
        }
        pollIsOver();
        waiting.payload(EngineIoPayload.encode(List.copyOf(outbox), form));
        outbox.clear();
        outboxBytes = 0;
    }

    private void await(HttpExchange exchange) {
        poll = exchange;
        server.polls().incrementAndGet();
        exchange.onAbort(() -> lane.act(() -> pollAborted(exchange)));
    }

    private void pollIsOver() {
        poll = null;
        server.polls().decrementAndGet();
    }

    // ---- reading

    /** A GET of this session. */
    void poll(HttpExchange exchange) {
        tick(System.nanoTime());
        if (ended) {
            server.answerUnknown(sid, exchange, false);
        } else if (link != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else if (poll != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
            abort(CloseReason.PROTOCOL_ERROR);
        } else if (server.polls().get() >= server.settings().maxPendingPolls() && outbox.isEmpty()) {
            server.noteTooManyPolls();
            exchange.refuse(EngineError.FULL);
        } else {
            await(exchange);
            flush();
        }
    }

    private void pollAborted(HttpExchange exchange) {
        if (exchange.equals(poll)) {
            pollIsOver();
            end(CloseReason.CONNECTION_LOST);
        }
    }

    /** A POST of this session. */
    void post(HttpExchange exchange, byte[] body, boolean binary) {
        tick(System.nanoTime());
        if (ended) {
            server.answerUnknown(sid, exchange, true);
            return;
        }
        if (link != null || post != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
            if (link == null) {
                abort(CloseReason.PROTOCOL_ERROR);
            }
            return;
        }
        post = exchange;
        try {
            if (binary && form == WireForm.V4) {
                throw new ProtocolException("binary payload");
            }
            posted = (binary ? EngineIoPayload.decodeBinary3(body) : EngineIoPayload.decode(body, form)).iterator();
        } catch (ProtocolException e) {
            refusePost(e);
            return;
        }
        takeUp();
    }

    /** Takes up what a POST has brought, as far as the engine wants it; the POST is answered behind its last packet. */
    private void takeUp() {
        try {
            while (!paused && !ended && posted.hasNext()) {
                receive(posted.next());
            }
        } catch (ProtocolException e) {
            refusePost(e);
            return;
        }
        if (!paused) {
            finishPost();
        }
    }

    private void refusePost(ProtocolException error) {
        server.noteProtocolError(this, error);
        HttpExchange refused = post;
        post = null;
        posted = Collections.emptyIterator();
        if (refused != null) {
            refused.refuse(EngineError.BAD_REQUEST);
        }
        abort(CloseReason.PROTOCOL_ERROR);
    }

    private void finishPost() {
        HttpExchange waiting = post;
        post = null;
        if (waiting != null) {
            waiting.ok();
        }
    }

    private void receive(EngineIoPayload.Packet packet) throws ProtocolException {
        if (ended) {
            return;
        }
        if (packet.isBinary()) {
            heard();
            listener.binary(packet.bytes());
        } else {
            packet(packet.bytes());
        }
    }

    /** A text frame of this session's WebSocket. */
    void text(WebSocketLink from, byte[] message) {
        open(from);
        guarded(() -> {
            if (from.equals(link)) {
                if (form == WireForm.V3_BASE64 && message.length > 1 && message[0] == 'b') {
                    receive(EngineIoPayload.packet3(WebSocketLink.string(message)));
                } else {
                    packet(message);
                }
            } else if (upgrade != null && from.equals(upgrade.link)) {
                upgrading(upgrade, WebSocketLink.string(message));
            }
        });
    }

    /** A binary frame of this session's WebSocket. */
    void binary(WebSocketLink from, byte[] message) {
        open(from);
        guarded(() -> {
            if (!from.equals(link)) {
                from.close(1002, "");
                return;
            }
            heard();
            if (!form.isV3()) {
                listener.binary(message);
            } else if (message.length > 0 && message[0] == 4) {
                listener.binary(Arrays.copyOfRange(message, 1, message.length));
            } else {
                throw new ProtocolException("a binary packet that is no message");
            }
        });
    }

    private void guarded(Reading reading) {
        if (ended) {
            return;
        }
        try {
            reading.run();
        } catch (ProtocolException e) {
            server.noteProtocolError(this, e);
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    private void packet(byte[] packet) throws ProtocolException {
        if (packet.length == 0) {
            throw new ProtocolException("empty packet");
        }
        switch (packet[0]) {
            case '1' -> clientCloses();
            case '2' -> ping();
            case '3' -> pong();
            case '4' -> {
                heard();
                listener.text(packet, 1);
            }
            case '5', '6' -> {
                // an upgrade that is over, or nothing
            }
            default -> throw new ProtocolException("unknown Engine.IO packet");
        }
    }

    private void ping() throws ProtocolException {
        if (!form.isV3()) {
            throw new ProtocolException("a ping in the wrong direction");
        }
        heard();
        write(PONG);
    }

    private void pong() throws ProtocolException {
        if (form.isV3()) {
            throw new ProtocolException("a pong in the wrong direction");
        }
        if (awaitingPong) {
            awaitingPong = false;
            due = System.nanoTime() + server.settings().pingInterval().toNanos();
        }
    }

    /** Any packet shows that a client of the older protocol is there. */
    private void heard() {
        if (form.isV3()) {
            due = System.nanoTime() + server.settings().pingInterval().toNanos() + patience();
        }
    }

    private void clientCloses() {
        if (link == null) {
            // its poll may be on another network connection, and still on its way
            if (poll == null) {
                server.linger(this, new Farewells.Words(List.of(NOOP), form, false), LINGER);
            }
            answerWith(NOOP);
        }
        close(CloseReason.CLIENT_LEFT);
    }

    // ---- upgrade

    /** A WebSocket that asks to take over. */
    void probe(WebSocketLink socket) {
        if (ended || link != null || upgrade != null) {
            socket.close(0, "");
            return;
        }
        upgrade = new Upgrade(
                socket, System.nanoTime() + server.settings().upgradeTimeout().toNanos());
    }

    private void upgrading(Upgrade current, String packet) {
        if (packet.equals("2probe") && !current.probed) {
            current.probed = true;
            current.link.writeNow(EncodedPacket.of("3probe"), form);
            answerPoll();
        } else if (packet.equals("5") && current.probed) {
            upgrade = null;
            answerWith(NOOP);
            link = current.link;
            if (paused) {
                link.pauseReading();
            }
            var buffered = List.copyOf(outbox);
            outbox.clear();
            outboxBytes = 0;
            outbox.trimToSize();
            buffered.forEach(this::write);
        } else {
            upgrade = null;
            current.link.close(0, "");
        }
    }

    private void answerWith(EncodedPacket packet) {
        if (poll != null) {
            HttpExchange waiting = poll;
            pollIsOver();
            waiting.payload(EngineIoPayload.encode(List.of(packet), form));
        }
    }

    /** A WebSocket of this session has ended. */
    void lost(WebSocketLink socket, CloseReason reason) {
        if (socket.equals(link)) {
            end(reason);
        } else if (upgrade != null && socket.equals(upgrade.link)) {
            upgrade = null;
        }
    }

    // ---- flow

    /** Stops taking up what the client sends. */
    void pauseReading() {
        paused = true;
        if (link != null) {
            link.pauseReading();
        }
    }

    void resumeReading() {
        resumeReading(System.nanoTime());
    }

    /** Goes on; what shows that the client is there may be among what is read only now. */
    void resumeReading(long now) {
        if (paused && isOverdueNext()) {
            due += Math.max(0, now + patience() - due);
        }
        paused = false;
        takeUp();
        if (link != null && !paused) {
            link.resumeReading();
        }
    }

    // ---- time and end

    /** Whether what comes next is that the client was silent for too long; else it is asked whether it is there. */
    private boolean isOverdueNext() {
        return form.isV3() || awaitingPong;
    }

    /** Sees to the deadlines that have passed. */
    void tick(long now) {
        if (ended) {
            return;
        }
        if (upgrade != null && now - upgrade.deadline > 0) {
            WebSocketLink late = upgrade.link;
            upgrade = null;
            late.close(0, "");
        }
        if (now - due > 0 && !isOverdueNext()) {
            awaitingPong = true;
            due += patience();
            write(PING);
        } else if (now - due > 0 && paused) {
            // what shows that the client is there may be among what isn't read now
            due = now + patience();
        } else if (now - due > 0) {
            close(CloseReason.PING_TIMEOUT);
            return;
        }
        long left = link != null ? link.unwrittenBytes() : outboxBytes;
        if (progress != null
                && progress.isStuck(now, left, server.settings().stuckTimeout().toNanos())) {
            close(CloseReason.TOO_SLOW);
            return;
        }
        listener.tick(now);
    }

    /** Ends the session for what one of its WebSockets did, if that is still the one it is on. */
    void close(WebSocketLink socket, CloseReason reason) {
        if (socket.equals(link)) {
            close(reason);
        }
    }

    /** Ends the session in good order: what was written before goes out. */
    void close(CloseReason reason) {
        if (ended) {
            return;
        }
        if (link != null) {
            link.close(code(reason), text(reason));
        } else if (poll != null) {
            outbox.add(CLOSE);
            answerPoll();
        } else if (reason != CloseReason.CLIENT_LEFT && reason != CloseReason.PING_TIMEOUT) {
            leaveWords();
        }
        end(reason);
    }

    /** Leaves what wasn't sent, and the close, to the client's next poll; what is more than may wait is lost. */
    private void leaveWords() {
        boolean isNews = !outbox.isEmpty() && outboxBytes <= server.settings().outboxBytes();
        if (!isNews) {
            outbox.clear();
            outbox.add(NOOP);
        }
        outbox.add(CLOSE);
        server.linger(this, new Farewells.Words(List.copyOf(outbox), form, isNews), LINGER);
    }

    /** Ends the session at once: a waiting poll is told, nothing else. */
    private void abort(CloseReason reason) {
        answerWith(CLOSE);
        end(reason);
    }

    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        server.forget(this);
        lane.leave(this);
        if (upgrade != null) {
            upgrade.link.close(0, "");
            upgrade = null;
        }
        if (link != null) {
            link.close(0, "");
        }
        answerWith(CLOSE);
        finishPost();
        outbox.clear();
        listener.closed(reason);
    }

    /** RFC 6455's codes where one says it; no status for an ordinary end. */
    private static int code(CloseReason reason) {
        return switch (reason) {
            case PROTOCOL_ERROR -> 1002;
            case LIMIT_EXCEEDED -> 1009;
            case TOO_SLOW, LEFT_BEHIND, RATE_LIMITED -> 1013;
            case SERVER_SHUTDOWN -> 1001;
            default -> 0;
        };
    }

    private static String text(CloseReason reason) {
        return switch (reason) {
            case TOO_SLOW -> "too slow";
            case LEFT_BEHIND -> "left behind";
            case RATE_LIMITED -> "rate limited";
            default -> "";
        };
    }

    private interface Reading {
        void run() throws ProtocolException;
    }

    /** A WebSocket that is about to take over. */
    private static final class Upgrade {
        final WebSocketLink link;
        final long deadline;
        boolean probed;

        Upgrade(WebSocketLink link, long deadline) {
            this.link = link;
            this.deadline = deadline;
        }
    }
}
