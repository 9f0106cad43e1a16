package dev.confab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The owner of a room in a soak: creates it, bans members and lets them in again, reads the log, deletes the room and
 * creates it again; and tells the checker. One thing after the other, on a thread of its own.
 */
final class SoakKeeper {

    private static final int PAGE = 100;
    private static final int LONGEST_PAUSE = 300;

    private final String room;
    private final SoakPlan plan;
    private final Link link;
    private final SoakChecker checker;
    private final SoakCounts counts;
    private final SplittableRandom random;
    private final Map<String, KnownLog.Ban> bans = new LinkedHashMap<>();
    private @Nullable KnownLog log;

    SoakKeeper(int number, String room, SoakPlan plan, EventLoop loop, SoakChecker checker, SoakCounts counts) {
        this.room = room;
        this.plan = plan;
        this.checker = checker;
        this.counts = counts;
        link = new Link(plan, plan.user() + "keeper-" + number, loop);
        random = new SplittableRandom(~plan.seed() + number);
    }

    String room() {
        return room;
    }

    /** Comes, and creates its room. */
    void open(int number, Dialer dialer) throws InterruptedException {
        dialer.dial(number, link, cause -> link.loop().execute(() -> link.leave(Reasons.of(cause))));
        await(link.ready);
        try {
            create();
        } catch (BenchException e) {
            throw Refusals.isExplained(e.line())
                    ? new BenchException("the server lets nobody create rooms, which a soak needs; start it with"
                            + " --enable-rooms-management")
                    : e;
        }
    }

    private void create() throws InterruptedException {
        await(link.ask("roomCreate", room, false));
        log = checker.created(room, await(head()));
    }

    /** Does as it likes, until it is told that time is over. */
    void keep(List<String> members, CountDownLatch over) throws InterruptedException {
        while (!over.await(random.nextInt(LONGEST_PAUSE), TimeUnit.MILLISECONDS)) {
            int choice = random.nextInt(20);
            if (choice < 9) {
                ban(members.get(random.nextInt(members.size())));
            } else if (choice < 16) {
                pardonOne();
            } else if (choice < 19) {
                archive();
            } else {
                recreate();
            }
        }
        for (String banned : List.copyOf(bans.keySet())) {
            pardon(banned);
        }
    }

    private void ban(String member) throws InterruptedException {
        if (bans.containsKey(member)) {
            return;
        }
        CompletableFuture<Position> before = head();
        CompletableFuture<JsonNode> done = link.ask("roomAddToList", room, "blacklist", List.of(member));
        CompletableFuture<Position> after = head();
        await(done);
        bans.put(member, log().banned(member, await(before).id(), await(after).id()));
        counts.bans.increment();
    }

    private void pardonOne() throws InterruptedException {
        if (!bans.isEmpty()) {
            pardon(List.copyOf(bans.keySet()).get(random.nextInt(bans.size())));
        }
    }

    private void pardon(String member) throws InterruptedException {
        CompletableFuture<Position> before = head();
        CompletableFuture<JsonNode> done = link.ask("roomRemoveFromList", room, "blacklist", List.of(member));
        KnownLog.Ban ban = bans.remove(member);
        if (ban != null) {
            ban.lifted(await(before).id());
        }
        await(done);
    }

    private void recreate() throws InterruptedException {
        archive();
        close();
        bans.clear();
        counts.deletions.increment();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE));
        create();
    }

    /** Deletes the room. */
    void close() throws InterruptedException {
        await(link.ask("roomDelete", room));
        checker.deleted(room);
    }

    /** Goes for good. */
    void leave() {
        link.close();
    }

    /**
     * Reads the log to its end.
     *
     * @return the end
     */
    Position archive() throws InterruptedException {
        KnownLog to = log();
        while (true) {
            CompletableFuture<JsonNode> page = link.ask("roomHistoryGet", room, to.archivedTo(), PAGE);
            CompletableFuture<JsonNode> info = info();
            List<KnownLog.Entry> entries = entries(await(page).path(1));
            JsonNode answer = await(info);
            long kept = answer.path(1).path("lastMessageId").asLong(0)
                    - answer.path(1).path("historySize").asLong(0)
                    + 1;
            to.archived(entries, kept);
            if (entries.isEmpty()) {
                return Position.of(answer.path(2));
            }
        }
    }

    private static List<KnownLog.Entry> entries(JsonNode page) {
        var entries = new ArrayList<KnownLog.Entry>();
        for (JsonNode message : page) {
            entries.add(new KnownLog.Entry(
                    message.path("id").asLong(-1),
                    Words.of(message.path("textMessage").asString(""))));
        }
        Collections.reverse(entries);
        return entries;
    }

    private CompletableFuture<Position> head() {
        return info().thenApply(answer -> Position.of(answer.path(2)));
    }

    private CompletableFuture<JsonNode> info() {
        return link.ask("roomHistoryInfo", room, Collections.singletonMap("since", null));
    }

    private KnownLog log() {
        if (log == null) {
            throw new IllegalStateException("there is no room yet");
        }
        return log;
    }

    private <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(plan.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof BenchException refused
                    ? refused
                    : new BenchException(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            String lost = link.lost.get();
            throw new BenchException("the owner of " + room + " waited " + Units.seconds(plan.patience()) + " in vain "
                    + link.waitsFor() + (lost == null ? "" : ": " + lost));
        }
    }

    private static final class Link extends Talker {
        private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
        private final AtomicReference<@Nullable String> lost = new AtomicReference<>();

        Link(SoakPlan plan, String user, EventLoop loop) {
            super(plan.address(), plan.dialects().getFirst(), user, loop);
        }

        @Override
        void loggedIn() {
            enter(Stage.READY);
            ready.complete(true);
        }

        @Override
        void happened(String name, JsonNode event, ByteBuf packet) {}

        @Override
        void left(Stage last, String reason) {
            lost.set(reason);
            ready.completeExceptionally(new BenchException(reason));
        }
    }
}
