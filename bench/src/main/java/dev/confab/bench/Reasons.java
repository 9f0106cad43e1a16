package dev.confab.bench;

import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** What went wrong with a connection, in words for people. */
final class Reasons {

    private Reasons() {}

    static String of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("Too many open files")) {
            return "this process may open no more files; raise ulimit -n";
        }
        if (message.contains("Cannot assign requested address")) {
            return "this machine has no such address to come from, or no port of it is left";
        }
        return switch (cause) {
            case WebSocketClientHandshakeException refused
            when refused.response() != null ->
                "the server answered " + refused.response().status() + " to the request for a WebSocket";
            case UnknownHostException _ -> "no such host";
            case ConnectException _ when message.contains("timed out") -> "the connection was not accepted in time";
            case ConnectException _ -> "nobody listens there";
            default -> message;
        };
    }
}
