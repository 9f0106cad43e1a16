package dev.confab.netty;

import dev.confab.Handshake;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.Map;

/**
 * A client as a lane knows it: a WebSocket that is open, with a socket in the root namespace.
 *
 * @param socket what is added to audiences
 * @param link what writes to the channel
 */
record LinkedMember(NamespaceSocket socket, WebSocketLink link) {

    /** Opens one on a channel. */
    static LinkedMember open(NettyLane lane, Channel channel, String name, DoorSettings settings) {
        SocketIoSession session = newSession(lane, name, settings);
        var link = new WebSocketLink(channel, session.engine(), settings, null);
        channel.pipeline().addLast(link);
        session.engine().open(link);
        return new LinkedMember(socket(session, name), link);
    }

    /** A socket whose client polls. */
    static NamespaceSocket polling(NettyLane lane, String name, DoorSettings settings) {
        return socket(newSession(lane, name, settings), name);
    }

    private static NamespaceSocket socket(SocketIoSession session, String name) {
        return new NamespaceSocket(session, name, "/", Handshake.EMPTY, ChatDialect.NONE);
    }

    private static SocketIoSession newSession(NettyLane lane, String name, DoorSettings settings) {
        var sessions = new ArrayList<SocketIoSession>();
        new EngineSession(new EngineServer(settings, Map.of()), lane, name, WireForm.V4, Handshake.EMPTY, own -> {
            var session = new SocketIoServer(settings, Map.of()).newSession(own);
            sessions.add(session);
            return session;
        });
        return sessions.getFirst();
    }
}
