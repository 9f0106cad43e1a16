package dev.confab.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One request that is answered once, now or later, from any thread. */
final class HttpExchange {

    private static final String TEXT = "text/plain; charset=UTF-8";

    private final HttpFront front;
    private final Channel channel;
    private final boolean isHead;
    private final boolean keepAlive;
    private final @Nullable String origin;
    private final @Nullable String jsonp;
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile @Nullable Runnable onAbort;

    HttpExchange(
            HttpFront front,
            Channel channel,
            boolean isHead,
            boolean keepAlive,
            @Nullable String origin,
            @Nullable String jsonp) {
        this.front = front;
        this.channel = channel;
        this.isHead = isHead;
        this.keepAlive = keepAlive;
        this.origin = origin;
        this.jsonp = jsonp;
    }

    Channel channel() {
        return channel;
    }

    /** What to do where the client goes away before it is answered. */
    void onAbort(Runnable action) {
        onAbort = action;
        if (!channel.isActive()) {
            aborted();
        }
    }

    /** The client has gone away. */
    void aborted() {
        Runnable action = onAbort;
        if (action != null && answered.compareAndSet(false, true)) {
            action.run();
        }
    }

    /** Answers a poll. */
    void payload(EngineIoPayload.Body body) {
        byte[] bytes = body.bytes();
        String type = body.isBinary() ? "application/octet-stream" : TEXT;
        if (jsonp != null && !body.isBinary()) {
            bytes = Jsonp.call(jsonp, bytes);
            type = "text/javascript; charset=UTF-8";
        }
        answer(HttpResponseStatus.OK, type, bytes);
    }

    /** Answers a POST. */
    void ok() {
        answer(HttpResponseStatus.OK, "text/html", "ok".getBytes(StandardCharsets.US_ASCII));
    }

    void refuse(EngineError error) {
        answer(
                HttpResponseStatus.valueOf(error.status()),
                "application/json",
                error.json().getBytes(StandardCharsets.US_ASCII));
    }

    void answer(HttpResponseStatus status, String type, byte[] body) {
        FullHttpResponse response = response(status, body);
        if (!type.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        }
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        send(response);
    }

    FullHttpResponse response(HttpResponseStatus status, byte[] body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, isHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
        return response;
    }

    /** Sends a reply, with what the browser needs to let a page of another origin see it. */
    void send(FullHttpResponse response) {
        if (!answered.compareAndSet(false, true)) {
            response.release();
            return;
        }
        HttpHeaders headers = response.headers();
        SafeHeaders.complete(headers);
        if (origin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
            headers.set(HttpHeaderNames.VARY, "Origin");
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        channel.eventLoop().execute(() -> {
            var written = channel.writeAndFlush(response);
            if (!keepAlive) {
                written.addListener(ChannelFutureListener.CLOSE);
            }
            front.answered();
        });
    }
}
