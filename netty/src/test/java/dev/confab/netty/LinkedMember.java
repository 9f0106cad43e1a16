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
        var sessions = new ArrayList<SocketIoSession>();
        var engine = new EngineSession(
                new EngineServer(settings, Map.of()), lane, name, WireForm.V4, Handshake.EMPTY, own -> {
                    var session = new SocketIoServer(settings, Map.of()).newSession(own);
                    sessions.add(session);
                    return session;
                });
        var link = new WebSocketLink(channel, engine, settings, null);
        channel.pipeline().addLast(link);
        engine.open(link);
        var socket = new NamespaceSocket(sessions.getFirst(), name, "/", Handshake.EMPTY, ChatDialect.NONE);
        return new LinkedMember(socket, link);
    }
}
