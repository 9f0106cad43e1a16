package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.Value;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.PageLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a room's log keeps, and how it is read. */
abstract class StoreLogs extends StoreFixture {

    private Position start = new Position("", 0);

    @BeforeEach
    void createTheRoom() {
        start = createRoom();
    }

    static List<Value> samples() {
        return Samples.values().toList();
    }

    @Test
    void idsAreOneMoreThanTheLastOne() {
        assertThat(append("a").id()).isEqualTo(1);
        assertThat(append("b").id()).isEqualTo(2);
        assertThat(append("c").id()).isEqualTo(3);
        assertThat(rooms().view(ROOM, Guard.NONE).head()).isEqualTo(start.at(3));
    }

    @Test
    void roomsCountTheirMessagesEachByItself() {
        rooms().create("other", settings().build());
        appendMany(5);
        Appended first = rooms().append("other", Guard.NONE, null, Body.text("a"), null);
        assertThat(first.id()).isEqualTo(1);
        assertThat(first.position().epoch()).isNotEqualTo(start.epoch());
    }

    @Test
    void aMessageIsAnsweredAnnouncedAndReadAlike() {
        Body body = Body.of(Value.Obj.of("n", Value.of(1)));
        Appended appended = rooms().append(ROOM, Guard.NONE, "ann", body, null);
        assertThat(appended).isEqualTo(new Appended(start.at(1), now(), false));
        var message = new Message(1, "ann", now(), body);
        assertThat(ear.nextPosted()).isEqualTo(new Announced.Posted(ROOM, start.at(1), message));
        assertThat(rooms().readAfter(ROOM, Guard.NONE, 0, ALL).messages()).containsExactly(message);
        assertThat(rooms().readNewest(ROOM, Guard.NONE, ALL).messages()).containsExactly(message);
    }

    @Test
    void aMessageIsAnnouncedBeforeItsAppendReturns() {
        append("a");
        assertThat(ear.untaken()).hasSize(1);
    }

    @Test
    void messagesAreAnnouncedInTheOrderOfTheirIds() {
        appendMany(50);
        for (long id = 1; id <= 50; id++) {
            assertThat(ear.nextPosted().position()).isEqualTo(start.at(id));
        }
        nothingMoreIsAnnounced();
    }

    @Test
    void aMessageNeedsNoAuthor() {
        rooms().append(ROOM, Guard.NONE, null, Body.text("the server says"), null);
        assertThat(ear.nextPosted().message().author()).isNull();
        assertThat(rooms().readNewest(ROOM, Guard.NONE, ALL)
                        .messages()
                        .getFirst()
                        .author())
                .isNull();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anyBodyComesBackEqual(Value sample) {
        Body body = Body.of(Value.Obj.of("it", sample));
        rooms().append(ROOM, Guard.NONE, "ann", body, null);
        assertThat(ear.nextPosted().message().body()).isEqualTo(body);
        assertThat(rooms().readAfter(ROOM, Guard.NONE, 0, ALL)
                        .messages()
                        .getFirst()
                        .body())
                .isEqualTo(body);
    }

    @Test
    void fieldsOfABodyKeepTheirOrder() {
        var body = Value.Obj.builder();
        List<String> names = List.of("z", "a", "10", "9", "m", "");
        names.forEach(name -> body.put(name, Value.NULL));
        rooms().append(ROOM, Guard.NONE, "ann", Body.of(body.build()), null);
        Value.Obj read = rooms().readNewest(ROOM, Guard.NONE, ALL)
                .messages()
                .getFirst()
                .body()
                .fields();
        var order = new ArrayList<String>();
        for (int i = 0; i < read.size(); i++) {
            order.add(read.name(i));
        }
        assertThat(order).isEqualTo(names);
    }

    @Test
    void timestampsAreTheClocksToTheMillisecond() {
        assertThat(append("a").timestamp()).isEqualTo(Instant.parse("2031-02-03T04:05:06.789Z"));
        clock.advance(Duration.ofMillis(1));
        assertThat(append("b").timestamp()).isEqualTo(Instant.parse("2031-02-03T04:05:06.790Z"));
    }

    @Test
    void timestampsNeverDecreaseEvenIfTheClockIsSetBack() {
        Instant first = append("a").timestamp();
        clock.advance(Duration.ofHours(-1));
        assertThat(append("b").timestamp()).isEqualTo(first);
        clock.advance(Duration.ofHours(2));
        assertThat(append("c").timestamp()).isAfter(first);
    }

    @Test
    void anAppendThatIsRefusedUsesUpNoId() {
        append("a");
        ear.nextPosted();
        refused(
                ChatError.notJoined(ROOM),
                () -> rooms().append(ROOM, new Guard.Member("ann"), "ann", Body.text("refused"), null));
        nothingMoreIsAnnounced();
        assertThat(append("b").id()).isEqualTo(2);
        assertThat(keptIds()).containsExactly(1L, 2L);
    }

    @Test
    void anEmptyLogHasAPageThatSaysSo() {
        var empty = new LogPage(start.epoch(), 1, 0, List.of());
        assertThat(rooms().readAfter(ROOM, Guard.NONE, 0, ALL)).isEqualTo(empty);
        assertThat(rooms().readNewest(ROOM, Guard.NONE, ALL)).isEqualTo(empty);
    }

    @Test
    void aRoomKeepsItsNewestMessages() {
        rooms().setHistoryMaxSize(ROOM, 3);
        appendMany(5);
        LogPage page = rooms().readNewest(ROOM, Guard.NONE, ALL);
        assertThat(ids(page.messages())).containsExactly(3L, 4L, 5L);
        assertThat(page.firstId()).isEqualTo(3);
        assertThat(page.lastId()).isEqualTo(5);
        assertThat(rooms().view(ROOM, Guard.NONE).historySize()).isEqualTo(3);
        assertThat(rooms().view(ROOM, Guard.NONE).historyMaxSize()).isEqualTo(3);
    }

    @Test
    void aRoomThatKeepsNothingCountsAndAnnouncesStill() {
        rooms().setHistoryMaxSize(ROOM, 0);
        appendMany(2);
        assertThat(ear.nextPosted().position()).isEqualTo(start.at(1));
        assertThat(ear.nextPosted().position()).isEqualTo(start.at(2));
        var page = new LogPage(start.epoch(), 3, 2, List.of());
        assertThat(rooms().readAfter(ROOM, Guard.NONE, 0, ALL)).isEqualTo(page);
        assertThat(rooms().readNewest(ROOM, Guard.NONE, ALL)).isEqualTo(page);
        assertThat(rooms().view(ROOM, Guard.NONE).historySize()).isZero();
    }

    @Test
    void aSmallerHistoryDropsTheOldestAtOnceAndALargerOneBringsNothingBack() {
        appendMany(4);
        rooms().setHistoryMaxSize(ROOM, 1);
        assertThat(keptIds()).containsExactly(4L);
        assertThat(rooms().view(ROOM, Guard.NONE).historySize()).isEqualTo(1);
        rooms().setHistoryMaxSize(ROOM, 10);
        assertThat(keptIds()).containsExactly(4L);
        appendMany(2);
        assertThat(keptIds()).containsExactly(4L, 5L, 6L);
    }

    @Test
    void aHistoryThatWasEmptiedFillsAgain() {
        appendMany(20);
        rooms().setHistoryMaxSize(ROOM, 0);
        assertThat(keptIds()).isEmpty();
        rooms().setHistoryMaxSize(ROOM, 3);
        appendMany(4);
        assertThat(keptIds()).containsExactly(22L, 23L, 24L);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 3",
        "0, 2, 3 4",
        "0, 10, 3 4",
        "1, 1, 3",
        "2, 1, 3",
        "2, 2, 3 4",
        "3, 1, 4",
        "3, 9, 4",
        "4, 9, ''",
        "9, 5, ''",
        "9223372036854775807, 5, ''",
        "0, 0, ''"
    })
    void aPageBeginsWithTheOldestKeptMessageAboveAnId(long after, int messages, String expected) {
        rooms().setHistoryMaxSize(ROOM, 2);
        appendMany(4);
        LogPage page = rooms().readAfter(ROOM, Guard.NONE, after, new PageLimit(messages, Long.MAX_VALUE));
        assertThat(ids(page.messages()).stream().map(String::valueOf)).isEqualTo(words(expected));
        assertThat(page.epoch()).isEqualTo(start.epoch());
        assertThat(page.firstId()).isEqualTo(3);
        assertThat(page.lastId()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"0, ''", "1, 4", "2, 3 4", "9, 3 4"})
    void thePageOfTheNewestEndsAtTheHead(int messages, String expected) {
        rooms().setHistoryMaxSize(ROOM, 2);
        appendMany(4);
        LogPage page = rooms().readNewest(ROOM, Guard.NONE, new PageLimit(messages, Long.MAX_VALUE));
        assertThat(ids(page.messages()).stream().map(String::valueOf)).isEqualTo(words(expected));
        assertThat(page.firstId()).isEqualTo(3);
        assertThat(page.lastId()).isEqualTo(4);
    }

    @Test
    void aPageHoldsNoMoreBytesThanItMay() {
        int weight = Body.text("message").fields().weight();
        appendMany(5);
        var two = new PageLimit(100, 3L * weight - 1);
        assertThat(ids(rooms().readAfter(ROOM, Guard.NONE, 1, two).messages())).containsExactly(2L, 3L);
        assertThat(ids(rooms().readNewest(ROOM, Guard.NONE, two).messages())).containsExactly(4L, 5L);
        var three = new PageLimit(100, 3L * weight);
        assertThat(ids(rooms().readAfter(ROOM, Guard.NONE, 1, three).messages()))
                .containsExactly(2L, 3L, 4L);
        assertThat(ids(rooms().readNewest(ROOM, Guard.NONE, three).messages())).containsExactly(3L, 4L, 5L);
    }

    @Test
    void aPageHoldsOneMessageWhateverItWeighs() {
        appendMany(3);
        var tiny = new PageLimit(100, 1);
        assertThat(ids(rooms().readAfter(ROOM, Guard.NONE, 1, tiny).messages())).containsExactly(2L);
        assertThat(ids(rooms().readNewest(ROOM, Guard.NONE, tiny).messages())).containsExactly(3L);
    }

    @Test
    void aPageHoldsNoMessageAfterOneThatIsTooHeavyForIt() {
        append("light");
        append("heavy".repeat(1000));
        append("light");
        var limit = new PageLimit(100, 2000);
        assertThat(ids(rooms().readAfter(ROOM, Guard.NONE, 0, limit).messages()))
                .containsExactly(1L);
        assertThat(ids(rooms().readNewest(ROOM, Guard.NONE, limit).messages())).containsExactly(3L);
    }

    @Test
    void pageByPageTheWholeLogIsReadWithoutAGap() {
        appendMany(73);
        var read = new ArrayList<Long>();
        while (true) {
            long after = read.isEmpty() ? 0 : read.getLast();
            List<Long> page = ids(rooms().readAfter(ROOM, Guard.NONE, after, new PageLimit(10, Long.MAX_VALUE))
                    .messages());
            if (page.isEmpty()) {
                break;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            read.addAll(page);
        }
        assertThat(read)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 73).boxed().toList());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
