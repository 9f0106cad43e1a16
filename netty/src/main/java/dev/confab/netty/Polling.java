package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session on HTTP: its packets wait for the client's next poll. A WebSocket may ask to take over, first with a probe, to
 * which a waiting poll gives way.
 */
final class Polling implements EngineTransport {

    private static final EncodedPacket CLOSE = EncodedPacket.of("1");
    private static final EncodedPacket NOOP = EncodedPacket.of("6");

    /** How long a client has to fetch what was left to say when its session ended. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final EngineSession session;
    private final EngineServer server;
    private final ArrayList<EncodedPacket> outbox = new ArrayList<>(0);
    private int bytes;
    private @Nullable HttpExchange poll;
    private @Nullable Upgrade upgrade;

    Polling(EngineSession session) {
        this.session = session;
        this.server = session.server();
    }

    // ---- polls

    /** A poll of the client's. */
    void poll(HttpExchange exchange) {
        if (poll != null) {
            exchange.refuse(EngineError.BAD_REQUEST);
            session.end(CloseReason.PROTOCOL_ERROR);
            return;
        }
        poll = exchange;
        if (server.polls().incrementAndGet() > server.settings().maxPendingPolls() && outbox.isEmpty()) {
            pollIsOver();
            server.noteTooManyPolls();
            exchange.refuse(EngineError.FULL);
        } else {
            exchange.onAbort(() -> session.lane().act(() -> aborted(exchange)));
            flush();
        }
    }

    private void aborted(HttpExchange exchange) {
        if (exchange.equals(poll)) {
            pollIsOver();
            session.end(CloseReason.CONNECTION_LOST);
        }
    }

    private void pollIsOver() {
        poll = null;
        server.polls().decrementAndGet();
    }

    /** Answers the poll that waits, if one does, where there is something to say or a WebSocket takes over. */
    private void answer() {
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
        waiting.payload(EngineIoPayload.encode(List.copyOf(outbox), session.form()));
        empty();
    }

    private void answerWith(EncodedPacket packet) {
        HttpExchange waiting = poll;
        if (waiting != null) {
            pollIsOver();
            waiting.payload(EngineIoPayload.encode(List.of(packet), session.form()));
        }
    }

    private void empty() {
        outbox.clear();
        bytes = 0;
    }

    // ---- writing

    @Override
    public int write(EncodedPacket packet, WireForm form) {
        outbox.add(packet);
        bytes += packet.weight();
        return 0;
    }

    @Override
    public int hear(Burst burst, Said said) {
        return write(said.packet(), burst.form());
    }

    @Override
    public int catchUp() {
        return 0;
    }

    @Override
    public void abort() {
        empty();
    }

    @Override
    public void flush() {
        answer();
        if (outbox.isEmpty()) {
            session.reached(session.takeAsked());
        } else if (bytes > 2L * server.settings().outboxBytes() + largestWaiting()) {
            session.close(CloseReason.TOO_SLOW);
        }
    }

    /** An outbox with room takes one item of any size, so the largest one doesn't count. */
    private int largestWaiting() {
        return outbox.stream().mapToInt(EncodedPacket::weight).max().orElse(0);
    }

    @Override
    public int collected() {
        return 0;
    }

    @Override
    public boolean isFull() {
        return bytes >= server.settings().outboxBytes();
    }

    @Override
    public long unwrittenBytes() {
        return bytes;
    }

    @Override
    public void pauseReading() {
        // the session stops to take up what was posted, and doesn't answer the POST
    }

    @Override
    public void resumeReading() {
        // the session has taken up the rest already
    }

    // ---- upgrade

    /** A WebSocket that asks to take over. */
    void probe(WebSocketLink socket) {
        if (upgrade == null) {
            upgrade = new Upgrade(
                    socket,
                    System.nanoTime() + server.settings().upgradeTimeout().toNanos());
        } else {
            socket.close(0, "");
        }
    }

    /** What a WebSocket says that has not taken over. */
    void upgrading(WebSocketLink from, String packet) {
        Upgrade current = upgrade;
        if (current == null || !from.equals(current.link)) {
            return;
        }
        if (packet.equals("2probe") && !current.probed) {
            current.probed = true;
            from.writeNow(EncodedPacket.of("3probe"), session.form());
            answer();
        } else if (packet.equals("5") && current.probed) {
            upgrade = null;
            answerWith(NOOP);
            session.upgraded(from, List.copyOf(outbox));
        } else {
            giveUp(current);
        }
    }

    private void giveUp(Upgrade current) {
        upgrade = null;
        current.link.close(0, "");
    }

    /** A WebSocket that has not taken over has ended. */
    void lost(WebSocketLink socket) {
        if (upgrade != null && socket.equals(upgrade.link)) {
            upgrade = null;
        }
    }

    @Override
    public void tick(long now) {
        Upgrade current = upgrade;
        if (current != null && now - current.deadline > 0) {
            giveUp(current);
        }
    }

    // ---- end

    @Override
    public void close(CloseReason reason) {
        if (reason == CloseReason.CLIENT_LEFT) {
            // its poll may be on another network connection, and still on its way
            if (poll == null) {
                server.linger(session, new Farewells.Words(List.of(NOOP), session.form(), false), LINGER);
            }
            answerWith(NOOP);
        } else if (poll != null) {
            outbox.add(CLOSE);
            answer();
        } else if (reason != CloseReason.PING_TIMEOUT) {
            leaveWords();
        }
    }

    /** Leaves what wasn't sent, and the close, to the client's next poll; what is more than may wait is lost. */
    private void leaveWords() {
        boolean isNews = !outbox.isEmpty() && bytes <= server.settings().outboxBytes();
        if (!isNews) {
            outbox.clear();
            outbox.add(NOOP);
        }
        outbox.add(CLOSE);
        server.linger(session, new Farewells.Words(List.copyOf(outbox), session.form(), isNews), LINGER);
    }

    @Override
    public void end() {
        if (upgrade != null) {
            giveUp(upgrade);
        }
        answerWith(CLOSE);
        empty();
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
