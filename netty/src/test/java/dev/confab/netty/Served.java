package dev.confab.netty;

import dev.confab.ChatOptions;
import dev.confab.Confab;
import dev.confab.ConfabBuilder;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.memory.MemoryStore;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;

/** A whole server behind a door on a free port, with a room {@code default}; whoever says a name in the query is in. */
final class Served implements AutoCloseable {

    private final SocketIoDoor door;
    private final Confab chat;

    Served(SocketIoDoor.Builder settings) throws IOException {
        this(settings, UnaryOperator.identity());
    }

    Served(SocketIoDoor.Builder settings, UnaryOperator<ConfabBuilder> hooks) throws IOException {
        door = settings.port(0).eventLoops(2).build();
        chat = hooks.apply(Confab.builder()
                        .store(MemoryStore.create())
                        .door(door)
                        .options(ChatOptions.builder().anyObject(true).build())
                        .login(hello -> Login.as(hello.query("user"))))
                .start();
        chat.rooms().create("default", RoomSettings.DEFAULT);
    }

    Confab chat() {
        return chat;
    }

    URI address() {
        return door.addresses().getFirst();
    }

    /** A client of Engine.IO 4 on a WebSocket, logged in. */
    RawSocket enter(String user) throws IOException {
        var ws = RawSocket.webSocket(address(), "/socket.io/?EIO=4&transport=websocket&user=" + user);
        ws.text("40/chat-service,");
        String text = ws.text();
        while (!text.contains("loginConfirmed")) {
            text = ws.text();
        }
        return ws;
    }

    /** The same, and in the room. */
    RawSocket join(String user) throws IOException {
        RawSocket ws = enter(user);
        ws.text("42/chat-service,0[\"roomJoin\",\"default\"]");
        String text = ws.text();
        while (!text.startsWith("43/chat-service,0[null,")) {
            text = ws.text();
        }
        return ws;
    }

    @Override
    public void close() {
        chat.close();
    }
}
