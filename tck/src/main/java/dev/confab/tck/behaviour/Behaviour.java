package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.ConfabBuilder;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Value;
import dev.confab.tck.FakeClock;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A server on a fresh store, and clients who talk to it. A test says what it needs beyond the defaults to
 * {@link #options} and {@link #server}, calls {@link #start}, and lets clients in.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class Behaviour {

    /** How long to wait for what has to come. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    static final String ROOM = "lobby";

    final FakeClock clock = FakeClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    final ChatOptions.Builder options = ChatOptions.builder();
    final LoopbackTransport net = door(ErrorFormat.TEXT);

    ConfabBuilder server = Confab.builder();
    private @Nullable Confab running;

    /** Who makes stores. */
    abstract BehaviourSuite suite();

    @BeforeEach
    void describe() {
        server = serverWithoutDoor().door(net);
    }

    @AfterEach
    void close() {
        if (running != null) {
            running.close();
        }
    }

    /** Puts a store under the server that can be made to fail and to wait. */
    FaultyStore faultyStore() {
        FaultyStore store = FaultyStore.around(suite().newStore(clock));
        server.store(store);
        return store;
    }

    /** What a store throws that is down. */
    static RuntimeException down() {
        return new UncheckedIOException(new IOException("the store is down"));
    }

    static LoopbackTransport door(ErrorFormat errors) {
        return LoopbackTransport.builder()
                .lanes(2)
                .errors(errors)
                .patience(PATIENCE)
                .build();
    }

    // The server

    ConfabBuilder serverWithoutDoor() {
        return Confab.builder()
                .store(suite().newStore(clock))
                .clock(clock)
                .login(hello -> Login.as(hello.query("user")));
    }

    Confab start() {
        try {
            running = server.options(options.build()).start();
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that runs. */
    Confab chat() {
        return Objects.requireNonNull(running, "not started");
    }

    /** Starts with a room that nobody owns. */
    Confab startWithRoom() {
        return startWithRoom(RoomSettings.builder());
    }

    Confab startWithRoom(RoomSettings.Builder settings) {
        Confab chat = start();
        chat.rooms().create(ROOM, settings.build());
        return chat;
    }

    // Clients

    LoopbackClient login(String user) {
        return net.login(user);
    }

    /** Somebody who has joined the room, and has taken note of what there was to hear. */
    LoopbackClient member(String user) {
        LoopbackClient client = login(user);
        client.result("roomJoin", ROOM);
        client.takeAll();
        return client;
    }

    LoopbackClient join(LoopbackClient client) {
        client.result("roomJoin", ROOM);
        return client;
    }

    static void takeNote(LoopbackClient... clients) {
        Arrays.stream(clients).forEach(LoopbackClient::takeAll);
    }

    static void assertNothingMore(LoopbackClient... clients) {
        Arrays.stream(clients).forEach(LoopbackClient::assertNothingMore);
    }

    /** Takes what a client hears between asking something and the reply, of which what was told before is no part. */
    static List<Heard.Event> toldBeforeReply(LoopbackClient client, String request, @Nullable Object... args) {
        client.takeAll();
        int before = client.heard().size();
        client.request(request, args);
        var told = new ArrayList<Heard.Event>();
        while (client.heard().get(before + told.size()) instanceof Heard.Event) {
            told.add(client.nextEvent());
        }
        return told;
    }

    // Values

    static List<Value> done(@Nullable Object result) {
        return List.of(Value.NULL, Value.of(result));
    }

    static List<Value> refused(String text) {
        return List.of(error(text), Value.NULL);
    }

    static Value error(String text) {
        return Value.of("ChatServiceError: " + text);
    }

    static Map<String, Object> text(String text) {
        return Map.of("textMessage", text);
    }

    /** A message of the room as clients get it, said now. */
    Value message(long id, String author, String text) {
        return Value.of(Map.of("textMessage", text, "author", author, "timestamp", clock.millis(), "id", id));
    }

    static Value seen(boolean joined, @Nullable Long timestamp) {
        return Value.Obj.builder()
                .put("joined", Value.of(joined))
                .put("timestamp", Value.of((Object) timestamp))
                .build();
    }

    static Heard.Event event(String name, @Nullable Object... args) {
        return Heard.Event.of(name, args);
    }

    static @Nullable Value field(Value object, String name) {
        assertThat(object).isInstanceOf(Value.Obj.class);
        return ((Value.Obj) object).get(name);
    }

    static List<String> fieldNames(Value object) {
        var fields = (Value.Obj) object;
        var names = new ArrayList<String>();
        for (int i = 0; i < fields.size(); i++) {
            names.add(fields.name(i));
        }
        return names;
    }

    static List<Value> items(Value array) {
        assertThat(array).isInstanceOf(Value.Arr.class);
        return ((Value.Arr) array).items();
    }

    static List<Long> ids(Value history) {
        return items(history).stream()
                .map(message -> ((Value.Num) Objects.requireNonNull(field(message, "id"))).asLong())
                .toList();
    }
}
