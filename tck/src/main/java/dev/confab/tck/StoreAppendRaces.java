package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Message;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.PageLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many write and many read at once, and each reader sees the log as if there were only one of each. */
abstract class StoreAppendRaces extends StoreFixture {

    private static final int WRITERS = 4;
    private static final int EACH = 250;
    private static final int ALL_MESSAGES = WRITERS * EACH;
    private static final int READERS = 3;
    private static final PageLimit PAGE = new PageLimit(17, Long.MAX_VALUE);

    @Test
    void whoeverFollowsTheLogSeesEveryIdOnceAndInOrder() throws Exception {
        rooms().create(ROOM, settings().historyMaxSize(ALL_MESSAGES).build());
        try (var race = new Race(PATIENCE)) {
            var writers = new ArrayList<Future<List<Message>>>();
            for (int i = 0; i < WRITERS; i++) {
                String writer = "writer " + i;
                writers.add(race.enter(() -> write(writer)));
            }
            var pagers = new ArrayList<Future<List<Message>>>();
            var joiners = new ArrayList<Future<Long>>();
            for (int i = 0; i < READERS; i++) {
                String reader = "reader " + i;
                pagers.add(race.enter(this::readToTheEnd));
                joiners.add(race.enter(() -> join(reader, reader).position().id()));
            }
            race.run();

            List<Message> announced = announced();
            assertThat(ids(announced)).isEqualTo(idsFrom(1));
            for (Future<List<Message>> pager : pagers) {
                assertThat(pager.get()).isEqualTo(announced);
            }
            var acknowledged = new ArrayList<Message>();
            for (Future<List<Message>> writer : writers) {
                assertThat(ids(writer.get())).isSorted();
                acknowledged.addAll(writer.get());
            }
            assertThat(acknowledged).containsExactlyInAnyOrderElementsOf(announced);
            for (Future<Long> joiner : joiners) {
                List<Message> followed = readUpTo(joiner.get());
                followed.addAll(announced.subList(Math.toIntExact(joiner.get()), ALL_MESSAGES));
                assertThat(ids(followed)).isEqualTo(idsFrom(1));
            }
        }
    }

    @Test
    void aTrimmedLogIsReadWithoutAGapToo() throws Exception {
        rooms().create(ROOM, settings().historyMaxSize(20).build());
        try (var race = new Race(PATIENCE)) {
            for (int i = 0; i < WRITERS; i++) {
                race.enterToo(() -> write("writer"));
            }
            var pages = race.enter(() -> {
                var read = new ArrayList<LogPage>();
                do {
                    read.add(rooms().readAfter(ROOM, Guard.NONE, 0, PAGE));
                    read.add(rooms().readNewest(ROOM, Guard.NONE, PAGE));
                } while (read.getLast().lastId() < ALL_MESSAGES);
                return read;
            });
            race.run();
            for (LogPage page : pages.get()) {
                int kept = Math.toIntExact(page.lastId() - page.firstId() + 1);
                assertThat(kept).isEqualTo(Math.toIntExact(Math.min(20, page.lastId())));
                assertThat(page.messages()).hasSize(Math.min(17, kept));
                if (kept > 0) {
                    long first = page.messages().getFirst().id();
                    assertThat(ids(page.messages()))
                            .isEqualTo(LongStream.range(
                                            first, first + page.messages().size())
                                    .boxed()
                                    .toList());
                }
            }
        }
    }

    @Test
    void whoIsBannedPostsNothingAfterTheBanReturned() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            joinAll("ann");
            try (var race = new Race(PATIENCE)) {
                var refusal = race.enter(this::writeUntilRefused);
                var head = race.enter(() -> {
                    change(adding(RoomList.BLACKLIST, "ann"));
                    return rooms().view(ROOM, Guard.NONE).head().id();
                });
                race.run();
                assertThat(refusal.get()).isEqualTo(ChatError.notJoined(ROOM));
                assertThat(rooms().view(ROOM, Guard.NONE).head().id()).isEqualTo(head.get());
            }
            List<Announced> announced = ear.takeAll();
            assertThat(announced.getLast()).isInstanceOf(Announced.Departed.class);
            assertThat(announced.subList(0, announced.size() - 1)).allMatch(Announced.Posted.class::isInstance);
            rooms().delete(ROOM, Guard.NONE);
        }
    }

    @Test
    void nothingIsAppendedToARoomOnceItsDeletionIsAnnounced() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            createRoom();
            joinAll("ann");
            try (var race = new Race(PATIENCE)) {
                var written = race.enter(this::writeUntilThereIsNoRoom);
                race.enterToo(() -> rooms().delete(ROOM, Guard.NONE));
                race.run();
                List<Announced> announced = ear.takeAll();
                assertThat(announced).hasSize(written.get() + 1);
                assertThat(announced.getLast()).isInstanceOf(Announced.Departed.class);
            }
        }
    }

    private List<Message> write(String author) {
        var written = new ArrayList<Message>();
        for (int i = 0; i < EACH; i++) {
            Body body = Body.text(author + " says " + i);
            Appended appended = rooms().append(ROOM, Guard.NONE, author, body, null);
            written.add(new Message(appended.id(), author, appended.timestamp(), body));
        }
        return written;
    }

    private ChatError writeUntilRefused() {
        while (true) {
            try {
                rooms().append(ROOM, new Guard.Member("ann"), "ann", Body.text("hello"), null);
            } catch (ChatException e) {
                return e.error();
            }
        }
    }

    private int writeUntilThereIsNoRoom() {
        int written = 0;
        while (true) {
            try {
                rooms().append(ROOM, Guard.NONE, null, Body.text("hello"), null);
                written++;
            } catch (ChatException e) {
                assertThat(e.error()).isEqualTo(ChatError.noRoom(ROOM));
                return written;
            }
        }
    }

    private List<Message> readToTheEnd() {
        return readUpTo(ALL_MESSAGES);
    }

    private List<Message> readUpTo(long last) {
        var read = new ArrayList<Message>();
        while (read.size() < last) {
            LogPage page = rooms().readAfter(ROOM, Guard.NONE, read.size(), PAGE);
            page.messages().stream().filter(message -> message.id() <= last).forEach(read::add);
        }
        return read;
    }

    private List<Message> announced() {
        return ear.takeAll().stream()
                .map(Announced.Posted.class::cast)
                .map(Announced.Posted::message)
                .collect(Collectors.toList());
    }

    private static List<Long> idsFrom(long first) {
        return LongStream.rangeClosed(first, ALL_MESSAGES).boxed().toList();
    }
}
