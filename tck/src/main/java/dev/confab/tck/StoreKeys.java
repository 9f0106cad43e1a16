package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Message;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.Once;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is appended once, however often it is asked for: under which key, and for how long. */
abstract class StoreKeys extends StoreFixture {

    private static final Duration TIME = Duration.ofMinutes(5);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final int NEWEST = 10;

    @BeforeEach
    void createTheRoom() {
        createRoom();
    }

    // What a repeat is

    @Test
    void aRepeatIsAnsweredLikeTheFirstTimeAndSaysThatItIsOne() {
        Appended first = append("ann", "k");
        clock.advance(Duration.ofSeconds(1));
        append("something else");
        assertThat(first.repeat()).isFalse();
        assertThat(append("ann", "k")).isEqualTo(new Appended(first.position(), first.timestamp(), true));
    }

    @Test
    void aRepeatIsNeitherAppendedNorAnnounced() {
        append("ann", "k");
        ear.nextPosted();
        append("ann", "k");
        append("ann", "k");
        nothingMoreIsAnnounced();
        assertThat(keptIds()).containsExactly(1L);
        assertThat(append("ann", "next").id()).isEqualTo(2);
    }

    @Test
    void bodiesAreNotCompared() {
        append(ROOM, "ann", "first", "k");
        assertThat(append(ROOM, "ann", "second", "k").repeat()).isTrue();
        assertThat(rooms().readNewest(ROOM, Guard.NONE, ALL).messages())
                .extracting(Message::body)
                .containsExactly(Body.text("first"));
    }

    @Test
    void withoutAKeyNothingIsARepeat() {
        append("ann", "k");
        assertThat(append("message").repeat()).isFalse();
        assertThat(append("message").repeat()).isFalse();
        assertThat(keptIds()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aMessageThatTheLogNoLongerHoldsIsNotAppendedAgainEither() {
        rooms().setHistoryMaxSize(ROOM, 0);
        Appended first = append("ann", "k");
        assertThat(append("ann", "k")).isEqualTo(first.again());
        assertThat(rooms().view(ROOM, Guard.NONE).head().id()).isEqualTo(1);
    }

    @Test
    void anyTextIsAKey() {
        List<String> keys = List.of(" ", "a:b", "{}", "__proto__", "\u0000", "\n", "Ünï\ud83d\ude00", "x".repeat(64));
        keys.forEach(key -> assertThat(append("ann", key).repeat()).isFalse());
        keys.forEach(key -> assertThat(append("ann", key).id()).isEqualTo(keys.indexOf(key) + 1));
    }

    // Whose it is

    @Test
    void anotherUsersKeyIsAnotherKey() {
        assertThat(append("ann", "k").id()).isEqualTo(1);
        assertThat(append("bob", "k").id()).isEqualTo(2);
        assertThat(append("ann", "k").id()).isEqualTo(1);
        assertThat(append("bob", "k").id()).isEqualTo(2);
    }

    @Test
    void theServersOwnKeysAreNobodyElses() {
        assertThat(append(null, "k").id()).isEqualTo(1);
        assertThat(append("", "k").id()).isEqualTo(2);
        assertThat(append("null", "k").id()).isEqualTo(3);
        assertThat(append(null, "k")).matches(Appended::repeat).matches(appended -> appended.id() == 1);
    }

    @Test
    void namesAndKeysThatReadAlikeTogetherAreDifferentKeys() {
        assertThat(append("a", "bc").repeat()).isFalse();
        assertThat(append("ab", "c").repeat()).isFalse();
        assertThat(append("a,b", "c").repeat()).isFalse();
        assertThat(append("a", "b,c").repeat()).isFalse();
    }

    @Test
    void anotherRoomsKeyIsAnotherKey() {
        rooms().create("other", settings().build());
        append("ann", "k");
        assertThat(append("other", "ann", "hi", "k").repeat()).isFalse();
        assertThat(append("other", "ann", "hi", "k").repeat()).isTrue();
    }

    @Test
    void aRoomThatIsCreatedAgainKnowsNoKeyOfTheOldOne() {
        Appended old = append("ann", "k");
        rooms().delete(ROOM, Guard.NONE);
        createRoom();
        Appended appended = append("ann", "k");
        assertThat(appended.repeat()).isFalse();
        assertThat(appended.position().epoch()).isNotEqualTo(old.position().epoch());
        assertThat(append("ann", "k")).isEqualTo(appended.again());
    }

    @Test
    void aUserWhoLeavesAndComesBackIsTheSame() {
        joinAll("ann");
        Appended first = append("ann", "k");
        presence().leave(ROOM, "ann", "ann-1");
        presence().disconnect("ann", "ann-1");
        joinAll("ann");
        assertThat(appendAsMember("k")).isEqualTo(first.again());
    }

    // What does not count

    @Test
    void aRefusedAppendDoesNotUseItsKeyUp() {
        refused(ChatError.notJoined(ROOM), () -> appendAsMember("k"));
        joinAll("ann");
        assertThat(appendAsMember("k").repeat()).isFalse();
        assertThat(keptIds()).containsExactly(1L);
    }

    @Test
    void theGuardIsAskedForARepeatToo() {
        joinAll("ann");
        appendAsMember("k");
        change(adding(RoomList.BLACKLIST, "ann"));
        refused(ChatError.notJoined(ROOM), () -> appendAsMember("k"));
    }

    @Test
    void inARoomThatIsGoneThereIsNoRepeat() {
        append("ann", "k");
        rooms().delete(ROOM, Guard.NONE);
        refused(ChatError.noRoom(ROOM), () -> append("ann", "k"));
    }

    // How long

    @Test
    void aKeyIsRememberedUntilItsTimeIsOver() {
        Appended first = append("ann", "k");
        clock.advance(TIME.minus(MOMENT));
        assertThat(append("ann", "k")).isEqualTo(first.again());
        clock.advance(MOMENT);
        assertThat(append("ann", "k")).isEqualTo(new Appended(first.position().at(2), now(), false));
    }

    @Test
    void aRepeatProlongsNothing() {
        append("ann", "k");
        clock.advance(TIME.minus(MOMENT));
        append("ann", "k");
        clock.advance(TIME.minus(MOMENT));
        assertThat(append("ann", "k").id()).isEqualTo(2);
    }

    @Test
    void aKeyWhoseTimeIsOverMayBeUsedAnew() {
        append("ann", "k");
        clock.advance(TIME);
        append("ann", "k");
        clock.advance(TIME.minus(MOMENT));
        assertThat(append("ann", "k").id()).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackEndsNoTime() {
        Appended first = append("ann", "k");
        clock.advance(Duration.ofHours(-1));
        assertThat(append("ann", "k")).isEqualTo(first.again());
        clock.advance(Duration.ofHours(1).plus(TIME));
        assertThat(append("ann", "k").repeat()).isFalse();
    }

    @Test
    void theNewestKeysOfAUserAreRemembered() {
        for (int i = 0; i <= NEWEST; i++) {
            append("ann", "key " + i);
        }
        for (int i = NEWEST; i > 0; i--) {
            assertThat(append("ann", "key " + i).repeat()).as("key %d", i).isTrue();
        }
        assertThat(append("ann", "key 0").repeat()).isFalse();
    }

    @Test
    void aRepeatMakesAKeyNoNewer() {
        append("ann", "old");
        for (int i = 1; i < NEWEST; i++) {
            append("ann", "key " + i);
            append("ann", "old");
        }
        append("ann", "one more");
        assertThat(append("ann", "old").repeat()).isFalse();
    }

    @Test
    void neitherOtherUsersNorOtherRoomsNorMessagesWithoutAKeyMakeAKeyOlder() {
        rooms().create("other", settings().build());
        Appended first = append("ann", "k");
        for (int i = 0; i < 2 * NEWEST; i++) {
            append("bob", "key " + i);
            append("other", "ann", "hi", "key " + i);
            append(null, "key " + i);
            append("message");
        }
        assertThat(append("ann", "k")).isEqualTo(first.again());
    }

    @Test
    void whereNoKeyOrNoTimeIsToBeRememberedNoneIs() {
        for (Once once : List.of(new Once("k", 0, TIME), new Once("k", NEWEST, Duration.ZERO))) {
            assertThat(append(once).repeat()).isFalse();
            assertThat(append(once).repeat()).isFalse();
        }
        assertThat(keptIds()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void anEternityIsATimeToo() {
        var forever = new Once("k", NEWEST, Duration.ofSeconds(Long.MAX_VALUE));
        Appended first = append(forever);
        clock.advance(Duration.ofDays(1000));
        assertThat(append(forever)).isEqualTo(first.again());
    }

    // At once

    @Test
    void ofThoseWhoAskAtOnceOneAppends() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            String key = "round " + round;
            try (var race = new Race(PATIENCE)) {
                var answers = new ArrayList<Future<Appended>>();
                for (int i = 0; i < 4; i++) {
                    answers.add(race.enter(() -> append("ann", key)));
                }
                race.run();
                var appended = new HashSet<Appended>();
                int fresh = 0;
                for (Future<Appended> answer : answers) {
                    appended.add(answer.get().again());
                    fresh += answer.get().repeat() ? 0 : 1;
                }
                assertThat(fresh).isEqualTo(1);
                assertThat(appended).extracting(Appended::id).containsExactly(round + 1L);
            }
            ear.nextPosted();
        }
        nothingMoreIsAnnounced();
    }

    @Test
    void whoIsBannedIsAnsweredNothingAfterTheBanReturned() throws Exception {
        for (int round = 0; round < contract().rounds(); round++) {
            joinAll("ann");
            String key = "round " + round;
            try (var race = new Race(PATIENCE)) {
                var asking = race.enter(() -> askUntilRefused(key));
                race.enterToo(() -> change(adding(RoomList.BLACKLIST, "ann")));
                race.run();
                assertThat(asking.get()).isLessThanOrEqualTo(1);
            }
            refused(ChatError.notJoined(ROOM), () -> appendAsMember(key));
            change(removing(RoomList.BLACKLIST, "ann"));
        }
    }

    /** How often something was appended until the guard refused it. */
    private int askUntilRefused(String key) {
        int appended = 0;
        while (true) {
            try {
                appended += appendAsMember(key).repeat() ? 0 : 1;
            } catch (ChatException e) {
                assertThat(e.error()).isEqualTo(ChatError.notJoined(ROOM));
                return appended;
            }
        }
    }

    private Appended append(@Nullable String author, String key) {
        return append(ROOM, author, "hi", key);
    }

    private Appended append(String room, @Nullable String author, String text, String key) {
        return rooms().append(room, Guard.NONE, author, Body.text(text), new Once(key, NEWEST, TIME));
    }

    private Appended append(Once once) {
        return rooms().append(ROOM, Guard.NONE, "ann", Body.text("hi"), once);
    }

    private Appended appendAsMember(String key) {
        return rooms().append(ROOM, new Guard.Member("ann"), "ann", Body.text("hi"), new Once(key, NEWEST, TIME));
    }
}
