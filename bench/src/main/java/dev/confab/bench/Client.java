package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One connection: logs in, joins its room, and hears what is said there. Lives on its lane. */
final class Client extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final long DEFAULT_PING_MILLIS = 25_000;

    /** What a client is to say next, or waits for; in the words of a complaint. */
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

    private final String who;
    private final String user;
    private final Room room;
    private final Dialect dialect;
    private final Address address;
    private final Lane lane;
    private final Watch watch;
    private final Faults faults;
    private final @Nullable Publisher[] publishers;
    private final int run;
    private final IdChecker checker;
    private final Map<Integer, CompletableFuture<JsonNode>> questions = new HashMap<>();

    private volatile Stage stage = Stage.OPENING;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Publisher publisher;
    private int firstQuestion;
    private int nextQuestion;

    /** Hears how clients fare. Called on their lanes. */
    interface Watch {

        /** A client is in its room. */
        void ready(Client client);

        /** A client can't get into its room, for a reason in words. */
        void refused(String reason);

        /** A client that was in its room got what makes the rest of the run worthless. */
        void failed(Fault fault, String words);
    }

    /**
     * A client that isn't connected yet.
     *
     * @param number which of the run's clients
     * @param publishers all publishers of the run
     */
    Client(
            int number,
            Plan plan,
            int run,
            Room room,
            Lane lane,
            @Nullable Publisher[] publishers,
            Faults faults,
            Watch watch) {
        user = plan.user() + number;
        this.room = room;
        who = "client " + number + " (" + user + " in " + room.name() + ")";
        dialect = plan.dialects().get(number % plan.dialects().size());
        address = plan.address();
        this.run = run;
        this.lane = lane;
        this.publishers = publishers;
        this.faults = faults;
        this.watch = watch;
        checker = new IdChecker(who, faults);
    }

    /** Makes it one that publishes; before it connects. */
    void publishes(Publisher voice, int slots) {
        publisher = voice;
        firstQuestion = slots;
        nextQuestion = slots;
    }

    String who() {
        return who;
    }

    String user() {
        return user;
    }

    Room room() {
        return room;
    }

    Lane lane() {
        return lane;
    }

    Dialect dialect() {
        return dialect;
    }

    /** What it waits for, in words. Any thread. */
    String waitsFor() {
        return stage.waitsFor;
    }

    boolean isReady() {
        return stage == Stage.READY;
    }

    void start() {
        checker.startAfter(room.head());
    }

    void end() {
        checker.end(room.head());
    }

    /** Closes the connection; what happens to it from here on counts for nothing. */
    void close() {
        stage = Stage.OVER;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext unused, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            leave("the WebSocket didn't open in time");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext unused, WebSocketFrame frame) {
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
        Heard known = lane.recent(room).find(checker.next(), packet);
        if (known != null) {
            got(known);
        } else if (packet.isReadable()) {
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
            lane.loop().scheduleAtFixedRate(() -> say("2"), millis, millis, TimeUnit.MILLISECONDS);
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
            case Packet.ACK -> answered(packet.id(), packet.data());
            case Packet.EVENT -> happened(packet.data(), bytes);
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

    private void happened(JsonNode event, ByteBuf bytes) {
        switch (event.path(0).asString("")) {
            case "loginConfirmed" -> join();
            case "loginRejected" -> leave("the server rejected the login: " + Packet.words(event.path(1)));
            case "roomMessage" -> message(event, bytes);
            case "roomAccessRemoved" -> leave("it lost access to the room");
            default -> {}
        }
    }

    private void join() {
        stage = Stage.JOIN;
        ask("roomJoin").whenComplete((_, refusal) -> {
            if (refusal != null) {
                leave("the server refused the join: " + refusal.getMessage());
            } else if (stage == Stage.JOIN) {
                stage = Stage.READY;
                watch.ready(this);
            }
        });
    }

    private void message(JsonNode event, ByteBuf bytes) {
        JsonNode id = event.path(2).path("id");
        if (!event.path(1).asString("").equals(room.name()) || !id.isIntegralNumber()) {
            return;
        }
        String text = event.path(2).path("textMessage").asString("");
        var heard = new Heard(id.longValue(), mark(text), copy(bytes));
        lane.recent(room).keep(heard);
        room.has(heard.id());
        got(heard);
    }

    private @Nullable Mark mark(String text) {
        Mark mark = Mark.of(text);
        return mark != null && mark.run() == run && mark.publisher() >= 0 && mark.publisher() < publishers.length
                ? mark
                : null;
    }

    private static ByteBuf copy(ByteBuf bytes) {
        return Unpooled.wrappedBuffer(ByteBufUtil.getBytes(bytes));
    }

    private void got(Heard heard) {
        boolean isNew = checker.heard(heard.id());
        Mark mark = heard.mark();
        if (mark == null) {
            return;
        }
        lane.meter().signs.increment();
        Publisher author = publishers[mark.publisher()];
        if (isNew && author != null) {
            lane.meter().owed.decrement();
            author.delivered(mark, heard.id(), this, faults);
        }
    }

    /** Asks something about the room. Any thread; completes on the lane, exceptionally with the server's error. */
    CompletableFuture<JsonNode> ask(String command) {
        var answer = new CompletableFuture<JsonNode>();
        lane.loop().execute(() -> {
            int id = nextQuestion++;
            questions.put(id, answer);
            say(request(id, command) + "]");
        });
        return answer;
    }

    private String request(int id, String command) {
        String namespace = address.namespace().equals("/") ? "" : address.namespace() + ",";
        return "42" + namespace + id + "[\"" + command + "\"," + Packet.JSON.writeValueAsString(room.name());
    }

    /** Writes a message, which leaves with the next {@link #flush}. On the lane. */
    void publish(int slot, String text) {
        if (context != null) {
            context.write(
                    new TextWebSocketFrame(request(slot, "roomMessage") + ",{\"textMessage\":\"" + text + "\"}]"));
        }
    }

    void flush() {
        if (context != null) {
            context.flush();
        }
    }

    private void answered(int id, JsonNode answer) {
        JsonNode error = answer.path(0);
        CompletableFuture<JsonNode> question = questions.remove(id);
        if (question != null) {
            if (error.isNull()) {
                question.complete(answer.path(1));
            } else {
                question.completeExceptionally(new BenchException(Packet.words(error)));
            }
        } else if (publisher != null && id >= 0 && id < firstQuestion) {
            acknowledged(publisher, id, error, answer.path(1));
        }
    }

    private void acknowledged(Publisher voice, int slot, JsonNode error, JsonNode id) {
        lane.meter().signs.increment();
        if (!error.isNull()) {
            watch.failed(Fault.REFUSAL, who + " was refused a message: " + Packet.words(error));
        } else {
            room.has(id.asLong(0));
            voice.acknowledged(slot, id.asLong(0), faults);
        }
    }

    private void say(String packet) {
        if (context != null && context.channel().isActive()) {
            context.writeAndFlush(new TextWebSocketFrame(packet));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext unused) {
        leave("the connection ended while it waited " + stage.waitsFor);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext unused, Throwable cause) {
        leave(Reasons.of(cause));
    }

    /** The first reason counts; whatever follows from it doesn't. */
    private void leave(String reason) {
        Stage last = stage;
        close();
        if (last == Stage.READY) {
            watch.failed(Fault.LOSS, who + " was lost: " + reason.strip());
        } else if (last != Stage.OVER) {
            watch.refused(who + ": " + reason.strip());
        }
    }
}
