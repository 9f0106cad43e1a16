package dev.confab.engine;

import dev.confab.Actor;
import dev.confab.ChatOptions;
import dev.confab.ClientConnection;
import dev.confab.Confab;
import dev.confab.Connections;
import dev.confab.Recovery;
import dev.confab.Rooms;
import dev.confab.Statistics;
import dev.confab.Users;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.spi.Connection;
import dev.confab.spi.Inbox;
import dev.confab.spi.Reception;
import dev.confab.spi.Store;
import dev.confab.spi.Transport;
import java.io.IOException;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A running server: its parts, put together. */
public final class Engine implements Confab, Reception {

    private final Store store;
    private final List<Transport> doors;
    private final ChatOptions options;
    private final String node;
    private final Roster roster = new Roster();
    private final Listeners listeners;
    private final Lifecycle lifecycle;
    private final Dispatcher dispatcher;
    private final Desk desk;
    private final Rooms rooms;
    private final Users users;
    private final Recovery recovery;
    private final Shutdown shutdown;
    private final Counters counters = new Counters();

    private Engine(Setup setup) {
        store = setup.store();
        doors = setup.doors();
        options = setup.options();
        byte[] id = new byte[12];
        setup.random().nextBytes(id);
        node = HexFormat.of().formatHex(id);

        var delivery = new Delivery(roster, RoomFeed::new);
        store.open(node, delivery);

        ScopedValue<Presence.Turn> turn = ScopedValue.newInstance();
        var runner = new HookRunner(options.hookDeadline(), turn);
        listeners = new Listeners(setup.listeners());
        lifecycle = new Lifecycle(this, setup, runner);
        var presence = new Presence(store, delivery, roster, lifecycle, listeners, options, setup.clock(), turn);
        var roomDesk = new RoomDesk(store.rooms(), presence, options);
        var userDesk = new UserDesk(store.users(), store.presence(), options, setup.clock());
        dispatcher = new Dispatcher(this, setup, runner, roomDesk, userDesk, listeners);
        var rates = new RateGate(options, setup.clock(), counters);
        desk = new Desk(
                this,
                setup.login(),
                runner,
                dispatcher,
                presence,
                store,
                roster,
                counters,
                rates,
                this::pace,
                new SerialQueue.Rules(
                        Thread::startVirtualThread, options.commandQueueSize(), options.commandQueueBytes()));
        rooms = new ServerRooms(store, roomDesk, this, this::pace);
        users = new ServerUsers(store, this::pace);
        recovery = new PresenceRecovery(store, delivery, roster);
        shutdown = new Shutdown(desk, store, lifecycle, listeners, options.closeTimeout());
    }

    /**
     * Starts a server.
     *
     * @param setup what it is made of
     * @return the running server
     * @throws IOException where a door can't be opened
     */
    public static Confab start(Setup setup) throws IOException {
        var engine = new Engine(setup);
        try {
            engine.open();
        } catch (IOException | RuntimeException e) {
            engine.shutdown.abandon(e);
            throw e;
        }
        return engine;
    }

    private void open() throws IOException {
        store.presence().beat();
        try {
            lifecycle.starting();
        } catch (ChatException refused) {
            throw new IllegalStateException("onStart failed: " + refused.getMessage(), refused);
        }
        for (Transport door : doors) {
            door.open(this);
            shutdown.opened(door);
        }
        Thread.ofVirtual().name("confab-heartbeat").start(this::beat);
        listeners.ready(this);
    }

    /** Waits while a door has more to write than may wait. */
    private void pace() {
        for (Transport door : doors) {
            door.pace();
        }
    }

    private void beat() {
        try {
            while (!shutdown.awaitClosed(options.heartbeatRate())) {
                try {
                    store.presence().beat();
                } catch (RuntimeException e) {
                    System.getLogger("dev.confab").log(System.Logger.Level.ERROR, "heartbeat failed", e);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Inbox welcome(Connection connection) {
        var session = new Session(connection, desk);
        desk.welcome(session);
        return session;
    }

    @Override
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Connections connections() {
        return new Connections() {
            @Override
            public Optional<ClientConnection> find(String id) {
                return Optional.ofNullable(roster.find(id));
            }

            @Override
            public Map<String, String> users() {
                return roster.users();
            }
        };
    }

    @Override
    public Statistics statistics() {
        return counters.snapshot();
    }

    @Override
    public Recovery recovery() {
        return recovery;
    }

    @Override
    public Actor asUser(String user) {
        return new ServerActor(desk, Asker.user(user));
    }

    @Override
    public Actor asServer() {
        return new ServerActor(desk, Asker.server());
    }

    @Override
    public void check(Command<?> command) {
        dispatcher.check(command);
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public List<URI> addresses() {
        return doors.stream().flatMap(door -> door.addresses().stream()).toList();
    }

    @Override
    public void close() {
        shutdown.close();
    }

    @Override
    public void awaitClosed() throws InterruptedException {
        shutdown.awaitClosed();
    }
}
