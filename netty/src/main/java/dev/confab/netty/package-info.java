/**
 * The door for Socket.IO clients: Engine.IO 3 and 4 over HTTP long-polling and WebSocket, Socket.IO protocols 4 and 5 on
 * top, and the chat-service contract in one of its namespaces. {@link dev.confab.netty.SocketIoDoor} is its face.
 *
 * <p>From the wire inwards: {@link dev.confab.netty.HttpFront} meets requests, {@link dev.confab.netty.EngineServer} and
 * {@link dev.confab.netty.EngineSession} keep Engine.IO sessions, which {@link dev.confab.netty.Polling} or a
 * {@link dev.confab.netty.WebSocketLink} carries, {@link dev.confab.netty.SocketIoSession} the namespaces of each, and
 * {@link dev.confab.netty.NamespaceSocket} is what the engine knows as a connection.
 */
package dev.confab.netty;
