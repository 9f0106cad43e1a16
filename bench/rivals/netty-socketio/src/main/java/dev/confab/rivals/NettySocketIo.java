package dev.confab.rivals;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.corundumstudio.socketio.SocketIOServer;
import io.netty.channel.epoll.Epoll;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A room server on netty-socketio: its one argument is the port. Rooms exist once somebody joins them, and any login is taken. */
public final class NettySocketIo {
    private final SocketIONamespace chat;
    private final ConcurrentMap<String, Long> lastIds = new ConcurrentHashMap<>();

    private NettySocketIo(SocketIONamespace chat) {
        this.chat = chat;
    }

    /** Serves until the process is stopped. */
    public static void main(String[] args) {
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Integer.parseInt(args[0]));
        configuration.setUseLinuxNativeEpoll(Epoll.isAvailable());
        var server = new SocketIOServer(configuration);
        new NettySocketIo(server.addNamespace("/chat")).listen();
        server.start();
    }

    private void listen() {
        chat.addEventListener("join", String.class, this::join);
        chat.addMultiTypeEventListener("msg", this::post, String.class, String.class);
    }

    private void join(SocketIOClient client, String room, AckRequest ack) {
        client.joinRoom(room);
        ack.sendAckData(room);
    }

    private void post(SocketIOClient client, MultiTypeArgs args, AckRequest ack) {
        String room = args.get(0);
        String author = client.getHandshakeData().getSingleUrlParam("user");
        long id = lastIds.merge(room, 1L, Long::sum);
        var message = new Message(args.get(1), author, System.currentTimeMillis(), id);
        chat.getRoomOperations(room).sendEvent("msg", room, message);
        ack.sendAckData(id);
    }

    private record Message(String textMessage, String author, long timestamp, long id) {}
}
