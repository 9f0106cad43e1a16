package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.memory.MemoryStore;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unmodified Java client of the current generation, over each transport. */
class JavaClientTest {

    private Confab chat;

    @BeforeEach
    void start() throws Exception {
        chat = Confab.builder()
                .store(MemoryStore.create())
                .door(SocketIoDoor.at("127.0.0.1", 0))
                .options(ChatOptions.builder()
                        .anyObject(true)
                        .enableUserlistUpdates(true)
                        .build())
                .login(hello -> Login.as(hello.query("user").or(() -> hello.auth("user"))))
                .start();
        chat.rooms().create("default", RoomSettings.DEFAULT);
    }

    @AfterEach
    void stop() {
        chat.close();
    }

    private Client client(String user, String transports) throws Exception {
        var options = new IO.Options();
        options.transports = transports.split(",");
        options.forceNew = true;
        options.reconnection = false;
        options.query = "user=" + user;
        var client = new Client(IO.socket(chat.addresses().getFirst() + "/chat-service", options));
        client.socket.connect();
        assertThat(client.events.poll(20, TimeUnit.SECONDS)).isEqualTo("loginConfirmed " + user);
        return client;
    }

    private static final class Client {
        final Socket socket;
        final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<JSONObject> messages = new LinkedBlockingQueue<>();

        Client(Socket socket) {
            this.socket = socket;
            socket.on("loginConfirmed", args -> events.add("loginConfirmed " + args[0]));
            socket.on("roomUserJoined", args -> events.add("roomUserJoined " + args[1]));
            socket.on("roomMessage", args -> messages.add((JSONObject) args[1]));
            socket.on(Socket.EVENT_DISCONNECT, args -> events.add("disconnect " + args[0]));
        }

        Object[] ask(String event, Object... args) throws Exception {
            var reply = new CompletableFuture<Object[]>();
            socket.emit(event, args, (Ack) reply::complete);
            return reply.get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling", "polling,websocket"})
    void joinsTalksAndReadsTheHistory(String transports) throws Exception {
        Client ann = client("ann", transports);
        assertThat(Arrays.toString(ann.ask("roomJoin", "default"))).isEqualTo("[null, 1]");
        Client bob = client("bob", "websocket");
        assertThat(Arrays.toString(bob.ask("roomJoin", "default"))).isEqualTo("[null, 1]");

        byte[] bytes = {1, 2, 3, (byte) 0xFF};
        var body = new JSONObject()
                .put("textMessage", "gr\u00fc\u00dfe \ud83d\ude00")
                .put("deep", new JSONArray().put(new JSONObject().put("data", bytes)));
        assertThat(Arrays.toString(ann.ask("roomMessage", "default", body))).isEqualTo("[null, 1]");

        for (Client one : Arrays.asList(ann, bob)) {
            JSONObject heard = one.messages.poll(20, TimeUnit.SECONDS);
            assertThat(heard).isNotNull();
            assertThat(heard.getString("author")).isEqualTo("ann");
            assertThat(heard.getString("textMessage")).isEqualTo("gr\u00fc\u00dfe \ud83d\ude00");
            assertThat(heard.getInt("id")).isEqualTo(1);
            assertThat((byte[]) heard.getJSONArray("deep").getJSONObject(0).get("data"))
                    .isEqualTo(bytes);
        }
        JSONArray history = (JSONArray) bob.ask("roomRecentHistory", "default")[1];
        assertThat((byte[]) history.getJSONObject(0)
                        .getJSONArray("deep")
                        .getJSONObject(0)
                        .get("data"))
                .isEqualTo(bytes);
        assertThat(bob.ask("roomJoin", "nowhere")[0]).isEqualTo("ChatServiceError: No such room nowhere");
        ann.socket.disconnect();
        bob.socket.disconnect();
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void hearsThatTheServerEndsIt(String transports) throws Exception {
        Client ann = client("ann", transports);
        chat.users().disconnect("ann");
        assertThat(ann.events.poll(20, TimeUnit.SECONDS)).isEqualTo("disconnect io server disconnect");
    }
}
