package dev.confab.bench;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A room server with one room for everybody, which does to its members what a test asks for. */
final class RogueServer implements AutoCloseable {

    /** The id that a room's log has before the run. */
    static final int HEAD = 40;

    private static final int LARGEST_REQUEST = 65_536;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Member> members = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final Mischief mischief;
    private final Channel door;
    private boolean holds;
    private final List<Runnable> held = new ArrayList<>();

    /** A message as a member is told of it: an id, and the id of the message whose text goes with it. */
    record Said(long id, long textOf) {

        Said(long id) {
            this(id, id);
        }
    }

    /** What the server does wrong. Its answers are asked for on one thread. */
    interface Mischief {

        /** What a member is told when the room gets an id. */
        default List<Said> says(int member, long id) {
            return List.of(new Said(id));
        }

        /** The error that answers a message; empty for none. */
        default String refuses(long id) {
            return "";
        }

        /** Whether a member's connection ends when the room gets an id. */
        default boolean cuts(int member, long id) {
            return false;
        }

        /** For how many milliseconds the server does nothing when the room gets an id. */
        default int stops(long id) {
            return 0;
        }

        /** How a login is answered. */
        default String login() {
            return "loginConfirmed";
        }
    }

    RogueServer(Mischief mischief) {
        this.mischief = mischief;
        for (int i = 0; i <= HEAD; i++) {
            texts.add("old");
        }
        door = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var config = WebSocketServerProtocolConfig.newBuilder()
                                .websocketPath("/socket.io/")
                                .checkStartsWith(true)
                                .build();
                        channel.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LARGEST_REQUEST),
                                        new WebSocketServerProtocolHandler(config),
                                        new Member());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    String address() {
        return "http://127.0.0.1:" + ((InetSocketAddress) door.localAddress()).getPort();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void doOrHold(Runnable action) {
        if (holds) {
            held.add(action);
        } else {
            action.run();
        }
    }

    private void stopFor(int millis) {
        holds = true;
        loop.next().schedule(this::goOn, millis, TimeUnit.MILLISECONDS);
    }

    private void goOn() {
        holds = false;
        var actions = List.copyOf(held);
        held.clear();
        actions.forEach(this::doOrHold);
    }

    private void post(Member author, String ack, String text) {
        long id = texts.size();
        String error = mischief.refuses(id);
        if (!error.isEmpty()) {
            author.say("43/chat-service," + ack + "[\"" + error + "\",null]");
            return;
        }
        texts.add(text);
        for (int i = 0; i < members.size(); i++) {
            if (mischief.cuts(i, id)) {
                members.get(i).cut();
            }
            for (Said said : mischief.says(i, id)) {
                members.get(i).hear(said);
            }
        }
        author.say("43/chat-service," + ack + "[null," + id + "]");
        int stop = mischief.stops(id);
        if (stop > 0) {
            stopFor(stop);
        }
    }

    /** A connection; a member of the room once it has joined. */
    private final class Member extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private @Nullable ChannelHandlerContext context;

        @Override
        public void userEventTriggered(ChannelHandlerContext opened, Object event) {
            if (event instanceof HandshakeComplete complete) {
                context = opened;
                say("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":100,\"pingTimeout\":20000}");
                if (complete.requestUri().contains("EIO=3")) {
                    say("40");
                } else {
                    say("2");
                }
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext unused, TextWebSocketFrame frame) {
            String packet = frame.text();
            if (packet.equals("2")) {
                say("3");
            } else if (packet.startsWith("40/chat-service")) {
                say("40/chat-service,");
                say("42/chat-service,[\"" + mischief.login() + "\",\"somebody\",{}]");
            } else if (packet.startsWith("42/chat-service,")) {
                int json = packet.indexOf('[');
                String ack = packet.substring("42/chat-service,".length(), json);
                request(ack, Packet.JSON.readTree(packet.substring(json)));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext reset, Throwable cause) {
            reset.close();
        }

        private void request(String ack, JsonNode request) {
            switch (request.get(0).stringValue()) {
                case "roomJoin" -> {
                    members.add(this);
                    say("43/chat-service," + ack + "[null,1]");
                }
                case "roomHistoryInfo" ->
                    say("43/chat-service," + ack + "[null,{\"lastMessageId\":" + (texts.size() - 1) + "}]");
                default ->
                    doOrHold(() ->
                            post(this, ack, request.get(2).get("textMessage").stringValue()));
            }
        }

        void hear(Said said) {
            say("42/chat-service,[\"roomMessage\",\"default\",{\"id\":" + said.id()
                    + ",\"timestamp\":1,\"author\":\"somebody\",\"textMessage\":\"" + texts.get((int) said.textOf())
                    + "\"}]");
        }

        void say(String packet) {
            requireNonNull(context).writeAndFlush(new TextWebSocketFrame(packet));
        }

        void cut() {
            requireNonNull(context).close();
        }
    }
}
