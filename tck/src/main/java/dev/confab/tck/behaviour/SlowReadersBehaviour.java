package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.Statistics;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.News;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Heard;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members who can't be written to at once, or were not told: they read the log, and miss nothing. */
abstract class SlowReadersBehaviour extends Behaviour {

    /** More than an outbox of the door holds, and more than a page. */
    private static final int MANY = 300;

    private void say(LoopbackClient author, String room, int messages) {
        for (int i = 0; i < messages; i++) {
            author.result("roomMessage", room, text("one of many"));
        }
    }

    private static List<Long> idsHeard(LoopbackClient client, String room) {
        return client.events("roomMessage").stream()
                .filter(event -> event.arg(0).equals(Value.of(room)))
                .map(event -> ((Value.Num) Objects.requireNonNull(field(event.arg(1), "id"))).asLong())
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** What was told so far has arrived, and whoever was behind is live again. */
    private void hearsAll(LoopbackClient author, LoopbackClient client, String room, long last) {
        while (idsHeard(client, room).size() < last) {
            client.expect("roomMessage");
        }
        say(author, room, 1);
        while (idsHeard(client, room).size() < last + 1) {
            client.expect("roomMessage");
        }
        assertThat(idsHeard(client, room)).isEqualTo(range(1, last + 1));
    }

    @Test
    void whoDoesNotReadFallsBehindAndHearsEverythingOnceLater() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        bob.readAgain();
        hearsAll(ann, bob, ROOM, MANY);
        Statistics counted = chat().statistics();
        assertThat(counted.fellBehind()).isEqualTo(1);
        assertThat(counted.caughtUp()).isEqualTo(1);
        assertThat(counted.pagesRead()).isGreaterThanOrEqualTo(3);
        assertThat(counted.closed()).isEmpty();
    }

    @Test
    void whoReadsKeepsUpMeanwhile() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        ann.settle();
        assertThat(idsHeard(ann, ROOM)).isEqualTo(range(1, MANY));
    }

    @Test
    void repliesAndEverythingThatIsInNoLogStayInOrderInTheOutbox() {
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        CompletableFuture<List<Value>> reply = bob.send("roomGetOwner", ROOM);
        login("cid").result("roomJoin", ROOM);
        chat().users().emit("bob", "note", Value.of(1));
        bob.readAgain();
        assertThat(reply).succeedsWithin(PATIENCE);
        bob.expect("roomUserJoined");
        assertThat(bob.expect("note").arg(0)).isEqualTo(Value.of(1));
        hearsAll(ann, bob, ROOM, MANY);
    }

    @Test
    void roomsThatAreBehindTakeTurns() {
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient ann = member("ann");
        ann.result("roomJoin", "other");
        LoopbackClient bob = member("bob");
        bob.result("roomJoin", "other");
        bob.stopReading();
        say(ann, ROOM, 400);
        say(ann, "other", 400);
        bob.readAgain();
        hearsAll(ann, bob, "other", 400);
        hearsAll(ann, bob, ROOM, 400);
        List<Heard.Event> all = bob.events("roomMessage");
        int endOfFirst = all.indexOf(all.stream()
                .filter(event -> event.arg(0).equals(Value.of(ROOM)))
                .skip(399)
                .findFirst()
                .orElseThrow());
        assertThat(all.subList(0, endOfFirst).stream()
                        .filter(event -> event.arg(0).equals(Value.of("other")))
                        .count())
                .as("messages of the other room before the first room's were all read")
                .isGreaterThan(100);
    }

    @Test
    void whoFellBehindFurtherThanTheLogReachesIsClosedToComeBack() {
        startWithRoom(RoomSettings.builder().historyMaxSize(10));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        bob.readAgain();
        assertThat(bob.awaitClosed()).isEqualTo(CloseReason.LEFT_BEHIND);
        assertThat(CloseReason.LEFT_BEHIND.comeBack()).isTrue();
        List<Long> heard = idsHeard(bob, ROOM);
        assertThat(heard).isEqualTo(range(1, heard.size()));
        ann.settle();
        assertThat(idsHeard(ann, ROOM)).isEqualTo(range(1, MANY));
    }

    @Test
    void whereNothingIsKeptAFullOutboxEndsTheConnection() {
        startWithRoom(RoomSettings.builder().historyMaxSize(0));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        bob.readAgain();
        assertThat(bob.awaitClosed()).isEqualTo(CloseReason.LEFT_BEHIND);
    }

    @Test
    void whoLeavesWhileBehindHearsNothingMore() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        bob.stopReading();
        say(ann, ROOM, MANY);
        CompletableFuture<List<Value>> leave = bob.send("roomLeave", ROOM);
        bob.readAgain();
        assertThat(leave).succeedsWithin(PATIENCE).isEqualTo(done(0));
        bob.settle();
        int heard = idsHeard(bob, ROOM).size();
        say(ann, ROOM, 3);
        bob.settle();
        assertThat(idsHeard(bob, ROOM)).hasSize(heard);
    }

    @Test
    void anAnnouncementThatIsLostMakesMembersReadTheLog() {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        say(ann, ROOM, 1);
        store.announcing(News.POSTED).dropOnce();
        say(ann, ROOM, 2);
        for (LoopbackClient client : List.of(ann, bob)) {
            hearsAtLeast(client, 3);
            assertThat(idsHeard(client, ROOM)).isEqualTo(range(1, 3));
        }
        say(ann, ROOM, 1);
        hearsAtLeast(bob, 4);
        assertThat(idsHeard(bob, ROOM)).isEqualTo(range(1, 4));
    }

    private void hearsAtLeast(LoopbackClient client, int count) {
        while (idsHeard(client, ROOM).size() < count) {
            client.expect("roomMessage");
        }
    }

    @Test
    void announcementsThatComeLateOrTwiceAreHeardOnceAndInOrder() throws Exception {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        say(ann, ROOM, 1);
        store.announcing(News.POSTED).repeatOnce();
        say(ann, ROOM, 1);
        try (Hold late = store.announcing(News.POSTED).hold()) {
            say(ann, ROOM, 2);
            late.awaitHeld();
            hearsAtLeast(bob, 4);
        }
        say(ann, ROOM, 1);
        hearsAtLeast(bob, 5);
        bob.settle();
        assertThat(idsHeard(bob, ROOM)).isEqualTo(range(1, 5));
    }

    @Test
    void whoJoinsBetweenAMessageAndItsAnnouncementHearsItNotTwice() throws Exception {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        say(ann, ROOM, 1);
        try (Hold late = store.announcing(News.POSTED).hold()) {
            say(ann, ROOM, 1);
            late.awaitHeld();
            bob.result("roomJoin", ROOM);
        }
        say(ann, ROOM, 1);
        bob.expect("roomMessage");
        bob.settle();
        assertThat(idsHeard(bob, ROOM)).isEqualTo(range(3, 3));
        hearsAtLeast(ann, 3);
        assertThat(idsHeard(ann, ROOM)).isEqualTo(range(1, 3));
    }

    /** Clients who read when they like, leave, and come back with their position: each hears each message once, in order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverReadersDoTheyMissNothing(long seed) {
        options.replayMaxMessages(10_000);
        startWithRoom();
        LoopbackClient ann = member("ann");
        var random = new Random(seed);
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < 4; i++) {
            readers.add(new Reader("reader" + i));
        }
        int said = 0;
        for (int step = 0; step < 120; step++) {
            Reader reader = readers.get(random.nextInt(readers.size()));
            switch (random.nextInt(8)) {
                case 0 -> reader.client.stopReading();
                case 1 -> reader.client.read(random.nextInt(100));
                case 2 -> reader.client.readAgain();
                case 3 -> reader.comeBack();
                default -> {
                    int more = random.nextInt(40);
                    said += more;
                    say(ann, ROOM, more);
                }
            }
        }
        for (Reader reader : readers) {
            reader.comeBack();
            assertThat(reader.ids).isEqualTo(range(1, said));
        }
    }

    /** Somebody who keeps what was heard over many connections. */
    private final class Reader {
        private final String name;
        private final List<Long> ids = new ArrayList<>();
        private final String epoch;
        private LoopbackClient client;

        Reader(String name) {
            this.name = name;
            client = login(name);
            Value brought = client.request("roomJoin", ROOM, since()).get(2);
            epoch = ((Value.Text) Objects.requireNonNull(field(brought, "epoch"))).text();
        }

        /** Breaks off, keeps what was read so far, and comes back with the position of it. */
        void comeBack() {
            client.drop();
            client.awaitClosed();
            ids.addAll(idsHeard(client, ROOM));
            client = login(name);
            long last = ids.isEmpty() ? 0 : ids.getLast();
            List<Value> reply = client.request("roomJoin", ROOM, Map.of("since", Map.of("epoch", epoch, "id", last)));
            assertThat(field(reply.get(2), "recovered")).isEqualTo(Value.TRUE);
            ids.addAll(idsHeard(client, ROOM));
            client.takeAll();
            client.drop();
            client.awaitClosed();
            client = login(name);
            last = ids.isEmpty() ? 0 : ids.getLast();
            client.result("roomJoin", ROOM, Map.of("since", Map.of("epoch", epoch, "id", last)));
        }

        private static Map<String, @Nullable Object> since() {
            var extra = new HashMap<String, @Nullable Object>();
            extra.put("since", null);
            return extra;
        }
    }

    @Test
    void theFirstMessageOfARoomMayBeTheOneThatWasLost() {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        store.announcing(News.POSTED).dropOnce();
        say(ann, ROOM, 2);
        hearsAll(ann, bob, ROOM, 2);
    }

    @Test
    void whatWasLostWhileAJoinWasUnderWayIsReadInTheLog() throws Exception {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        CompletableFuture<List<Value>> join;
        try (Hold hold = store.after(Op.JOIN).hold()) {
            join = bob.send("roomJoin", ROOM);
            hold.awaitHeld();
            say(ann, ROOM, 1);
            store.announcing(News.POSTED).dropOnce();
            say(ann, ROOM, 2);
        }
        assertThat(join).succeedsWithin(PATIENCE).isEqualTo(done(1));
        hearsAll(ann, bob, ROOM, 3);
    }
}
