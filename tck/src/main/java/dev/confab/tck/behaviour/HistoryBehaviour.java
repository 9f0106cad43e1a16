package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.Actor;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomHistoryGet;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a room keeps of what was said, and how it is read. */
abstract class HistoryBehaviour extends Behaviour {

    @Test
    void recentHistoryIsNewestFirstAndHoldsWhatWasHeard() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        assertThat(ann.request("roomRecentHistory", ROOM))
                .isEqualTo(done(List.of(message(2, "ann", "2"), message(1, "ann", "1"))));
    }

    @Test
    void aMessageInTheHistoryHasItsFieldsInTheContractsOrder() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 1);
        assertThat(fieldNames(items(ann.result("roomRecentHistory", ROOM)).getFirst()))
                .containsExactly("textMessage", "author", "timestamp", "id");
    }

    @Test
    void recentHistoryHoldsNoMoreThanOneRequestMayGet() {
        options.historyMaxGetMessages(3);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 5);
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(5L, 4L, 3L);
    }

    @Test
    void aRoomThatKeepsNothingStillCountsAndDelivers() {
        options.historyMaxSize(0);
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
        assertThat(ann.expect("roomMessage").arg(1)).isEqualTo(message(1, "ann", "Hi"));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(2));
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(ann.request("roomHistoryGet", ROOM, 0, 10)).isEqualTo(done(List.of()));
        assertThat(ann.request("roomHistoryInfo", ROOM)).isEqualTo(done(info(0, 0, 100, 2)));
    }

    @Test
    void aServerWhoseRequestsMayGetNothingAnswersNothing() {
        options.historyMaxGetMessages(0);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(ann.request("roomHistoryGet", ROOM, 0, 10)).isEqualTo(done(List.of()));
    }

    @Test
    void theInfoTellsWhatTheOptionsSay() {
        options.historyMaxSize(7).historyMaxGetMessages(5);
        startWithRoom();
        assertThat(member("ann").request("roomHistoryInfo", ROOM)).isEqualTo(done(info(0, 7, 5, 0)));
    }

    @Test
    void theInfoHasFourFieldsAndCountsMessages() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomHistoryInfo", ROOM)).isEqualTo(done(info(0, 10_000, 100, 0)));
        say(ann, 1);
        Value info = ann.result("roomHistoryInfo", ROOM);
        assertThat(info).isEqualTo(info(1, 10_000, 100, 1));
        assertThat(fieldNames(info))
                .containsExactly("historySize", "historyMaxSize", "historyMaxGetMessages", "lastMessageId");
    }

    @Test
    void theOldestMessagesGoWhenARoomIsFull() {
        options.historyMaxSize(1);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(2L);
        assertThat(ann.request("roomHistoryInfo", ROOM)).isEqualTo(done(info(1, 1, 100, 2)));
    }

    @Test
    void aRoomMayKeepMoreOrLessThanTheServersDefault() {
        options.historyMaxSize(1);
        startWithRoom(RoomSettings.builder().historyMaxSize(3));
        LoopbackClient ann = member("ann");
        say(ann, 5);
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(5L, 4L, 3L);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, '2 1'", "1, 10, '2'", "2, 10, ''", "9, 5, ''", "0, 1, '1'", "1, 1, '2'"})
    void historyIsReadOnFromAnId(long after, long limit, String expected) {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        assertReads(ann, after, limit, expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, '2 1'", "1, 10, '3 2'", "2, 10, '3'", "3, 10, ''"})
    void oneRequestGetsTheMessagesRightBehindTheIdAsManyAsItMay(long after, long limit, String expected) {
        options.historyMaxGetMessages(2);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 3);
        assertReads(ann, after, limit, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, '3'",
        "0, 2, '4 3'",
        "0, 3, '4 3'",
        "0, 10, '4 3'",
        "1, 1, '3'",
        "2, 1, '3'",
        "3, 1, '4'",
        "4, 1, ''",
        "9, 5, ''"
    })
    void behindAnIdThatIsGoneHistoryIsReadOnFromTheOldestMessageKept(long after, long limit, String expected) {
        options.historyMaxSize(2);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 4);
        assertReads(ann, after, limit, expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 10, '3 2'", "1, 10, '3 2'", "2, 10, '3'", "3, 10, ''"})
    void aRoomOfTwoAnswersTheNewestTwo(long after, long limit, String expected) {
        options.historyMaxSize(2);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 3);
        assertReads(ann, after, limit, expected);
    }

    @Test
    void whoeverAsksOnFromTheHighestIdReadsTheWholeLogWithoutAGap() {
        options.historyMaxGetMessages(7);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 50);
        long read = 0;
        for (List<Long> page = page(ann, read); !page.isEmpty(); page = page(ann, read)) {
            for (long id : page.reversed()) {
                assertThat(id).isEqualTo(++read);
            }
        }
        assertThat(read).isEqualTo(50);
    }

    @Test
    void shrinkingARoomsHistoryDropsTheOldestAtOnce() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, 2);
        chat().rooms().setHistoryMaxSize(ROOM, 1);
        assertThat(ids(ann.result("roomHistoryGet", ROOM, 0, 10))).containsExactly(2L);
        assertThat(ann.request("roomHistoryInfo", ROOM)).isEqualTo(done(info(1, 1, 100, 2)));
        chat().rooms().setHistoryMaxSize(ROOM, 0);
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(3));
    }

    @Test
    void oneReplyStopsAtItsLimitInBytes() {
        options.anyObject(true);
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (int i = 0; i < 4; i++) {
            ann.result("roomMessage", ROOM, Map.of("data", new byte[100_000]));
        }
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(4L, 3L);
        assertThat(ids(ann.result("roomHistoryGet", ROOM, 0, 10))).containsExactly(2L, 1L);
        assertThat(ids(ann.result("roomHistoryGet", ROOM, 2, 10))).containsExactly(4L, 3L);
    }

    @Test
    void oneReplyHoldsOneMessageHoweverHeavy() {
        options.anyObject(true);
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (int i = 0; i < 3; i++) {
            ann.result("roomMessage", ROOM, Map.of("data", new byte[300_000]));
        }
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(3L);
        assertThat(ids(ann.result("roomHistoryGet", ROOM, 0, 10))).containsExactly(1L);
        assertThat(ids(ann.result("roomHistoryGet", ROOM, 1, 10))).containsExactly(2L);
    }

    @Test
    void theServerReadsAsMuchAsItLikes() {
        options.historyMaxGetMessages(2);
        startWithRoom();
        say(member("ann"), 5);
        Actor anybody = chat().asServer();
        assertThat(anybody.execute(RoomHistoryGet.of(ROOM, 0, 4)))
                .extracting(Message::id)
                .containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void everyCreationOfARoomHasAnEpochOfItsOwnWhichAllItsPositionsShare() {
        start();
        Position first = chat().rooms().create(ROOM, RoomSettings.DEFAULT);
        LoopbackClient ann = login("ann");
        Actor actor = chat().asUser("ann").on(ann.id());
        assertThat(first.id()).isZero();
        assertThat(actor.execute(RoomJoin.of(ROOM)).position()).isEqualTo(first);
        assertThat(actor.execute(RoomMessage.of(ROOM, Body.text("Hi"))).position())
                .isEqualTo(first.at(1));
        assertThat(actor.execute(RoomHistoryInfo.of(ROOM)).position()).isEqualTo(first.at(1));
        chat().rooms().delete(ROOM);
        Position second = chat().rooms().create(ROOM, RoomSettings.DEFAULT);
        assertThat(second.epoch()).isNotEqualTo(first.epoch());
        assertThat(second.id()).isZero();
    }

    private void say(LoopbackClient client, int messages) {
        for (int i = 1; i <= messages; i++) {
            client.result("roomMessage", ROOM, text(String.valueOf(i)));
        }
    }

    private static List<Long> page(LoopbackClient client, long after) {
        return ids(client.result("roomHistoryGet", ROOM, after, 1000));
    }

    private static void assertReads(LoopbackClient client, long after, long limit, String expected) {
        List<Long> ids = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(Long::valueOf).toList();
        assertThat(ids(client.result("roomHistoryGet", ROOM, after, limit))).isEqualTo(ids);
    }

    private static Value info(int size, int maxSize, int maxGet, long last) {
        return Value.of(Map.of(
                "historySize",
                size,
                "historyMaxSize",
                maxSize,
                "historyMaxGetMessages",
                maxGet,
                "lastMessageId",
                last));
    }
}
