package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Socket.IO side of a session: which namespaces its client is in, and what it says there. Protocol 5 on Engine.IO 4,
 * protocol 4 on Engine.IO 3. On the session's loop only.
 */
final class SocketIoSession implements EngineListener {

    private static final String ROOT = "/";

    private final EngineSession engine;
    private final SocketIoServer server;
    private final SocketIoDecoder decoder;
    private final boolean isV5;
    private List<NamespaceSocket> sockets = List.of();
    private boolean held;
    private long connectBy;

    SocketIoSession(EngineSession engine, SocketIoServer server, SocketIoDecoder.Rules rules) {
        this.engine = engine;
        this.server = server;
        this.isV5 = rules.isV5();
        this.decoder = new SocketIoDecoder(rules);
    }

    boolean isV5() {
        return isV5;
    }

    EngineSession engine() {
        return engine;
    }

    NettyLane lane() {
        return engine.lane();
    }

    @Override
    public void opened() {
        awaitConnect();
        if (!isV5) {
            connect(ROOT, engine.handshake());
        }
    }

    private void awaitConnect() {
        connectBy = System.nanoTime() + server.settings().connectTimeout().toNanos();
    }

    @Override
    public void text(byte[] message, int from) throws ProtocolException {
        received(decoder.text(message, from));
    }

    @Override
    public void binary(byte[] message) throws ProtocolException {
        received(decoder.binary(message));
    }

    @Override
    public void tick(long now) {
        if (!held && now - connectBy > 0) {
            engine.close(CloseReason.LIMIT_EXCEEDED);
        }
    }

    @Override
    public void closed(CloseReason reason) {
        List<NamespaceSocket> all = sockets;
        sockets = List.of();
        all.forEach(socket -> socket.end(reason));
    }

    // ---- what clients send

    private void received(@Nullable SocketIoPacket packet) throws ProtocolException {
        if (packet == null) {
            return;
        }
        if (packet.type() == SocketIoPacket.CONNECT) {
            connect(packet);
            return;
        }
        NamespaceSocket socket = find(nameOf(packet.namespace()));
        SocketListener listener = socket == null ? null : socket.listener();
        if (socket == null || listener == null) {
            if (isV5) {
                throw new ProtocolException("a packet for a namespace that was not entered");
            }
            return;
        }
        switch (packet.type()) {
            case SocketIoPacket.EVENT, SocketIoPacket.BINARY_EVENT ->
                listener.event(packet.items(), packet.weight(), ack(socket, packet.ack()));
            case SocketIoPacket.DISCONNECT -> {
                remove(socket);
                socket.end(CloseReason.CLIENT_LEFT);
            }
            default -> {
                // an acknowledgement of something that was never asked
            }
        }
    }

    private @Nullable Consumer<List<Value>> ack(NamespaceSocket socket, long id) {
        if (id < 0) {
            return null;
        }
        var open = new AtomicBoolean(true);
        return values -> {
            if (open.compareAndSet(true, false)) {
                socket.send(SocketIoEncoder.ack(socket.namespace(), id, values));
            }
        };
    }

    private void connect(SocketIoPacket packet) throws ProtocolException {
        String name = nameOf(packet.namespace());
        if (find(name) != null) {
            if (isV5) {
                throw new ProtocolException("a namespace entered twice");
            }
            return;
        }
        connect(name, isV5 ? withAuth(packet.payload()) : withQuery(packet.namespace()));
    }

    private void connect(String name, Handshake handshake) {
        Namespace namespace = server.namespace(name);
        if (namespace == null) {
            engine.write(error(name, isV5 ? Errors.invalidNamespace() : Value.of("Invalid namespace")));
            return;
        }
        var dialect = namespace instanceof ChatNamespace chat ? chat.dialect(engine.form()) : ChatDialect.NONE;
        var socket =
                new NamespaceSocket(this, engine.server().newId(engine, name), server.shared(name), handshake, dialect);
        var more = new ArrayList<>(sockets);
        more.add(socket);
        sockets = List.copyOf(more);
        namespace.connect(socket);
    }

    /** Protocol 4 appends a query to the namespace. */
    private static String nameOf(String namespace) {
        int query = namespace.indexOf('?');
        return query < 0 ? namespace : namespace.substring(0, query);
    }

    private Handshake withAuth(@Nullable Value auth) {
        Handshake given = engine.handshake();
        return auth == null ? given : given.withAuth(auth);
    }

    private Handshake withQuery(String namespace) {
        Handshake given = engine.handshake();
        if (namespace.indexOf('?') < 0) {
            return given;
        }
        var query = new HashMap<>(given.query());
        try {
            new QueryStringDecoder(namespace).parameters().forEach((name, values) -> query.put(name, values.getLast()));
        } catch (IllegalArgumentException malformed) {
            return given;
        }
        return given.withQuery(query);
    }

    // ---- what sockets do

    /** Tells the client that it is in. */
    void confirm(NamespaceSocket socket) {
        settle();
        engine.write(
                isV5
                        ? SocketIoEncoder.plain(
                                SocketIoPacket.CONNECT, socket.namespace(), Value.Obj.of("sid", Value.of(socket.id())))
                        : SocketIoEncoder.plain(SocketIoPacket.CONNECT, socket.namespace()));
    }

    /** Tells the client that it is not in. */
    void refuse(NamespaceSocket socket, Value error) {
        remove(socket);
        engine.write(error(socket.namespace(), error));
    }

    void write(EncodedPacket packet) {
        engine.write(packet);
    }

    void pauseReading(boolean pause) {
        if (pause) {
            engine.pauseReading();
        } else {
            engine.resumeReading();
        }
    }

    /** Ends a socket: those who are not to come back are told so, all others just lose the connection. */
    void close(NamespaceSocket socket, CloseReason reason) {
        if (reason == CloseReason.LOGIN_REJECTED || reason == CloseReason.KICKED) {
            engine.write(SocketIoEncoder.plain(SocketIoPacket.DISCONNECT, socket.namespace()));
            remove(socket);
            socket.end(reason);
        } else {
            engine.close(reason);
        }
    }

    private EncodedPacket error(String namespace, Value error) {
        return SocketIoEncoder.plain(SocketIoPacket.ERROR, namespace, error);
    }

    private void remove(NamespaceSocket socket) {
        var others = new ArrayList<>(sockets);
        others.remove(socket);
        sockets = List.copyOf(others);
        settle();
    }

    /** Starts the clock again for a client that is in no namespace that matters. */
    private void settle() {
        boolean holds = false;
        for (NamespaceSocket socket : sockets) {
            holds |= holdsOpen(socket);
        }
        if (held && !holds) {
            awaitConnect();
        }
        held = holds;
    }

    private boolean holdsOpen(NamespaceSocket socket) {
        Namespace namespace = server.namespace(socket.namespace());
        return namespace != null && namespace.holdsOpen();
    }

    /** The socket of a namespace; there are few, so they are a list. */
    private @Nullable NamespaceSocket find(String namespace) {
        for (NamespaceSocket socket : sockets) {
            if (socket.namespace().equals(namespace)) {
                return socket;
            }
        }
        return null;
    }
}
