package dev.confab.netty;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of a WebSocket handshake. Source: RFC 6455, section 4.2.
 *
 * @param key what the reply has to be made from
 * @param extensions the extensions that the client offers
 */
record WebSocketRequest(String key, List<String> extensions) {

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What a request asks for; null if it is no handshake that can be met. */
    static @Nullable WebSocketRequest of(FullHttpRequest request) {
        String key = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (key == null || !"13".equals(version) || !request.method().equals(HttpMethod.GET)) {
            return null;
        }
        return new WebSocketRequest(key, request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
    }

    /** Whether the client takes compressed messages the way we make them. */
    boolean mayDeflate() {
        return Deflation.isOffered(extensions);
    }

    /**
     * The head of the reply that switches protocols.
     *
     * @param deflates whether messages will be compressed
     */
    String reply(boolean deflates) {
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept() + "\r\n"
                + (deflates ? "Sec-WebSocket-Extensions: " + Deflation.AGREED + "\r\n" : "") + "\r\n";
    }

    private String accept() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
