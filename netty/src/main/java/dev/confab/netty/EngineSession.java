package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session, on whichever transport it is: over HTTP requests that come and go, or over a WebSocket. Lives on
 * one lane, and is touched by that lane's loop only; requests and WebSockets that arrive on other loops hand over.
 */
final class EngineSession {

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");
    private static final EncodedPacket PING = EncodedPacket.of("2");
    private static final EncodedPacket PONG = EncodedPacket.of("3");

    private final EngineServer server;
    private final NettyLane lane;
    private final WireForm form;
    private final Handshake handshake;
    private final EngineListener listener;

    /** Its name, for requests and for clients of Engine.IO 3; empty where neither will use it any more. */
    private String sid;

    private EngineTransport transport;
    private @Nullable WriteProgress progress;
    private @Nullable Posting posting;
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
        this.transport = new Polling(this);
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

    /** Opens the session over polling: the exchange gets the open packet. */
    void open(HttpExchange exchange) {
        begin();
        greet();
        poll(exchange);
    }

    /** Opens the session over a WebSocket, unless it is open: a client may speak before it was greeted. */
    void open(WebSocketLink socket) {
        if (!begun) {
            transport = socket;
            begin();
            if (socket.isClosing()) {
                // it has ended before it was opened, and nobody will say so again
                end(CloseReason.CONNECTION_LOST);
            }
            greet();
            if (!form.isV3()) {
                sid = "";
            }
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
            write(EncodedPacket.of(server.openPacket(sid, transport instanceof Polling)));
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
        if (!ended) {
            try {
                wrote(transport.write(packet, form));
            } catch (RuntimeException | Error e) {
                breakOff(e);
            }
        }
    }

    private void wrote(int bytes) {
        toFlush();
        if (bytes > 0) {
            lane.said(bytes, transport.collected());
        }
    }

    private void toFlush() {
        if (!dirty) {
            dirty = true;
            lane.toFlush(this);
        }
    }

    /** Hears what a burst says now, as one of its members. */
    void hear(Burst burst, Said said) {
        if (!ended) {
            try {
                wrote(transport.hear(burst, said));
            } catch (RuntimeException | Error e) {
                breakOff(e);
            }
        }
    }

    /** Hears no more of what it follows than was said. */
    void part() {
        if (!ended) {
            try {
                lane.said(transport.catchUp(), transport.collected());
            } catch (RuntimeException | Error e) {
                breakOff(e);
            }
        }
    }

    /** Whether so much waits to be written that messages of rooms have to wait in their logs. */
    boolean isFull() {
        return !ended && transport.isFull();
    }

    /** Runs something once all that was written before has left. */
    void whenWritten(Runnable action) {
        if (!ended) {
            var known = progress == null ? new WriteProgress() : progress;
            progress = known;
            known.ask(action);
            toFlush();
        }
    }

    /** Flushes what was written since the last time; the lane says when. */
    void flush() {
        dirty = false;
        try {
            transport.flush();
        } catch (RuntimeException | Error e) {
            breakOff(e);
        }
    }

    /** Writing has failed, for want of memory perhaps: the client misses something now, so it has to come again. */
    private void breakOff(Throwable cause) {
        LOG.log(System.Logger.Level.ERROR, "a session is closed that can't be written to", cause);
        transport.abort();
        end(CloseReason.CONNECTION_LOST);
    }

    /** What was asked for since the last flush, to be done when that has left. */
    List<Runnable> takeAsked() {
        return progress == null ? List.of() : progress.takeAsked();
    }

    /** What was asked for when all before it had been written. */
    void reached(List<Runnable> actions) {
        if (!ended && progress != null) {
            progress.reached(actions);
        }
    }

    // ---- reading

    /** A GET of this session. */
    void poll(HttpExchange exchange) {
        tick(System.nanoTime());
        if (ended) {
            server.answerUnknown(sid, exchange, false);
        } else if (transport instanceof Polling polling) {
            polling.poll(exchange);
        } else {
            exchange.refuse(EngineError.BAD_REQUEST);
        }
    }

    /** A POST of this session. */
    void post(HttpExchange exchange, byte[] body, boolean binary) {
        tick(System.nanoTime());
        if (ended) {
            server.answerUnknown(sid, exchange, true);
        } else if (transport instanceof Polling) {
            posting = posting == null ? new Posting(this) : posting;
            posting.post(exchange, body, binary);
        } else {
            exchange.refuse(EngineError.BAD_REQUEST);
        }
    }

    /** Whether what the client sends is taken up now. */
    boolean isReading() {
        return !paused && !ended;
    }

    /** A packet of this session, whichever way it came. */
    void receive(EngineIoPayload.Packet packet) throws ProtocolException {
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
            if (from.equals(transport)) {
                if (form == WireForm.V3_BASE64 && message.length > 1 && message[0] == 'b') {
                    receive(EngineIoPayload.packet3(WebSocketLink.string(message)));
                } else {
                    packet(message);
                }
            } else if (transport instanceof Polling polling) {
                polling.upgrading(from, WebSocketLink.string(message));
            }
        });
    }

    /** A binary frame of this session's WebSocket. */
    void binary(WebSocketLink from, byte[] message) {
        open(from);
        guarded(() -> {
            if (!from.equals(transport)) {
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
            case '1' -> close(CloseReason.CLIENT_LEFT);
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

    // ---- upgrade

    /** A WebSocket that asks to take over. */
    void probe(WebSocketLink socket) {
        if (!ended && transport instanceof Polling polling) {
            polling.probe(socket);
        } else {
            socket.close(0, "");
        }
    }

    /** A WebSocket has taken over: what waited for a poll goes out there. */
    void upgraded(WebSocketLink socket, List<EncodedPacket> waiting) {
        transport = socket;
        if (posting != null && posting.isAnswered()) {
            posting = null;
        }
        if (paused) {
            socket.pauseReading();
        }
        waiting.forEach(this::write);
    }

    /** A WebSocket of this session has ended. */
    void lost(WebSocketLink socket, CloseReason reason) {
        if (socket.equals(transport)) {
            end(reason);
        } else if (transport instanceof Polling polling) {
            polling.lost(socket);
        }
    }

    // ---- flow

    /** Stops taking up what the client sends. */
    void pauseReading() {
        paused = true;
        transport.pauseReading();
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
        if (posting != null) {
            posting.takeUp();
        }
        if (!paused) {
            transport.resumeReading();
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
        transport.tick(now);
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
        if (progress != null
                && progress.isStuck(
                        now,
                        transport.unwrittenBytes(),
                        server.settings().stuckTimeout().toNanos())) {
            close(CloseReason.TOO_SLOW);
            return;
        }
        listener.tick(now);
    }

    /** Ends the session for what one of its WebSockets did, if that is still the one it is on. */
    void close(WebSocketLink socket, CloseReason reason) {
        if (socket.equals(transport)) {
            close(reason);
        }
    }

    /** Ends the session in good order: what was written before goes out. */
    void close(CloseReason reason) {
        if (!ended) {
            transport.close(reason);
            end(reason);
        }
    }

    /** Ends the session at once: a waiting poll is told, nothing else. */
    void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        server.forget(this);
        lane.leave(this);
        transport.end();
        if (posting != null) {
            posting.end();
        }
        listener.closed(reason);
    }

    private interface Reading {
        void run() throws ProtocolException;
    }
}
