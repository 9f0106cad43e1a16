package dev.confab.netty;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A TCP connection on which a test says exactly what it wants to: HTTP requests, WebSocket frames, or rubbish. */
final class RawSocket implements AutoCloseable {

    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final Socket socket = new Socket();
    private final InputStream in;

    RawSocket(URI address) throws IOException {
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 10_000);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    /** A reply to an HTTP request. */
    record Reply(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A WebSocket frame. */
    record Frame(int opcode, boolean isDeflated, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }
    }

    static RawSocket webSocket(URI address, String pathAndQuery) throws IOException {
        var raw = new RawSocket(address);
        Reply reply = raw.upgrade(pathAndQuery);
        if (reply.status() != 101) {
            raw.close();
            throw new IOException("no WebSocket: " + reply.status() + " " + reply.text());
        }
        return raw;
    }

    Reply upgrade(String pathAndQuery, String... headers) throws IOException {
        send("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Version: 13\r\n"
                + String.join("", Arrays.stream(headers).map(h -> h + "\r\n").toList()) + "\r\n");
        return reply();
    }

    Reply get(String pathAndQuery, String... headers) throws IOException {
        return request("GET", pathAndQuery, new byte[0], headers);
    }

    Reply post(String pathAndQuery, String body, String... headers) throws IOException {
        return request("POST", pathAndQuery, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    Reply request(String method, String pathAndQuery, byte[] body, String... headers) throws IOException {
        begin(method, pathAndQuery, body, headers);
        return reply();
    }

    void begin(String method, String pathAndQuery, byte[] body, String... headers) throws IOException {
        var head = new StringBuilder(method + " " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + body.length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        send(head.append("\r\n").toString());
        socket.getOutputStream().write(body);
    }

    /** Waits for replies as long as it takes. */
    void waitForever() throws IOException {
        socket.setSoTimeout(0);
    }

    Reply reply() throws IOException {
        String[] first = line().split(" ", 3);
        var headers = new HashMap<String, String>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Reply(Integer.parseInt(first[1]), headers, exactly(length));
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("closed");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void text(String text) throws IOException {
        frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    void binary(byte... bytes) throws IOException {
        frame(0x82, bytes);
    }

    /** Sends a masked frame with this first byte. */
    void frame(int first, byte[] payload) throws IOException {
        send(masked(first, payload));
    }

    static byte[] masked(int first, byte[] payload) {
        var out = new ByteSink(payload.length + 14);
        out.put(first);
        if (payload.length < 126) {
            out.put(0x80 | payload.length);
        } else if (payload.length < 0x10000) {
            out.put(0x80 | 126);
            out.put(payload.length >> 8);
            out.put(payload.length);
        } else {
            out.put(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.put((int) ((long) payload.length >> shift));
            }
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        out.put(mask);
        for (int i = 0; i < payload.length; i++) {
            out.put(payload[i] ^ mask[i & 3]);
        }
        return out.toArray();
    }

    /** The next frame. */
    Frame frame() throws IOException {
        int first = byteOrEnd();
        int second = byteOrEnd();
        long length = second & 0x7F;
        if (length == 126) {
            length = (long) byteOrEnd() << 8 | byteOrEnd();
        } else if (length == 127) {
            length = 0;
            for (int i = 0; i < 8; i++) {
                length = length << 8 | byteOrEnd();
            }
        }
        return new Frame(first & 0x0F, (first & 0x40) != 0, exactly((int) length));
    }

    /** The next frame's text. */
    String text() throws IOException {
        return frame().text();
    }

    /** The next frame, or null where none came in time. */
    @Nullable
    Frame frame(Duration patience) throws IOException {
        socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
        try {
            return frame();
        } catch (SocketTimeoutException e) {
            return null;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    /** Reads until the other side closes; gives the code of the close frame, 0 for none. */
    int awaitClose() throws IOException {
        try {
            while (true) {
                Frame frame = frame();
                if (frame.opcode() == 8) {
                    return frame.closeCode();
                }
            }
        } catch (EOFException | SocketException e) {
            return 0;
        }
    }

    /** Reads until the end of the connection. */
    void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // what is still said doesn't matter
            }
        } catch (SocketException e) {
            // reset: an end too
        }
    }

    private int byteOrEnd() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("closed");
        }
        return b;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("closed");
        }
        return bytes;
    }

    /** Says nothing more, and still listens. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection without a word. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
