package dev.confab.tck;

import dev.confab.Handshake;
import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.spi.Reception;
import dev.confab.spi.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A door without a network: clients inside this process speak the chat-service contract in values. For tests of servers
 * and of the hooks in them.
 *
 * {@snippet :
 * var net = LoopbackTransport.create();
 * try (var chat = Confab.builder()
 *         .store(MemoryStore.create())
 *         .door(net)
 *         .login(hello -> Login.as(hello.query("user")))
 *         .start()) {
 *     chat.rooms().create("default", RoomSettings.DEFAULT);
 *     var ann = net.login("ann");
 *     var bob = net.login("bob");
 *     ann.result("roomJoin", "default");
 *     bob.result("roomJoin", "default");
 *     bob.result("roomMessage", "default", Map.of("textMessage", "Hi"));
 *     ann.expect("roomMessage");
 * }
 * }
 *
 * <p>Each lane has a thread of its own, and connections take turns among lanes. Clients
 * read at once what they are told, unless they {@linkplain LoopbackClient#stopReading stop}. All methods may be called on any thread.
 */
public final class LoopbackTransport implements Transport {

    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(5);

    private final Duration patience;
    private final ChatService contract;
    private final LoopbackDialect dialect;
    private final int outbox;
    private final List<LoopbackLane> lanes;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<LoopbackConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Reception reception;

    private LoopbackTransport(Builder builder) {
        patience = builder.patience;
        contract = new ChatService(builder.errors);
        outbox = builder.outbox;
        dialect = new LoopbackDialect(contract);
        lanes = IntStream.rangeClosed(1, builder.lanes)
                .mapToObj(number -> new LoopbackLane("loopback-lane-" + number, dialect))
                .toList();
    }

    /**
     * Makes a door with all defaults.
     *
     * @return a door that is not open yet
     */
    public static LoopbackTransport create() {
        return builder().build();
    }

    /**
     * Starts with all defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Connects a client that says of itself who its user is, in the query parameter {@code user}, and waits for the
     * login.
     *
     * @param user the user
     * @return the client; its {@code loginConfirmed} is taken already
     * @throws AssertionError where the login is refused, or takes longer than this door's patience
     */
    public LoopbackClient login(String user) {
        LoopbackClient client = connect(Map.of("user", user));
        client.expect("loginConfirmed");
        return client;
    }

    /**
     * Connects a client, and goes on.
     *
     * @param query the parameters of its URL
     * @return the client
     * @throws IllegalStateException where this door isn't open
     */
    public LoopbackClient connect(Map<String, String> query) {
        return connect(new Handshake(query, Map.of(), Value.Obj.EMPTY, "", "loopback"));
    }

    /**
     * Connects a client, and goes on.
     *
     * @param handshake what the server is to know of it
     * @return the client
     * @throws IllegalStateException where this door isn't open
     */
    public LoopbackClient connect(Handshake handshake) {
        Reception open = reception;
        if (open == null) {
            throw new IllegalStateException("this door isn't open");
        }
        LoopbackLane lane = lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
        return new LoopbackClient(
                transcript -> {
                    var connection = new LoopbackConnection(
                            handshake, contract, dialect, lane, outbox, transcript, connections::remove);
                    connections.add(connection);
                    connection.open(open);
                    return connection;
                },
                patience);
    }

    /**
     * How often events of a name were encoded. An event that many clients of this door hear is to be encoded once.
     *
     * @param event the name
     * @return the count since the door was made
     */
    public long encodings(String event) {
        return dialect.encodings(event);
    }

    @Override
    public void open(Reception host) {
        reception = host;
    }

    @Override
    public List<URI> addresses() {
        return List.of();
    }

    @Override
    public void stopAccepting() {
        reception = null;
    }

    @Override
    public void close() {
        connections.forEach(connection -> connection.close(CloseReason.SERVER_SHUTDOWN));
        lanes.forEach(lane -> lane.close(TIME_TO_CLOSE));
    }

    /** Collects what can be chosen. */
    public static final class Builder {
        private int lanes = 1;
        private ErrorFormat errors = ErrorFormat.TEXT;
        private Duration patience = Duration.ofSeconds(10);
        private int outbox = 64;

        private Builder() {}

        /**
         * Sets how many lanes there are.
         *
         * @param count 1 or more; default 1
         * @return this
         */
        public Builder lanes(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("lanes is 1 or more, not " + count);
            }
            lanes = count;
            return this;
        }

        /**
         * Sets how errors are spelled.
         *
         * @param format default {@link ErrorFormat#TEXT}
         * @return this
         */
        public Builder errors(ErrorFormat format) {
            errors = format;
            return this;
        }

        /**
         * Sets how long clients wait for what they expect, before they say that it doesn't come.
         *
         * @param longest more than 0; default 10 s
         * @return this
         */
        public Builder patience(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("patience is more than 0, not " + longest);
            }
            patience = longest;
            return this;
        }

        /**
         * Sets how many events and replies wait for a client that doesn't read, before messages of rooms have to wait in
         * their logs.
         *
         * @param count 1 or more; default 64
         * @return this
         */
        public Builder outbox(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("outbox is 1 or more, not " + count);
            }
            outbox = count;
            return this;
        }

        /**
         * Makes the door.
         *
         * @return a door that is not open yet
         */
        public LoopbackTransport build() {
            return new LoopbackTransport(this);
        }
    }
}
