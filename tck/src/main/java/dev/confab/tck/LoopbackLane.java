package dev.confab.tck;

import dev.confab.spi.Audience;
import dev.confab.spi.Connection;
import dev.confab.spi.Follower;
import dev.confab.spi.Frame;
import dev.confab.spi.Lane;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A thread and the connections that it writes to and reads from, one thing after the other. */
final class LoopbackLane implements Lane {

    private static final System.Logger LOG = System.getLogger(LoopbackLane.class.getName());

    private final LoopbackDialect dialect;
    private final ThreadPoolExecutor thread;

    LoopbackLane(String name, LoopbackDialect dialect) {
        this.dialect = dialect;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name).factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Does something behind all that was handed over before; nothing once the lane is closed. */
    void execute(Runnable task) {
        thread.execute(() -> run(task));
    }

    @Override
    public Audience newAudience() {
        return new Listeners();
    }

    /** Lets what was handed over come to its end. */
    void close(Duration patience) {
        thread.shutdown();
        try {
            if (thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error failure) {
            LOG.log(Level.ERROR, "what was brought to the server, or handed over by it, failed", failure);
        }
    }

    private LoopbackConnection own(Connection connection) {
        if (connection instanceof LoopbackConnection own && own.lane() == this) {
            return own;
        }
        throw new IllegalArgumentException("a connection of another lane: " + connection.id());
    }

    private final class Listeners implements Audience {
        private final Set<LoopbackConnection> listeners = new LinkedHashSet<>();
        private final Map<LoopbackConnection, Follower> followers = new LinkedHashMap<>();

        @Override
        public void add(Connection connection) {
            LoopbackConnection listener = own(connection);
            execute(() -> listeners.add(listener));
        }

        @Override
        public void follow(Connection connection, Follower follower) {
            LoopbackConnection listener = own(connection);
            execute(() -> {
                if (listeners.contains(listener)) {
                    followers.putIfAbsent(listener, follower);
                }
            });
        }

        @Override
        public void remove(Connection connection) {
            LoopbackConnection listener = own(connection);
            execute(() -> {
                listeners.remove(listener);
                followers.remove(listener);
            });
        }

        @Override
        public void send(Frame frame) {
            Heard.Event event = dialect.decode(frame);
            execute(() -> {
                forgetWhoEnded();
                listeners.forEach(listener -> listener.write(event));
            });
        }

        @Override
        public void post(Frame frame, long id) {
            Heard.Event event = dialect.decode(frame);
            execute(() -> {
                forgetWhoEnded();
                fallBehind(LoopbackConnection::isFull, id);
                followers.keySet().forEach(follower -> follower.write(event));
            });
        }

        @Override
        public void skip(long id) {
            execute(() -> fallBehind(_ -> true, id));
        }

        private void forgetWhoEnded() {
            listeners.removeIf(LoopbackConnection::hasEnded);
            followers.keySet().removeIf(LoopbackConnection::hasEnded);
        }

        private void fallBehind(Predicate<LoopbackConnection> who, long id) {
            for (var one : List.copyOf(followers.entrySet())) {
                if (who.test(one.getKey())) {
                    followers.remove(one.getKey());
                    one.getValue().fellBehind(id);
                }
            }
        }
    }
}
