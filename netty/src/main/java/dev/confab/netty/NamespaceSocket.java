package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client in a namespace: what the engine knows as a connection. */
final class NamespaceSocket implements Connection {

    private final SocketIoSession session;
    private final EngineSession engine;
    private final String id;
    private final String namespace;
    private final Handshake handshake;
    private final Dialect dialect;
    private @Nullable SocketListener listener;
    private boolean ended;

    NamespaceSocket(SocketIoSession session, String id, String namespace, Handshake handshake, Dialect dialect) {
        this.session = session;
        this.engine = session.engine();
        this.id = id;
        this.namespace = namespace;
        this.handshake = handshake;
        this.dialect = dialect;
    }

    boolean isV5() {
        return session.isV5();
    }

    String namespace() {
        return namespace;
    }

    /** Lets the client in; what it does goes to the listener that is made for it. Any thread. */
    void accept(Function<NamespaceSocket, SocketListener> welcome) {
        lane().act(() -> {
            if (!ended) {
                session.confirm(this);
                listener = welcome.apply(this);
            }
        });
    }

    /** Keeps the client out. Any thread. */
    void refuse(Value error) {
        lane().act(() -> {
            if (!ended) {
                ended = true;
                session.refuse(this, error);
            }
        });
    }

    /** The listener, once the client is in. On the loop. */
    @Nullable
    SocketListener listener() {
        return listener;
    }

    /** Writes a packet that is meant for this namespace. On the loop. */
    void write(EncodedPacket packet) {
        if (!ended) {
            session.write(packet);
        }
    }

    /** Hears what a burst says now. On the loop. */
    void hear(Burst burst, Said said) {
        if (!ended) {
            engine.hear(burst, said);
        }
    }

    /** Hears no more of what its session follows than was said. On the loop. */
    void part() {
        engine.part();
    }

    /** Whether as much waits to be written as may. On the loop. */
    boolean isFull() {
        return engine.isFull();
    }

    WireForm form() {
        return engine.form();
    }

    /** The client is gone. On the loop. */
    void end(CloseReason reason) {
        if (!ended) {
            ended = true;
            part();
            if (listener != null) {
                listener.ended(reason);
            }
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public NettyLane lane() {
        return engine.lane();
    }

    @Override
    public void send(Frame frame) {
        var packet = (EncodedPacket) frame;
        lane().hand(() -> write(packet), packet.weight());
    }

    @Override
    public void whenWritten(Runnable action) {
        lane().hand(() -> {
            if (!ended) {
                engine.whenWritten(action);
            }
        });
    }

    @Override
    public void pauseReading() {
        if (lane().loop().inEventLoop()) {
            session.pauseReading(true);
        } else {
            lane().hand(() -> session.pauseReading(true));
        }
    }

    @Override
    public void resumeReading() {
        lane().hand(() -> session.pauseReading(false));
    }

    @Override
    public void close(CloseReason reason) {
        lane().hand(() -> {
            if (!ended) {
                session.close(this, reason);
            }
        });
    }
}
