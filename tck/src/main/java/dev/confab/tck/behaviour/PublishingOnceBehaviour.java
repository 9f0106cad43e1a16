package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.Before;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Posted;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages with a key, which are published once however often a client sends them. */
abstract class PublishingOnceBehaviour extends Behaviour {

    private final List<@Nullable Object> journal = new CopyOnWriteArrayList<>();

    static List<Object> badKeys() {
        return List.of("", "x".repeat(65), 7, true, List.of("k"), Map.of("key", "k"), Value.NULL);
    }

    /** Arguments that look a little like a key, and are none. */
    static List<List<@Nullable Object>> otherExtras() {
        return List.of(
                List.of("k"),
                List.of(Map.of()),
                List.of(Map.of("Key", "k")),
                List.of(Map.of("key", "k", "more", 1)),
                List.of(Map.of("key", 7, "more", 1)),
                List.of(List.of(Map.of("key", "k"))),
                List.of("first", Map.of("key", "k")),
                Arrays.asList(null, Map.of("key", 7)));
    }

    @Test
    void aMessageThatIsSentAgainUnderItsKeyIsAnsweredItsIdAndHeardOnce() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        ann.result("roomMessage", ROOM, text("in between"));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(say(ann, "other words", "k")).isEqualTo(done(1));
        assertThat(say(ann, "next", "another")).isEqualTo(done(3));
        for (LoopbackClient member : List.of(ann, bob)) {
            assertThat(member.takeAll())
                    .containsExactly(
                            event("roomMessage", ROOM, message(1, "ann", "Hi")),
                            event("roomMessage", ROOM, message(2, "ann", "in between")),
                            event("roomMessage", ROOM, message(3, "ann", "next")));
        }
        assertThat(ids(ann.result("roomRecentHistory", ROOM))).containsExactly(3L, 2L, 1L);
    }

    @Test
    void itMayBeSentAgainOnAnotherConnectionOfItsUser() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        say(ann, "Hi", "k");
        ann.drop();
        assertThat(say(member("ann"), "Hi", "k")).isEqualTo(done(1));
        assertThat(say(bob, "Hi", "k")).isEqualTo(done(2));
    }

    @Test
    void ofManyWhoSendItAtOnceAllAreAnsweredTheSameId() {
        startWithRoom();
        LoopbackClient bob = member("bob");
        var anns = new ArrayList<LoopbackClient>();
        for (int i = 0; i < 5; i++) {
            anns.add(member("ann"));
        }
        bob.takeAll();
        for (int round = 1; round <= 20; round++) {
            var replies = new ArrayList<CompletableFuture<List<Value>>>();
            for (LoopbackClient ann : anns) {
                replies.add(ann.send("roomMessage", ROOM, text("Hi"), key("round " + round)));
            }
            for (CompletableFuture<List<Value>> reply : replies) {
                assertThat(reply).succeedsWithin(PATIENCE).isEqualTo(done(round));
            }
        }
        assertThat(bob.takeAll()).hasSize(20).allMatch(event -> event.name().equals("roomMessage"));
    }

    @Test
    void whoeverIsNoMemberIsToldSoUnderAnyKey() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, "Hi", "k");
        ann.result("roomLeave", ROOM);
        assertThat(say(ann, "Hi", "k")).isEqualTo(refused("Not joined to room lobby"));
        assertThat(say(ann, "Hi", "new")).isEqualTo(refused("Not joined to room lobby"));
        ann.result("roomJoin", ROOM);
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(say(ann, "Hi", "new")).isEqualTo(done(2));
    }

    @Test
    void aRoomThatIsCreatedAgainBeginsWithoutKeys() {
        Map<String, Object> key = key("k");
        startWithRoom();
        member("ann").result("roomMessage", ROOM, text("Hi"), key);
        chat().rooms().delete(ROOM);
        chat().rooms().create(ROOM, RoomSettings.DEFAULT);
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomMessage", ROOM, text("Hi"), key)).isEqualTo(done(1));
        assertThat(ann.takeAll()).hasSize(1);
    }

    @Test
    void aMessageWhoseReplyWasLostInTheStoreIsFoundByItsKey() {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        store.after(Op.APPEND).failOnce(down());
        assertThat(say(ann, "Hi", "k")).isEqualTo(refused("Internal server error"));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(ann.takeAll()).containsExactly(event("roomMessage", ROOM, message(1, "ann", "Hi")));
    }

    @Test
    void aMessageThatFailedBeforeItWasStoredDoesNotUseItsKeyUp() {
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = member("ann");
        store.before(Op.APPEND).failOnce(down());
        assertThat(say(ann, "Hi", "k")).isEqualTo(refused("Internal server error"));
        ann.refusal("roomMessage", ROOM, Map.of("other", "no"), key("k"));
        assertThat(ann.request("roomHistoryInfo", ROOM).getLast())
                .satisfies(info -> assertThat(field(info, "lastMessageId")).isEqualTo(Value.of(0)));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(ann.takeAll()).hasSize(1);
    }

    // How long

    @Test
    void aKeyIsRememberedForFiveMinutes() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, "Hi", "k");
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(2));
    }

    @Test
    void theOptionsSayHowLongAndHowMany() {
        options.messageKeyTime(Duration.ofSeconds(10)).messageKeysPerUser(2);
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, "Hi", "a");
        clock.advance(Duration.ofSeconds(9));
        say(ann, "Hi", "b");
        assertThat(say(ann, "Hi", "a")).isEqualTo(done(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(say(ann, "Hi", "a")).isEqualTo(done(3));
        say(ann, "Hi", "c");
        assertThat(say(ann, "Hi", "b")).isEqualTo(done(5));
    }

    @Test
    void aServerThatRemembersNoKeysTakesThem() {
        options.messageKeysPerUser(0);
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(2));
    }

    // What a key is

    @Test
    void aKeyHasUpTo64CharactersOfAnyKind() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        List<String> keys = List.of("k", " ", "\u0000", "{:}", "\ud83d\ude00".repeat(32), "x".repeat(64));
        for (int round = 0; round < 2; round++) {
            for (String key : keys) {
                assertThat(say(ann, "Hi", key)).isEqualTo(done(keys.indexOf(key) + 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void anythingElseIsABadArgument(Object bad) {
        server.before(RoomMessage.class, call -> {
            journal.add("before");
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        Value argument = Value.Obj.of("key", Value.of(bad));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"), argument))
                .isEqualTo(refused(ChatError.badArgument(2, argument).text()));
        assertThat(ann.request("roomMessage", "missing", text("Hi"), argument))
                .isEqualTo(refused(ChatError.badArgument(2, argument).text()));
        assertThat(journal).isEmpty();
        ann.assertNothingMore();
    }

    @ParameterizedTest
    @MethodSource("otherExtras")
    void whatOnlyLooksLikeAKeyIsNoneAndLeftToHooks(List<@Nullable Object> extras) {
        server.before(RoomMessage.class, call -> {
            journal.add(call.rest());
            journal.add(call.command().key());
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        var args = new ArrayList<@Nullable Object>(List.of(ROOM, text("Hi")));
        args.addAll(extras);
        assertThat(ann.request("roomMessage", args.toArray())).isEqualTo(done(1));
        assertThat(ann.request("roomMessage", args.toArray())).isEqualTo(done(2));
        List<Value> rest = extras.stream().map(Value::of).toList();
        assertThat(journal).isEqualTo(Arrays.asList(rest, null, rest, null));
    }

    // Hooks

    @Test
    void hooksSeeTheKeyAndWhetherItWasARepeat() {
        server.before(RoomMessage.class, call -> {
            journal.add(call.command().key());
            journal.add(call.rest());
            return Before.proceed(call.command());
        });
        server.after(RoomMessage.class, (call, outcome) -> {
            journal.add(((Outcome.Success<Posted>) outcome).result());
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        say(ann, "Hi", "k");
        Posted first = (Posted) journal.getLast();
        assertThat(first).isNotNull();
        assertThat(first.timestamp()).isEqualTo(clock.instant());
        assertThat(first.repeat()).isFalse();
        clock.advance(Duration.ofSeconds(1));
        say(ann, "Hi", "k");
        List<Value> rest = List.of(Value.of(key("k")));
        assertThat(journal)
                .containsExactly("k", rest, first, "k", rest, new Posted(first.position(), first.timestamp(), true));
    }

    @Test
    void aBeforeHookMayChangeTheKeyOrClearIt() {
        server.before(RoomMessage.class, call -> {
            RoomMessage said = call.command();
            return Before.proceed(
                    "none".equals(said.key())
                            ? RoomMessage.of(said.room(), said.body())
                            : RoomMessage.once(said.room(), said.body(), "the same for all"));
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(say(ann, "Hi", "a")).isEqualTo(done(1));
        assertThat(say(ann, "Hi", "b")).isEqualTo(done(1));
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
        assertThat(say(ann, "Hi", "none")).isEqualTo(done(2));
        assertThat(say(ann, "Hi", "none")).isEqualTo(done(3));
    }

    @Test
    void aMessageThatABeforeHookRefusesDoesNotUseItsKeyUp() {
        server.before(RoomMessage.class, call -> {
            journal.add("before");
            if (journal.size() == 1) {
                throw new ChatException(ChatError.of("not yet"));
            }
            return Before.proceed(call.command());
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(say(ann, "Hi", "k")).isEqualTo(refused("not yet"));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(ann.takeAll()).hasSize(1);
    }

    @Test
    void aMessageWhoseAfterHookFailedIsStoredAndFoundByItsKey() {
        server.after(RoomMessage.class, (call, outcome) -> {
            journal.add("after");
            if (journal.size() == 1) {
                throw new ChatException(ChatError.of("audit failed"));
            }
            return outcome;
        });
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(say(ann, "Hi", "k")).isEqualTo(refused("audit failed"));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(1));
        assertThat(ann.takeAll()).hasSize(1);
    }

    // The server

    @Test
    void whatTheServerSaysOnceIsSaidOnceWhetherOrNotInAUsersName() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        RoomMessage once = RoomMessage.once(ROOM, Body.text("Hi"), "k");
        Posted first = chat().asServer().execute(once);
        assertThat(first.repeat()).isFalse();
        assertThat(chat().asServer().execute(once)).isEqualTo(new Posted(first.position(), first.timestamp(), true));
        assertThat(say(ann, "Hi", "k")).isEqualTo(done(2));
        assertThat(chat().asUser("ann").execute(once)).matches(Posted::repeat).matches(posted -> posted.id() == 2);
        assertThat(chat().asUser("ann").bypassingPermissions().execute(once)).matches(Posted::repeat);
        assertThat(ann.takeAll()).hasSize(2);
    }

    @Test
    void aCommandIsNotMadeWithABadKey() {
        for (String bad : List.of("", "x".repeat(65))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RoomMessage.once(ROOM, Body.text("Hi"), bad))
                    .withMessageContaining("1 to 64 characters");
        }
    }

    private static List<Value> say(LoopbackClient client, String text, String key) {
        return client.request("roomMessage", ROOM, text(text), key(key));
    }

    private static Map<String, Object> key(String key) {
        return Map.of("key", key);
    }
}
