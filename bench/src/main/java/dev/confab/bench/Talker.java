package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One connection that logs in, asks, and is answered; what it hears besides is for subclasses. Lives on its loop. */
abstract class Talker extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final long DEFAULT_PING_MILLIS = 25_000;

    /** What a connection is to say next, or waits for; in the words of a complaint. */
    enum Stage {
        OPENING("for the connection to open"),
        ENTERING("to be let into the namespace"),
        LOGIN("for the login to be confirmed"),
        JOIN("to join its room"),
        READY("for messages"),
        OVER("for nothing");

        private final String waitsFor;

        Stage(String waitsFor) {
            this.waitsFor = waitsFor;
        }
    }

    private final Address address;
    private final Dialect dialect;
    private final String user;
    private final EventLoop loop;
    private final Map<Integer, CompletableFuture<JsonNode>> questions = new HashMap<>();

    private volatile Stage stage = Stage.OPENING;
    private @Nullable ChannelHandlerContext context;
    private int nextQuestion;

    Talker(Address address, Dialect dialect, String user, EventLoop loop) {
        this.address = address;
        this.dialect = dialect;
        this.user = user;
        this.loop = loop;
    }

    /** The login is confirmed. */
    abstract void loggedIn();

    /** The server told an event. */
    abstract void happened(String name, JsonNode event, ByteBuf packet);

    /**
     * The connection has ended, and not because of {@link #close}.
     *
     * @param last what it waited for
     */
    abstract void left(Stage last, String reason);

    /** Looks at a packet before it is parsed; true where there is nothing more to do with it. */
    boolean recognises(ByteBuf packet) {
        return false;
    }

    /** A request was answered that nobody {@link #ask asked}. */
    void answered(int id, JsonNode answer) {}

    /** How many bytes its socket takes in that it hasn't read; 0 leaves that to the system. */
    int receiveBuffer() {
        return 0;
    }

    final String user() {
        return user;
    }

    final Dialect dialect() {
        return dialect;
    }

    final EventLoop loop() {
        return loop;
    }

    final Stage stage() {
        return stage;
    }

    final void enter(Stage next) {
        stage = next;
    }

    /** What it waits for, in words. Any thread. */
    final String waitsFor() {
        return stage.waitsFor;
    }

    /** Leaves numbers below this one to requests that are not {@link #ask asked}. */
    final void firstQuestion(int id) {
        nextQuestion = id;
    }

    /** Closes the connection; what happens to it from here on counts for nothing. */
    void close() {
        stage = Stage.OVER;
        if (context != null) {
            context.close();
        }
    }

    /** The connection as its transport has it; nothing before it opened. */
    final @Nullable ChannelHandlerContext context() {
        return context;
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext unused, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            leave("the WebSocket didn't open in time");
        }
    }

    @Override
    protected final void channelRead0(ChannelHandlerContext unused, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> heard(text.content());
            case CloseWebSocketFrame close ->
                leave("the server closed the connection"
                        + (close.statusCode() < 0 ? "" : " with code " + close.statusCode()) + " "
                        + close.reasonText());
            default -> {}
        }
    }

    private void heard(ByteBuf packet) {
        if (stage != Stage.OVER && !recognises(packet) && packet.isReadable()) {
            read(packet);
        }
    }

    private void read(ByteBuf bytes) {
        String text = bytes.toString(StandardCharsets.UTF_8);
        switch (text.charAt(0)) {
            case '0' -> opened(Packet.JSON.readTree(text.substring(1)).path("pingInterval"));
            case '1' -> leave("the server closed the connection");
            case '2' -> say("3" + text.substring(1));
            case '4' -> {
                Packet packet = Packet.parse(text.substring(1));
                if (packet == null) {
                    leave("the server sent what is no packet: " + text);
                } else {
                    got(packet, bytes);
                }
            }
            default -> {}
        }
    }

    private void opened(JsonNode pingInterval) {
        stage = Stage.ENTERING;
        if (dialect.clientPings()) {
            long millis = pingInterval.isIntegralNumber() ? pingInterval.longValue() : DEFAULT_PING_MILLIS;
            var pings = loop.scheduleAtFixedRate(() -> say("2"), millis, millis, TimeUnit.MILLISECONDS);
            if (context != null) {
                context.channel().closeFuture().addListener(_ -> pings.cancel(false));
            }
        } else {
            say(dialect.connect(address.namespace(), user));
        }
    }

    private void got(Packet packet, ByteBuf bytes) {
        if (!packet.namespace().equals(address.namespace())) {
            otherNamespace(packet);
            return;
        }
        switch (packet.type()) {
            case Packet.CONNECT -> stage = Stage.LOGIN;
            case Packet.DISCONNECT -> leave("the server disconnected it");
            case Packet.ERROR -> leave("the server refused it: " + Packet.words(packet.data()));
            case Packet.ACK -> settle(packet.id(), packet.data());
            case Packet.EVENT -> told(packet.data(), bytes);
            default -> leave("the server sent a packet of type " + packet.type());
        }
    }

    /** Older servers let everybody into the main namespace first. */
    private void otherNamespace(Packet packet) {
        if (packet.type() == Packet.CONNECT && dialect.clientPings()) {
            say(dialect.connect(address.namespace(), user));
        } else if (packet.type() == Packet.ERROR) {
            leave("the server refused it: " + Packet.words(packet.data()));
        }
    }

    private void told(JsonNode event, ByteBuf bytes) {
        String name = event.path(0).asString("");
        switch (name) {
            case "loginConfirmed" -> loggedIn();
            case "loginRejected" -> leave("the server rejected the login: " + Packet.words(event.path(1)));
            default -> happened(name, event, bytes);
        }
    }

    private void settle(int id, JsonNode answer) {
        CompletableFuture<JsonNode> question = questions.remove(id);
        if (question == null) {
            answered(id, answer);
            return;
        }
        JsonNode error = answer.path(0);
        if (error.isNull()) {
            question.complete(answer);
        } else {
            question.completeExceptionally(new BenchException(Packet.words(error)));
        }
    }

    /**
     * Asks something. Any thread.
     *
     * @param args the arguments, as Jackson writes them
     * @return the whole answer, completed on the loop; exceptionally with the server's error, or with the reason where
     *     the connection ends; never, once it was {@link #close closed} from this side
     */
    final CompletableFuture<JsonNode> ask(String command, Object... args) {
        var answer = new CompletableFuture<JsonNode>();
        if (loop.inEventLoop()) {
            ask(answer, command, args);
        } else {
            loop.execute(() -> ask(answer, command, args));
        }
        return answer;
    }

    private void ask(CompletableFuture<JsonNode> answer, String command, Object... args) {
        int id = nextQuestion++;
        questions.put(id, answer);
        say(request(id, command, List.of(args)));
    }

    /** A packet that asks something under a number. */
    final String request(int id, String command, List<Object> args) {
        String namespace = address.namespace().equals("/") ? "" : address.namespace() + ",";
        var packet = new StringBuilder("42")
                .append(namespace)
                .append(id)
                .append("[\"")
                .append(command)
                .append('"');
        args.forEach(arg -> packet.append(',').append(Packet.JSON.writeValueAsString(arg)));
        return packet.append(']').toString();
    }

    final void say(String packet) {
        if (context != null && context.channel().isActive()) {
            context.writeAndFlush(new TextWebSocketFrame(packet));
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext unused) {
        leave("the connection ended while it waited " + stage.waitsFor);
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
        leave(Reasons.of(cause));
    }

    /** The first reason counts; whatever follows from it doesn't. */
    final void leave(String reason) {
        Stage last = stage;
        close();
        if (last != Stage.OVER) {
            left(last, reason.strip());
            var unanswered = List.copyOf(questions.values());
            questions.clear();
            unanswered.forEach(question -> question.completeExceptionally(new BenchException(reason.strip())));
        }
    }
}
