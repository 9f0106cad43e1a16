package dev.confab.netty;

import dev.confab.protocol.CloseReason;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session on HTTP is sent: the packets of one POST at a time, taken up as far as the session reads; the POST is
 * answered behind its last packet. One that was begun goes on where a WebSocket takes over meanwhile.
 */
final class Posting {

    private final EngineSession session;

    /** The POST that is not answered, if there is one, and what of it is not taken up. */
    private @Nullable HttpExchange exchange;

    private Iterator<EngineIoPayload.Packet> packets = Collections.emptyIterator();

    Posting(EngineSession session) {
        this.session = session;
    }

    /** A POST; clients send one at a time. */
    void post(HttpExchange posted, byte[] body, boolean binary) {
        if (exchange != null) {
            posted.refuse(EngineError.BAD_REQUEST);
            session.end(CloseReason.PROTOCOL_ERROR);
            return;
        }
        try {
            packets = decode(body, binary).iterator();
        } catch (ProtocolException e) {
            refuse(posted, e);
            return;
        }
        exchange = posted;
        takeUp();
    }

    private List<EngineIoPayload.Packet> decode(byte[] body, boolean binary) throws ProtocolException {
        if (!binary) {
            return EngineIoPayload.decode(body, session.form());
        }
        if (session.form() == WireForm.V4) {
            throw new ProtocolException("binary payload");
        }
        return EngineIoPayload.decodeBinary3(body);
    }

    /** Takes up what the POST has brought, as far as the session reads; where it stops behind the last packet, that waits too. */
    void takeUp() {
        HttpExchange posted = exchange;
        if (posted == null) {
            return;
        }
        try {
            while (session.isReading() && packets.hasNext()) {
                session.receive(packets.next());
            }
        } catch (ProtocolException e) {
            refuse(posted, e);
            return;
        }
        if (session.isReading()) {
            end();
        }
    }

    boolean isAnswered() {
        return exchange == null;
    }

    private void refuse(HttpExchange posted, ProtocolException error) {
        session.server().noteProtocolError(session, error);
        forget();
        posted.refuse(EngineError.BAD_REQUEST);
        session.end(CloseReason.PROTOCOL_ERROR);
    }

    /** Answers the POST: all of it was taken up, or the session has ended. */
    void end() {
        HttpExchange posted = exchange;
        forget();
        if (posted != null) {
            posted.ok();
        }
    }

    private void forget() {
        exchange = null;
        packets = Collections.emptyIterator();
    }
}
