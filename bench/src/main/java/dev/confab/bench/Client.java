package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One connection that joins its room, and hears what is said there. Lives on its lane. */
final class Client extends Talker {

    private final String who;
    private final Room room;
    private final Lane lane;
    private final Watch watch;
    private final Faults faults;
    private final @Nullable Publisher[] publishers;
    private final int run;
    private final IdChecker checker;

    private @Nullable Publisher publisher;
    private int slots;

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
        super(plan.address(), plan.dialects().get(number % plan.dialects().size()), plan.user() + number, lane.loop());
        this.room = room;
        who = "client " + number + " (" + user() + " in " + room.name() + ")";
        this.run = run;
        this.lane = lane;
        this.publishers = publishers;
        this.faults = faults;
        this.watch = watch;
        checker = new IdChecker(who, faults);
    }

    /** Makes it one that publishes; before it connects. */
    void publishes(Publisher voice, int outstanding) {
        publisher = voice;
        slots = outstanding;
        firstQuestion(outstanding);
    }

    String who() {
        return who;
    }

    Room room() {
        return room;
    }

    Lane lane() {
        return lane;
    }

    boolean isReady() {
        return stage() == Stage.READY;
    }

    void start() {
        checker.startAfter(room.head());
    }

    void end() {
        checker.end(room.head());
    }

    @Override
    boolean recognises(ByteBuf packet) {
        Heard known = lane.recent(room).find(checker.next(), packet);
        if (known == null) {
            return false;
        }
        got(known);
        return true;
    }

    @Override
    void loggedIn() {
        enter(Stage.JOIN);
        ask("roomJoin", room.name()).whenComplete((_, refusal) -> {
            if (refusal != null) {
                leave("the server refused the join: " + refusal.getMessage());
            } else if (stage() == Stage.JOIN) {
                enter(Stage.READY);
                watch.ready(this);
            }
        });
    }

    @Override
    void happened(String name, JsonNode event, ByteBuf packet) {
        switch (name) {
            case "roomMessage" -> message(event, packet);
            case "roomAccessRemoved" -> leave("it lost access to the room");
            default -> {}
        }
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

    /** Writes a message, which leaves with the next {@link #flush}. On the lane. */
    void publish(int slot, String text) {
        ChannelHandlerContext context = context();
        if (context != null) {
            context.write(new TextWebSocketFrame(
                    request(slot, "roomMessage", List.of(room.name(), Map.of("textMessage", text)))));
        }
    }

    void flush() {
        ChannelHandlerContext context = context();
        if (context != null) {
            context.flush();
        }
    }

    @Override
    void answered(int id, JsonNode answer) {
        if (publisher != null && id >= 0 && id < slots) {
            acknowledged(publisher, id, answer.path(0), answer.path(1));
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

    @Override
    void left(Stage last, String reason) {
        if (last == Stage.READY) {
            watch.failed(Fault.LOSS, who + " was lost: " + reason);
        } else {
            watch.refused(who + ": " + reason);
        }
    }
}
