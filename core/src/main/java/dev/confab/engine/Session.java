package dev.confab.engine;

import dev.confab.ClientConnection;
import dev.confab.Handshake;
import dev.confab.RequestHandler;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Value;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import dev.confab.spi.Inbox;
import dev.confab.spi.Lane;
import dev.confab.spi.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its first request to its last. Its queue holds, in this order: the login, what the client asks,
 * and the end; so requests wait for the login, and what was sent before the end still happens.
 */
final class Session implements Inbox, ClientConnection {

    /** What a connection may be told before its login is confirmed; more than that is a fault or a flood. */
    private static final int MAX_EARLY = 256;

    private final Connection connection;
    private final Desk desk;
    private final SerialQueue queue;

    private volatile @Nullable String user;
    private volatile boolean admitted;
    private volatile boolean ended;
    private boolean cutOff;
    private @Nullable List<Frame> early = new ArrayList<>(0);
    private volatile @Nullable Map<String, Object> attributes;
    private volatile @Nullable Map<String, RequestHandler> handlers;
    private @Nullable CatchUp catchUp;
    private @Nullable Budget budget;
    private List<PendingJoin> joins = List.of();
    private List<String> rooms = List.of();

    Session(Connection connection, Desk desk) {
        this.connection = connection;
        this.desk = desk;
        this.queue = new SerialQueue(desk.queues()) {
            @Override
            void full() {
                connection.pauseReading();
            }

            @Override
            void room() {
                connection.resumeReading();
            }
        };
    }

    /** Does something on a thread of its own, which may block. Returns at once. */
    void execute(Runnable task) {
        desk.queues().threads().execute(task);
    }

    void begin() {
        queue(0, () -> desk.login(this));
    }

    @Override
    public void submit(Request request) {
        if (!ended) {
            queue(request.weight(), () -> desk.serve(this, request));
        }
    }

    /** Lets the lane know from here on that something is to be said. */
    private void queue(int weight, Runnable command) {
        Lane lane = lane();
        long ticket = lane.commandBegins();
        queue.add(weight, () -> {
            try {
                command.run();
            } finally {
                lane.commandEnded(ticket);
            }
        });
    }

    @Override
    public void closed(CloseReason reason) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        abort(_ -> true);
        queue(0, () -> desk.end(this, reason));
    }

    /** The user, once the login hook has named one. */
    @Nullable
    String userName() {
        return user;
    }

    void named(String name) {
        user = name;
    }

    /** Whether the store knows this connection. */
    boolean isAdmitted() {
        return admitted;
    }

    void admitted() {
        admitted = true;
    }

    /** Sets what the client may ask for. On the queue. */
    void limit(Budget whole) {
        budget = whole;
    }

    /** What is left of what the client may ask for; null where there is no limit. On the queue. */
    @Nullable
    Budget budget() {
        return budget;
    }

    /** Ends the connection, and carries out nothing more that its client has asked. On the queue. */
    void cutOff(CloseReason reason) {
        cutOff = true;
        connection.close(reason);
    }

    /** Whether nothing more is carried out. On the queue. */
    boolean isCutOff() {
        return cutOff;
    }

    Connection connection() {
        return connection;
    }

    Dialect dialect() {
        return connection.dialect();
    }

    Lane lane() {
        return connection.lane();
    }

    /** Writes something in its turn. */
    void send(Frame frame) {
        connection.send(frame);
    }

    void send(Event event) {
        connection.send(dialect().encode(event));
    }

    /** Writes something that the client is told as its user's connection: not before the login is confirmed. */
    void tell(Frame frame) {
        synchronized (this) {
            if (early != null) {
                early.add(frame);
                if (early.size() > MAX_EARLY) {
                    overflow();
                }
                return;
            }
        }
        connection.send(frame);
    }

    /** Confirms the login, and lets follow what the client was told meanwhile. */
    void confirm(Event.LoginConfirmed confirmation) {
        synchronized (this) {
            send(confirmation);
            if (early != null) {
                early.forEach(connection::send);
                early = null;
            }
        }
    }

    void reject(ChatError error) {
        send(new Event.LoginRejected(error));
        connection.close(CloseReason.LOGIN_REJECTED);
    }

    /** What brings this connection to the head of the logs that it is behind in. */
    synchronized CatchUp catchUp() {
        CatchUp known = catchUp;
        if (known == null) {
            known = desk.catchUp(this);
            catchUp = known;
        }
        return known;
    }

    /** Begins a join that brings what was missed, and is answered later. */
    void begins(PendingJoin join) {
        synchronized (this) {
            if (!ended) {
                joins = new ArrayList<>(joins);
                joins.add(join);
            }
        }
        if (ended || join.member().feed.isGone(join.member())) {
            abort(other -> other == join);
            join.abort();
        } else if (join.isThere()) {
            join.arrive();
        } else {
            catchUp().add(join);
        }
    }

    /** A join was answered. */
    synchronized void settled(PendingJoin join) {
        var others = new ArrayList<>(joins);
        others.remove(join);
        joins = List.copyOf(others);
    }

    /** The membership in a room has ended: a join that was to be answered later is answered now. */
    void expelled(String room) {
        abort(join -> join.member().feed.room().equals(room));
    }

    /** The same, where this connection is a member again: joins of memberships before that one are answered now. */
    void abortEnded(String room) {
        List<PendingJoin> pending;
        synchronized (this) {
            pending = joins;
        }
        List<PendingJoin> overdue = pending.stream()
                .filter(join -> join.member().feed.room().equals(room)
                        && join.member().feed.isGone(join.member()))
                .toList();
        abort(overdue::contains);
    }

    private void abort(Predicate<PendingJoin> which) {
        List<PendingJoin> aborted;
        synchronized (this) {
            aborted = joins.stream().filter(which).toList();
            joins = joins.stream().filter(which.negate()).toList();
        }
        aborted.forEach(PendingJoin::abort);
    }

    /** More waits for this connection than may. */
    void overflow() {
        connection.close(CloseReason.TOO_SLOW);
    }

    /** Notes a room that this connection has joined, so that its end can be cleared up without a store's help. */
    synchronized void joined(String room) {
        var more = new ArrayList<>(rooms);
        more.add(room);
        rooms = List.copyOf(more);
    }

    /** Forgets a room, and says whether it was known. */
    synchronized boolean left(String room) {
        var others = new ArrayList<>(rooms);
        boolean known = others.remove(room);
        rooms = List.copyOf(others);
        return known;
    }

    synchronized List<String> rooms() {
        return rooms;
    }

    @Nullable
    RequestHandler handler(String name) {
        var known = handlers;
        return known == null ? null : known.get(name);
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public Handshake handshake() {
        return connection.handshake();
    }

    @Override
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    @Override
    public boolean isConnected() {
        return !ended;
    }

    @Override
    public Map<String, Object> attributes() {
        var known = attributes;
        if (known == null) {
            synchronized (this) {
                known = attributes;
                if (known == null) {
                    attributes = known = new ConcurrentHashMap<>();
                }
            }
        }
        return known;
    }

    @Override
    public void emit(String event, Value... args) {
        desk.pace();
        send(new Event.Custom(event, List.of(args)));
    }

    @Override
    public void handle(String name, RequestHandler handler) {
        synchronized (this) {
            var known = handlers == null ? new ConcurrentHashMap<String, RequestHandler>() : handlers;
            known.put(name, handler);
            handlers = known;
        }
    }

    @Override
    public void close() {
        connection.close(CloseReason.KICKED);
    }
}
