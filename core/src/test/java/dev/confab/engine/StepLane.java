package dev.confab.engine;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Dialect;
import dev.confab.spi.Follower;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/** A lane that takes up what it is handed when it is told to, one thing at a time. */
final class StepLane implements Lane, Dialect {

    /** So many things may wait for a client that doesn't read before messages have to wait in the log. */
    private static final int OUTBOX = 3;

    /** With this weight a member that waits for its join overflows after a handful of messages. */
    private static final int WEIGHT = 300_000;

    private final Queue<Runnable> handed = new ArrayDeque<>();

    /** An event as it is. */
    record Told(Event event) implements Frame {
        @Override
        public int weight() {
            return event instanceof Event.RoomMessagePosted ? WEIGHT : 1;
        }
    }

    boolean isIdle() {
        return handed.isEmpty();
    }

    /** Takes up the next thing. */
    void step() {
        Runnable next = handed.poll();
        if (next != null) {
            next.run();
        }
    }

    @Override
    public Frame encode(Event event) {
        return new Told(event);
    }

    @Override
    public Audience newAudience() {
        return new Listeners();
    }

    /** Opens a connection whose client hears what it is told. */
    Client connect(String id, Consumer<Event> hears, Consumer<CloseReason> ended) {
        return new Client(id, hears, ended);
    }

    /** A connection, and whether its client reads. */
    final class Client implements Connection {
        private final String id;
        private final Consumer<Event> hears;
        private final Consumer<CloseReason> ended;
        private final ArrayDeque<Runnable> outbox = new ArrayDeque<>();
        private boolean reads = true;
        private boolean over;

        Client(String id, Consumer<Event> hears, Consumer<CloseReason> ended) {
            this.id = id;
            this.hears = hears;
            this.ended = ended;
        }

        /** Writes what is no event: a reply. */
        void reply(Runnable heard) {
            handed.add(() -> write(heard));
        }

        void stopReading() {
            reads = false;
        }

        boolean reads() {
            return reads;
        }

        /** Reads one thing that waits. */
        void readOne() {
            Runnable next = outbox.poll();
            if (next != null) {
                next.run();
            }
        }

        void readAll() {
            reads = true;
            while (!outbox.isEmpty()) {
                readOne();
            }
        }

        boolean isOver() {
            return over;
        }

        private void write(Runnable what) {
            if (over) {
                return;
            }
            if (reads) {
                what.run();
            } else {
                outbox.add(what);
            }
        }

        private void write(Frame frame) {
            write(() -> hears.accept(((Told) frame).event()));
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public Handshake handshake() {
            return Handshake.EMPTY;
        }

        @Override
        public Dialect dialect() {
            return StepLane.this;
        }

        @Override
        public Lane lane() {
            return StepLane.this;
        }

        @Override
        public void send(Frame frame) {
            handed.add(() -> write(frame));
        }

        @Override
        public void whenWritten(Runnable action) {
            handed.add(() -> write(action));
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public void close(CloseReason reason) {
            handed.add(() -> {
                if (!over) {
                    over = true;
                    outbox.clear();
                    ended.accept(reason);
                }
            });
        }
    }

    private final class Listeners implements Audience {
        private final Set<Client> listeners = new LinkedHashSet<>();
        private final Map<Client, Follower> followers = new LinkedHashMap<>();

        @Override
        public void add(Connection connection) {
            handed.add(() -> listeners.add((Client) connection));
        }

        @Override
        public void follow(Connection connection, Follower follower) {
            handed.add(() -> {
                if (listeners.contains((Client) connection)) {
                    followers.putIfAbsent((Client) connection, follower);
                }
            });
        }

        @Override
        public void remove(Connection connection) {
            handed.add(() -> {
                listeners.remove((Client) connection);
                followers.remove((Client) connection);
            });
        }

        @Override
        public void send(Frame frame) {
            handed.add(() -> listeners.forEach(listener -> listener.write(frame)));
        }

        @Override
        public void post(Frame frame, long id) {
            handed.add(() -> {
                fallBehind(id, false);
                followers.keySet().forEach(follower -> follower.write(frame));
            });
        }

        @Override
        public void skip(long id) {
            handed.add(() -> fallBehind(id, true));
        }

        private void fallBehind(long id, boolean all) {
            List.copyOf(new ArrayList<>(followers.entrySet())).forEach(one -> {
                if (all || one.getKey().outbox.size() >= OUTBOX) {
                    followers.remove(one.getKey());
                    one.getValue().fellBehind(id);
                }
            });
        }
    }
}
