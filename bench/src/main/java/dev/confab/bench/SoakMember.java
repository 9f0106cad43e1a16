package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody in a soak: loses the connection, leaves, stops reading, is thrown out, and always comes back to its rooms with
 * the position that it has. Lives on its loop.
 */
final class SoakMember {

    private static final int SMALL_BUFFER = 4 * 1024;
    private static final Set<String> OF_ROOMS =
            Set.of("roomUserJoined", "roomUserLeft", "roomAccessListAdded", "roomAccessListRemoved", "roomModeChanged");

    /**
     * How somebody behaves.
     *
     * @param apartMillis the average time between two things that it does
     * @param slow whether it is one that stops reading
     */
    record Habit(int apartMillis, boolean slow) {}

    private final int number;
    private final String name;
    private final SoakPlan plan;
    private final Habit habit;
    private final Dialer dialer;
    private final EventLoop loop;
    private final SplittableRandom random;
    private final Faults faults;
    private final SoakCounts counts;
    private final Map<String, View> views = new LinkedHashMap<>();
    private final Set<View> leaving = new HashSet<>();
    private @Nullable SoakVoice voice;
    private @Nullable Link link;
    private boolean settles;

    SoakMember(
            int number,
            SoakPlan plan,
            Habit habit,
            Dialer dialer,
            List<String> rooms,
            SoakChecker checker,
            Faults faults,
            SoakCounts counts) {
        this.number = number;
        this.plan = plan;
        this.habit = habit;
        this.dialer = dialer;
        this.faults = faults;
        this.counts = counts;
        name = plan.user() + number;
        loop = dialer.loops().next();
        random = new SplittableRandom(plan.seed() + number);
        rooms.forEach(room -> views.put(room, checker.view(name, room)));
    }

    /** Lets it speak in its first room; before it connects. */
    void speaks(double pauseMillis) {
        voice = new SoakVoice(this, views.values().iterator().next(), random.split(), pauseMillis, plan.size(), counts);
    }

    String name() {
        return name;
    }

    EventLoop loop() {
        return loop;
    }

    Iterable<View> views() {
        return views.values();
    }

    /** The connection that it has; nothing while it has none. */
    @Nullable
    Link link() {
        return link;
    }

    void later(long millis, Runnable action) {
        loop.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    /** Comes, and goes to its rooms. */
    void connect() {
        var fresh = new Link();
        link = fresh;
        dialer.dial(number, fresh, cause -> loop.execute(() -> fresh.leave(Reasons.of(cause))));
    }

    /** Does as it likes from here on. */
    void start() {
        if (voice != null) {
            voice.start();
        }
        actLater();
    }

    /** Gives no more trouble: finishes what it has to say, stays, and reads everything. */
    void settle() {
        settles = true;
        if (voice != null) {
            voice.fallSilent();
        }
        read(link, true);
    }

    /** Goes for good. */
    void close() {
        settles = true;
        Link last = link;
        link = null;
        if (last != null) {
            last.close();
        }
    }

    boolean isIn() {
        return views.values().stream().allMatch(View::isIn);
    }

    boolean isSilent() {
        return voice == null || voice.isSilent();
    }

    boolean hasRead(Map<String, Position> heads) {
        return views.values().stream()
                .allMatch(view -> view.hasRead(heads.getOrDefault(view.room(), new Position("", -1))));
    }

    void finish(Map<String, Position> heads) {
        heads.forEach((room, head) -> {
            View view = views.get(room);
            if (view != null) {
                view.finish(head);
            }
        });
    }

    /** Something that it asked for was refused. */
    void refused(String what, Throwable refusal) {
        String words = String.valueOf(refusal.getMessage());
        if (Refusals.isExplained(words)) {
            counts.refusals.increment();
        } else {
            faults.add(Fault.REFUSAL, name + " was refused " + what + ": " + words);
        }
    }

    private void actLater() {
        later((long) (random.nextDouble() * 2 * habit.apartMillis()), this::act);
    }

    private void act() {
        if (settles) {
            return;
        }
        Link now = link;
        if (now != null && now.stage() == Talker.Stage.READY) {
            if (habit.slow() && random.nextInt(3) > 0) {
                pause(now);
            } else if (random.nextInt(3) == 0) {
                leave(now);
            } else {
                drop(now);
            }
        }
        actLater();
    }

    /** The connection breaks, in one of the two ways in which connections do. */
    private void drop(Link now) {
        counts.drops.increment();
        ChannelHandlerContext context = now.context();
        if (context != null && random.nextBoolean()) {
            context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        }
        now.close();
        comeBack();
    }

    private void comeBack() {
        link = null;
        leaving.clear();
        views.values().forEach(View::end);
        if (voice != null) {
            voice.interrupted();
        }
        later(random.nextInt(400), this::connect);
    }

    private void pause(Link now) {
        counts.pauses.increment();
        read(now, false);
        later(500 + random.nextInt(2_500), () -> read(now, true));
    }

    private static void read(@Nullable Link of, boolean on) {
        ChannelHandlerContext context = of == null ? null : of.context();
        if (context != null) {
            context.channel().config().setAutoRead(on);
        }
    }

    private void leave(Link now) {
        var all = List.copyOf(views.values());
        View view = all.get(random.nextInt(all.size()));
        if (!view.isIn() || !leaving.add(view)) {
            return;
        }
        counts.leaves.increment();
        now.ask("roomLeave", view.room()).whenComplete((_, refusal) -> {
            if (now == link) {
                leaving.remove(view);
                view.end();
                if (refusal != null) {
                    refused("leaving", refusal);
                }
                joinLater(now, view);
            }
        });
    }

    private void joinLater(Link on, View view) {
        later(50 + random.nextInt(200), () -> {
            if (on == link) {
                join(on, view);
            }
        });
    }

    private void join(Link on, View view) {
        Position since = view.joins();
        on.ask("roomJoin", view.room(), Collections.singletonMap("since", since == null ? null : since.json()))
                .whenComplete((answer, refusal) -> {
                    if (on == link) {
                        answered(on, view, answer, refusal);
                    }
                });
    }

    private void answered(Link on, View view, JsonNode answer, @Nullable Throwable refusal) {
        if (refusal != null) {
            view.refused();
            refused("joining", refusal);
            joinLater(on, view);
            return;
        }
        JsonNode at = answer.path(2);
        view.joined(
                new Position(
                        at.path("epoch").asString(""), at.path("lastMessageId").asLong(-1)),
                at.path("firstMessageId").asLong(-1),
                at.path("recovered").asBoolean(false),
                at.path("missed").asLong(-1));
        if (voice != null) {
            voice.speak();
        }
    }

    /** One connection of this member. */
    final class Link extends Talker {

        Link() {
            super(plan.address(), plan.dialects().get(number % plan.dialects().size()), name, loop);
        }

        @Override
        int receiveBuffer() {
            return habit.slow() ? SMALL_BUFFER : 0;
        }

        @Override
        void loggedIn() {
            enter(Stage.READY);
            views.values().forEach(view -> join(this, view));
        }

        @Override
        void happened(String event, JsonNode args, ByteBuf packet) {
            View view = views.get(args.path(1).asString(""));
            if (view == null) {
                return;
            }
            if (event.equals("roomMessage")) {
                JsonNode message = args.path(2);
                view.heard(
                        message.path("id").asLong(-1),
                        Words.of(message.path("textMessage").asString("")));
            } else if (event.equals("roomAccessRemoved")) {
                removed(view);
            } else if (OF_ROOMS.contains(event)) {
                view.noticed(event);
            }
        }

        private void removed(View view) {
            boolean wasIn = view.isIn();
            view.accessRemoved();
            if (wasIn && !leaving.contains(view)) {
                joinLater(this, view);
            }
        }

        @Override
        void left(Stage last, String reason) {
            if (this != link) {
                return;
            }
            if (habit.slow()) {
                counts.closed.increment();
            } else {
                faults.add(Fault.LOSS, name + " was lost while it waited " + last + ": " + reason);
            }
            comeBack();
        }
    }
}
