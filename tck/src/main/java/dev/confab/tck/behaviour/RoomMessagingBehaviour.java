package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said in a room, and who hears it. */
abstract class RoomMessagingBehaviour extends Behaviour {

    @Test
    void aMessageReachesEveryMemberWithTheSenderAmongThem() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        LoopbackClient stranger = login("cat");
        Heard.Event said = event("roomMessage", ROOM, message(1, "ann", "Hi"));
        assertThat(toldBeforeReply(ann, "roomMessage", ROOM, text("Hi"))).containsExactly(said);
        assertThat(bob.nextEvent()).isEqualTo(said);
        assertNothingMore(ann, bob, stranger);
    }

    @Test
    void aMessageReachesEveryConnectionThatJoinedAndNoOtherOfTheSameUser() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient again = member("ann");
        LoopbackClient aside = login("ann");
        takeNote(ann, again);
        ann.result("roomMessage", ROOM, text("Hi"));
        assertThat(ann.expect("roomMessage")).isEqualTo(again.expect("roomMessage"));
        assertNothingMore(ann, again, aside);
    }

    @Test
    void theFieldsOfAMessageComeInTheContractsOrder() {
        options.anyObject(true);
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, object("z", 1, "a", 2));
        assertThat(fieldNames(ann.expect("roomMessage").arg(1))).containsExactly("z", "a", "author", "timestamp", "id");
    }

    @Test
    void whatAClientSaysOfAuthorTimeAndIdIsNotBelieved() {
        options.anyObject(true);
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, Map.of("textMessage", "Hi", "author", "bob", "timestamp", 1, "id", 77));
        assertThat(ann.expect("roomMessage").arg(1)).isEqualTo(message(1, "ann", "Hi"));
    }

    @Test
    void idsCountFromOneWithoutAGapWhoeverSpeaks() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        for (long id = 1; id <= 10; id++) {
            LoopbackClient speaker = id % 2 == 0 ? ann : bob;
            assertThat(speaker.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(id));
        }
    }

    @Test
    void aRefusedMessageTakesNoId() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient stranger = login("bob");
        ann.result("roomMessage", ROOM, text("one"));
        stranger.refusal("roomMessage", ROOM, text("no"));
        ann.refusal("roomMessage", ROOM, Map.of("other", "no"));
        assertThat(ann.request("roomMessage", ROOM, text("two"))).isEqualTo(done(2));
    }

    @Test
    void roomsCountTheirMessagesEachForItself() {
        startWithRoom();
        chat().rooms().create("other", RoomSettings.DEFAULT);
        LoopbackClient ann = member("ann");
        ann.result("roomJoin", "other");
        ann.result("roomMessage", ROOM, text("Hi"));
        assertThat(ann.request("roomMessage", "other", text("Hi"))).isEqualTo(done(1));
    }

    @Test
    void theClockTellsWhenAMessageWasSaid() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("now"));
        Value now = message(1, "ann", "now");
        clock.advance(Duration.ofSeconds(5));
        ann.result("roomMessage", ROOM, text("later"));
        assertThat(ann.expect("roomMessage").arg(1)).isEqualTo(now);
        assertThat(ann.expect("roomMessage").arg(1)).isEqualTo(message(2, "ann", "later"));
    }

    @Test
    void aMessageWithoutReplyWantedIsSaidAllTheSame() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.emit("roomMessage", ROOM, text("Hi"));
        assertThat(ann.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(1, "ann", "Hi")));
        assertThat(ann.heard()).filteredOn(Heard.Reply.class::isInstance).hasSize(1);
    }

    @Test
    void anEmptyTextIsAText() {
        startWithRoom();
        assertThat(member("ann").request("roomMessage", ROOM, text(""))).isEqualTo(done(1));
    }

    @ParameterizedTest
    @MethodSource("dev.confab.tck.behaviour.Bodies#anyObjects")
    void anyObjectComesBackEqualToThoseWhoHearItAndInTheHistory(Value.Obj body) {
        options.anyObject(true);
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        ann.result("roomMessage", ROOM, body);
        Value heard = Bodies.with(body, "author", "ann", "timestamp", clock.millis(), "id", 1);
        assertThat(bob.expect("roomMessage").arg(1)).isEqualTo(heard);
        assertThat(bob.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of(heard)));
        assertThat(bob.request("roomHistoryGet", ROOM, 0, 1)).isEqualTo(done(List.of(heard)));
    }

    @Test
    void aMessageIsEncodedOnceHoweverManyHearIt() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        for (int i = 0; i < 9; i++) {
            member("user" + i);
        }
        ann.result("roomMessage", ROOM, text("Hi"));
        ann.result("roomMessage", ROOM, text("Hi again"));
        assertThat(net.encodings("roomMessage")).isEqualTo(2);
    }

    @Test
    void aMessageIsEncodedOnceForEachDialectAndHeardThroughAllDoors() {
        LoopbackTransport other = door(ErrorFormat.OBJECT);
        server.door(other);
        startWithRoom();
        LoopbackClient ann = member("ann");
        member("bob");
        LoopbackClient cat = join(other.login("cat"));
        join(other.login("dan"));
        ann.result("roomMessage", ROOM, text("Hi"));
        assertThat(cat.expect("roomMessage")).isEqualTo(ann.expect("roomMessage"));
        assertThat(net.encodings("roomMessage")).isEqualTo(1);
        assertThat(other.encodings("roomMessage")).isEqualTo(1);
    }

    @Test
    void everyMemberHearsAllMessagesInTheOrderOfTheirIdsHoweverManySpeakAtOnce() {
        startWithRoom();
        var members = new ArrayList<LoopbackClient>();
        for (int i = 0; i < 8; i++) {
            members.add(member("user" + i));
        }
        for (int round = 0; round < 25; round++) {
            members.forEach(member -> member.emit("roomMessage", ROOM, text("Hi")));
        }
        var ids = new ArrayList<Long>();
        for (long id = 1; id <= 200; id++) {
            ids.add(id);
        }
        members.forEach(LoopbackClient::settle);
        // once more, now that all have spoken: what was said last may still be on its way to members on another lane
        members.forEach(LoopbackClient::settle);
        for (LoopbackClient member : members) {
            assertThat(ids(Value.of(member.events("roomMessage").stream()
                            .map(event -> event.arg(1))
                            .toList())))
                    .isEqualTo(ids);
        }
    }

    @Test
    void nothingOfARoomIsHeardBeforeItsJoinIsAnsweredAndEverythingAfter() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        ann.result("roomMessage", ROOM, text("before"));
        LoopbackClient bob = login("bob");
        assertThat(toldBeforeReply(bob, "roomJoin", ROOM)).isEmpty();
        ann.result("roomMessage", ROOM, text("after"));
        assertThat(bob.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(2, "ann", "after")));
        bob.assertNothingMore();
    }

    private static Value object(String first, Object one, String second, Object other) {
        return Value.Obj.builder()
                .put(first, Value.of(one))
                .put(second, Value.of(other))
                .build();
    }
}
