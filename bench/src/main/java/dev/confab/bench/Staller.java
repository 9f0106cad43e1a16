package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** One more member of a room from time to time, which reads nothing while it is one. Lives on its loop. */
final class Staller extends Talker {

    private static final int SMALL_BUFFER = 4 * 1024;

    private final int number;
    private final Room room;
    private final Faults faults;
    private final CompletableFuture<Void> loggedIn = new CompletableFuture<>();

    Staller(int number, Plan plan, Room room, EventLoop loop, Faults faults) {
        super(plan.address(), plan.dialects().get(number % plan.dialects().size()), plan.user() + "s" + number, loop);
        this.number = number;
        this.room = room;
        this.faults = faults;
    }

    /** Connects and logs in. */
    CompletableFuture<Void> connect(Dialer dialer) {
        dialer.dial(number, this, loggedIn::completeExceptionally);
        return loggedIn;
    }

    /** Joins, and stops reading. */
    CompletableFuture<?> stall() {
        return ask("roomJoin", room.name()).thenRun(() -> read(false));
    }

    /** Reads again, and leaves. */
    CompletableFuture<?> leave() {
        loop().execute(() -> read(true));
        return ask("roomLeave", room.name());
    }

    private void read(boolean on) {
        ChannelHandlerContext context = context();
        if (context != null) {
            context.channel().config().setAutoRead(on);
        }
    }

    @Override
    int receiveBuffer() {
        return SMALL_BUFFER;
    }

    @Override
    void loggedIn() {
        enter(Stage.READY);
        loggedIn.complete(null);
    }

    /** What it is told doesn't matter, and there is a lot of it. */
    @Override
    boolean recognises(ByteBuf packet) {
        return stage() == Stage.READY
                && packet.readableBytes() > 2
                && packet.getByte(packet.readerIndex()) == '4'
                && packet.getByte(packet.readerIndex() + 1) == '2';
    }

    @Override
    void happened(String name, JsonNode event, ByteBuf packet) {}

    @Override
    void left(Stage last, String reason) {
        if (last == Stage.READY) {
            faults.add(Fault.LOSS, user() + ", which read nothing, was lost: " + reason);
        } else {
            loggedIn.completeExceptionally(new BenchException(user() + ": " + reason));
        }
    }
}
