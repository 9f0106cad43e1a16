package dev.confab.netty;

import dev.confab.Handshake;
import dev.confab.protocol.Value;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Meets the HTTP requests of one channel and sends each to where it belongs: a new or known Engine.IO session, a
 * WebSocket, or the door's other content. Ends with the first WebSocket handshake.
 */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final System.Logger LOG = System.getLogger("dev.confab.netty");

    private final EngineServer server;
    private @Nullable HttpExchange current;
    private @Nullable Future<?> deadline;

    HttpFront(EngineServer server) {
        this.server = server;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        awaitRequest(ctx.channel());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopWaiting();
    }

    /** A channel without a request under way has so long to bring one, whole. */
    private void awaitRequest(Channel channel) {
        long patience = server.settings().requestTimeout().toMillis();
        deadline = channel.eventLoop().schedule(() -> channel.close(), patience, TimeUnit.MILLISECONDS);
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** The request under way was answered. On the channel's loop. */
    void answered() {
        HttpExchange done = current;
        current = null;
        if (done != null && done.channel().isActive() && deadline == null) {
            awaitRequest(done.channel());
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (current != null) {
            // a second request before the first is answered: no client of these protocols does that
            ctx.close();
            return;
        }
        stopWaiting();
        var uri = new QueryStringDecoder(request.uri());
        Map<String, String> query = query(uri);
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        String host = request.headers().get(HttpHeaderNames.HOST);
        String route = server.route(uri.path());
        boolean clean = Origins.isClean(origin);
        boolean allowed = clean && isAllowed(request, query, origin, host);
        var exchange = new HttpExchange(
                this,
                ctx.channel(),
                request.method().equals(HttpMethod.HEAD),
                request.decoderResult().isSuccess() && HttpUtil.isKeepAlive(request),
                allowed ? origin : null,
                jsonp(query));
        current = exchange;
        if (!request.decoderResult().isSuccess()) {
            exchange.answer(malformed(request.decoderResult().cause()), "", new byte[0]);
        } else if (!server.origins().knows(host)) {
            exchange.refuse(EngineError.FORBIDDEN);
        } else if (route != null && content(uri.path()).isEmpty()) {
            engine(ctx, request, query, exchange, route, allowed);
        } else {
            resource(request, exchange, uri.path());
        }
    }

    private boolean isAllowed(
            FullHttpRequest request, Map<String, String> query, @Nullable String origin, @Nullable String host) {
        if (origin == null && query.containsKey("j")) {
            return server.origins().allowsScript(request.headers().get(HttpHeaderNames.REFERER), host);
        }
        return server.origins().allows(origin, host);
    }

    private static HttpResponseStatus malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    // ---- Engine.IO

    private void engine(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            Map<String, String> query,
            HttpExchange exchange,
            String route,
            boolean originAllowed) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            preflight(request, exchange, originAllowed);
            return;
        }
        boolean upgrade = isUpgrade(request);
        String transport = query.getOrDefault("transport", "");
        String sid = query.get("sid");
        EngineSession session = sid == null ? null : server.session(sid);
        EngineError error = check(request, transport, upgrade, sid, session, originAllowed, query.get("EIO"));
        if (error != null) {
            if (upgrade) {
                refuseUpgrade(ctx, error);
            } else if (sid != null && error == EngineError.SESSION_UNKNOWN) {
                server.answerUnknown(sid, exchange, request.method().equals(HttpMethod.POST));
            } else {
                exchange.refuse(error);
            }
        } else if (upgrade) {
            webSocket(ctx, request, query, exchange, route, session);
        } else if (session == null) {
            server.openPolling(ctx.channel(), handshake(ctx, request, query), form(query), route, exchange);
        } else if (request.method().equals(HttpMethod.GET)) {
            session.lane().act(() -> session.poll(exchange));
        } else if (request.method().equals(HttpMethod.POST)) {
            post(request, query, session, exchange);
        } else {
            exchange.answer(HttpResponseStatus.INTERNAL_SERVER_ERROR, "", new byte[0]);
        }
    }

    /** The order of these checks is that of the reference servers. */
    private @Nullable EngineError check(
            FullHttpRequest request,
            String transport,
            boolean upgrade,
            @Nullable String sid,
            @Nullable EngineSession session,
            boolean originAllowed,
            @Nullable String version) {
        if (!server.settings().transports().contains(transport)) {
            return EngineError.TRANSPORT_UNKNOWN;
        }
        if (!Origins.isClean(request.headers().get(HttpHeaderNames.ORIGIN))) {
            return EngineError.BAD_REQUEST;
        }
        if (sid != null) {
            return session == null
                    ? EngineError.SESSION_UNKNOWN
                    : !upgrade && transport.equals("websocket") ? EngineError.BAD_REQUEST : null;
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (transport.equals("websocket") != upgrade) {
            return EngineError.BAD_REQUEST;
        }
        if (!originAllowed) {
            server.noteForeignOrigin();
            return EngineError.FORBIDDEN;
        }
        return "4".equals(version) || ("3".equals(version) && server.settings().allowEio3())
                ? null
                : EngineError.UNSUPPORTED_VERSION;
    }

    private void post(
            FullHttpRequest request, Map<String, String> query, EngineSession session, HttpExchange exchange) {
        byte[] body = ByteBufUtil.getBytes(request.content());
        String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
        if (query.containsKey("j")) {
            var form = new QueryStringDecoder(new String(body, StandardCharsets.UTF_8), false).parameters();
            String field = form.getOrDefault("d", List.of("")).getFirst();
            body = Jsonp.unescaped(field).getBytes(StandardCharsets.UTF_8);
        }
        byte[] payload = body;
        boolean binary = type.startsWith("application/octet-stream");
        session.lane().act(() -> session.post(exchange, payload, binary));
    }

    private static void preflight(FullHttpRequest request, HttpExchange exchange, boolean originAllowed) {
        if (!originAllowed) {
            exchange.refuse(EngineError.FORBIDDEN);
            return;
        }
        var response = exchange.response(HttpResponseStatus.NO_CONTENT, new byte[0]);
        response.headers().set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET,HEAD,PUT,PATCH,POST,DELETE");
        String asked = request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
        response.headers().set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked == null ? "Content-Type" : asked);
        exchange.send(response);
    }

    // ---- WebSocket

    private static boolean isUpgrade(FullHttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private void webSocket(
            ChannelHandlerContext ctx,
            FullHttpRequest request,
            Map<String, String> query,
            HttpExchange exchange,
            String route,
            @Nullable EngineSession session) {
        var asked = WebSocketRequest.of(request);
        if (asked == null) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else if (session != null) {
            WebSocketLink link = server.newLink(ctx.channel(), session, asked);
            server.upgrade(ctx, asked, link);
            session.lane().act(() -> session.probe(link));
        } else {
            server.openWebSocket(ctx, asked, handshake(ctx, request, query), form(query), route, exchange);
        }
    }

    private static void refuseUpgrade(ChannelHandlerContext ctx, EngineError error) {
        String reply = "HTTP/1.1 " + HttpResponseStatus.valueOf(error.status()) + "\r\nConnection: close\r\n"
                + "Content-type: text/html\r\n" + SafeHeaders.LINES + "Content-Length: "
                + error.message().length() + "\r\n\r\n"
                + error.message();
        ctx.pipeline().remove(HttpServerCodec.class);
        ByteBuf bytes = ByteBufUtil.writeAscii(ctx.alloc(), reply);
        ctx.writeAndFlush(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    // ---- other content

    private Optional<HttpContent.Resource> content(String path) {
        return server.content().at(path);
    }

    private void resource(FullHttpRequest request, HttpExchange exchange, String path) {
        Optional<HttpContent.Resource> found = content(path);
        if (found.isEmpty()) {
            exchange.answer(HttpResponseStatus.NOT_FOUND, "text/plain; charset=UTF-8", ascii("Not found\n"));
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            var response = exchange.response(HttpResponseStatus.METHOD_NOT_ALLOWED, new byte[0]);
            response.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            exchange.send(response);
        } else {
            HttpContent.Resource resource = found.get();
            String tag = resource.headers().get("ETag");
            boolean has = tag != null && tag.equals(request.headers().get(HttpHeaderNames.IF_NONE_MATCH));
            var response = exchange.response(
                    has ? HttpResponseStatus.NOT_MODIFIED : HttpResponseStatus.OK, has ? new byte[0] : resource.body());
            resource.headers().forEach((name, value) -> response.headers().set(name, value));
            exchange.send(response);
        }
    }

    // ---- reading requests

    private static Map<String, String> query(QueryStringDecoder uri) {
        var query = new HashMap<String, String>();
        try {
            uri.parameters().forEach((name, values) -> query.put(name, values.getLast()));
        } catch (IllegalArgumentException malformed) {
            query.clear();
        }
        return query;
    }

    private static Handshake handshake(ChannelHandlerContext ctx, FullHttpRequest request, Map<String, String> query) {
        var headers = new HashMap<String, List<String>>();
        request.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!isOfTheHop(name)) {
                headers.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(header.getValue());
            }
        });
        String address = ctx.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
        return new Handshake(query, headers, Value.Obj.EMPTY, address, transport(query));
    }

    /** Whether a header is about this network connection alone, and says nothing of the client. */
    private static boolean isOfTheHop(String header) {
        return header.equals("connection") || header.equals("upgrade") || header.startsWith("sec-websocket-");
    }

    /** Sessions keep it: a constant where it is one. */
    private static String transport(Map<String, String> query) {
        return switch (query.getOrDefault("transport", "")) {
            case "websocket" -> "websocket";
            case "polling" -> "polling";
            case String other -> other;
        };
    }

    private static WireForm form(Map<String, String> query) {
        if (!"3".equals(query.get("EIO"))) {
            return WireForm.V4;
        }
        return query.getOrDefault("b64", "").isEmpty() ? WireForm.V3 : WireForm.V3_BASE64;
    }

    private static @Nullable String jsonp(Map<String, String> query) {
        String index = query.get("j");
        return index != null && index.matches("\\d{1,9}") ? index : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        if (current != null) {
            current.aborted();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException || cause instanceof PrematureChannelClosureException)) {
            LOG.log(System.Logger.Level.WARNING, "a request failed: {0}", cause.toString());
        }
        ctx.close();
    }
}
