package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of arguments that are too few, of a wrong type or out of range. */
abstract class ValidationBehaviour extends Behaviour {

    /** Every request of the contract, with the types of its arguments, see {@link #bad}, and some that will do. */
    static Stream<Signature> requests() {
        return Stream.of(
                new Signature("roomJoin", "S", ROOM),
                new Signature("roomLeave", "S", ROOM),
                new Signature("roomMessage", "SM", ROOM, text("Hi")),
                new Signature("roomRecentHistory", "S", ROOM),
                new Signature("roomHistoryGet", "SNP", ROOM, 0, 1),
                new Signature("roomHistoryInfo", "S", ROOM),
                new Signature("roomNotificationsInfo", "S", ROOM),
                new Signature("roomUserSeen", "SS", ROOM, "bob"),
                new Signature("roomGetAccessList", "SS", ROOM, "whitelist"),
                new Signature("roomGetOwner", "S", ROOM),
                new Signature("roomGetWhitelistMode", "S", ROOM),
                new Signature("roomAddToList", "SSA", ROOM, "whitelist", List.of("bob")),
                new Signature("roomRemoveFromList", "SSA", ROOM, "whitelist", List.of("bob")),
                new Signature("roomSetWhitelistMode", "SB", ROOM, true),
                new Signature("roomCreate", "SB", "new room", true),
                new Signature("roomDelete", "S", ROOM),
                new Signature("directMessage", "SM", "bob", text("Hi")),
                new Signature("directAddToList", "SA", "whitelist", List.of("bob")),
                new Signature("directRemoveFromList", "SA", "whitelist", List.of("bob")),
                new Signature("directGetAccessList", "S", "whitelist"),
                new Signature("directGetWhitelistMode", ""),
                new Signature("directSetWhitelistMode", "B", true),
                new Signature("listOwnSockets", ""),
                new Signature("systemMessage", "*", "anything"));
    }

    record Signature(String name, String types, List<Object> good) {

        Signature(String name, String types, Object... good) {
            this(name, types, List.of(good));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestIsUnderstoodWithTheArgumentsOfTheContractAndWithMore(Signature request) {
        LoopbackClient ann = startForAnn();
        var args = new ArrayList<@Nullable Object>(request.good());
        assertThat(ann.request(request.name(), args.toArray()).getFirst()).isEqualTo(Value.NULL);
        prepareFor(ann);
        args.addAll(Arrays.asList("more", null, 7));
        assertThat(ann.request(request.name(), args.toArray()).getFirst()).isEqualTo(Value.NULL);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void tooFewArgumentsAreCountedBeforeAnyIsLookedAt(Signature request) {
        LoopbackClient ann = startForAnn();
        int count = request.types().length();
        for (int given = 0; given < count; given++) {
            var args = new ArrayList<@Nullable Object>();
            for (int i = 0; i < given; i++) {
                args.add(bad(request.types().charAt(i)).getFirst());
            }
            assertThat(ann.request(request.name(), args.toArray()))
                    .isEqualTo(refused("Expected " + count + " arguments, got " + given));
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anArgumentOfAWrongTypeIsNamedByItsPlaceAndValueTheFirstFromTheLeft(Signature request) {
        LoopbackClient ann = startForAnn();
        for (int place = 0; place < request.types().length(); place++) {
            for (Object wrong : bad(request.types().charAt(place))) {
                var args = new ArrayList<@Nullable Object>(request.good());
                args.set(place, wrong);
                for (int behind = place + 1; behind < args.size(); behind++) {
                    args.set(
                            behind,
                            bad(request.types().charAt(behind)).stream()
                                    .findFirst()
                                    .orElse(null));
                }
                assertThat(ann.request(request.name(), args.toArray()))
                        .isEqualTo(refused("Bad argument at position " + place + ", value " + Value.of(wrong)));
            }
        }
    }

    static Stream<Object> notTexts() {
        return Stream.of(
                Map.of(),
                Map.of("textMessage", 7),
                Map.of("text", "Hi"),
                Map.of("textMessage", "Hi", "x", 1),
                Map.of("textMessage", List.of("Hi")),
                Map.of("textMessage", new byte[] {1}));
    }

    @ParameterizedTest
    @MethodSource("notTexts")
    void byDefaultAMessageIsOneTextAndNothingElse(Object body) {
        LoopbackClient ann = startForAnn();
        List<Value> refused = refused("Bad argument at position 1, value " + Value.of(body));
        assertThat(ann.request("roomMessage", ROOM, body)).isEqualTo(refused);
        assertThat(ann.request("directMessage", "bob", body)).isEqualTo(refused);
    }

    @Test
    void aNumberIsHeldToItsRangeHoweverItIsWritten() {
        LoopbackClient ann = startForAnn();
        for (String wrong : List.of("-1", "-0.5", "1e999", "-1e999")) {
            assertThat(ann.request("roomHistoryGet", ROOM, new Value.Num(wrong), 1))
                    .isEqualTo(refused("Bad argument at position 1, value " + wrong));
        }
        assertThat(ann.request("roomHistoryGet", ROOM, 0, 0)).isEqualTo(refused("Bad argument at position 2, value 0"));
        assertThat(ann.request("roomHistoryGet", ROOM, new Value.Num("0.0"), new Value.Num("1e2")))
                .isEqualTo(done(List.of()));
        assertThat(ann.request("roomHistoryGet", ROOM, new Value.Num("9007199254740993"), new Value.Num("1e300")))
                .isEqualTo(done(List.of()));
    }

    @Test
    void argumentsAreLookedAtBeforeTheRoom() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomCreate", null, false)).isEqualTo(refused("Bad argument at position 0, value null"));
        assertThat(ann.request("roomAddToList", "missing", "blacklist", "bob"))
                .isEqualTo(refused("Bad argument at position 2, value \"bob\""));
    }

    @Test
    void namesThatAreOnlyLookedUpOrListedMayBeAnything() {
        LoopbackClient ann = startForAnn();
        for (String odd : List.of("", "a:b", "{}", "\n", "x".repeat(1024))) {
            assertThat(ann.request("roomJoin", odd)).isEqualTo(refused("No such room " + odd));
            assertThat(ann.request("directMessage", odd, text("Hi"))).isEqualTo(refused("No such user " + odd));
            assertThat(ann.request("roomUserSeen", ROOM, odd)).isEqualTo(done(seen(false, null)));
            assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of(odd)))
                    .isEqualTo(done(null));
            assertThat(items(ann.result("roomGetAccessList", ROOM, "blacklist")))
                    .contains(Value.of(odd));
        }
    }

    @Test
    void aNameInAListIsNoLongerThanAName() {
        LoopbackClient ann = startForAnn();
        String tooLong = "x".repeat(1025);
        List<Value> refused = refused("String " + tooLong + " contains invalid characters");
        assertThat(ann.request("roomAddToList", ROOM, "whitelist", List.of("bob", tooLong)))
                .isEqualTo(refused);
        assertThat(ann.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of()));
        assertThat(ann.request("directAddToList", "whitelist", List.of("bob", tooLong)))
                .isEqualTo(refused);
        assertThat(ann.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of()));
    }

    @Test
    void theRoomIsLookedAtBeforeTheList() {
        LoopbackTransport objects = door(ErrorFormat.OBJECT);
        server.door(objects);
        start();
        assertThat(objects.login("ann").request("roomGetAccessList", "room1", "nosuchlist"))
                .isEqualTo(List.of(
                        Value.of(Map.of("name", "ChatServiceError", "code", "noRoom", "args", List.of("room1"))),
                        Value.NULL));
    }

    @Test
    void asAnObjectAnErrorHasItsFieldsInTheContractsOrderAndItsArgumentsAsValues() {
        LoopbackTransport objects = door(ErrorFormat.OBJECT);
        server.door(objects);
        start();
        LoopbackClient ann = objects.login("ann");
        Value error = ann.refusal("roomJoin", Map.of("a", 1));
        assertThat(fieldNames(error)).containsExactly("name", "code", "args");
        assertThat(error)
                .isEqualTo(Value.of(
                        Map.of("name", "ChatServiceError", "code", "badArgument", "args", List.of(0, Map.of("a", 1)))));
        assertThat(ann.refusal("roomJoin"))
                .isEqualTo(Value.of(
                        Map.of("name", "ChatServiceError", "code", "wrongArgumentsCount", "args", List.of(1, 0))));
        assertThat(objects.connect(Map.of()).nextEvent())
                .isEqualTo(event(
                        "loginRejected", Map.of("name", "ChatServiceError", "code", "noLogin", "args", List.of())));
    }

    @Test
    void aCommandCanBeCheckedWithoutBeingCarriedOut() {
        startWithRoom();
        assertThatCode(() -> chat().check(RoomMessage.of(ROOM, Body.text("Hi"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> chat().check(RoomGetOwner.of("missing"))).doesNotThrowAnyException();
        var odd = RoomMessage.of(ROOM, Body.of((Value.Obj) Value.of(Map.of("x", 1))));
        assertThatThrownBy(() -> chat().check(odd))
                .isInstanceOf(ChatException.class)
                .hasMessage("Bad argument at position 1, value {\"x\":1}");
        assertThat(member("ann").request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
    }

    @Test
    void whatTheServerItselfSaysIsCheckedToo() {
        startWithRoom();
        assertThatThrownBy(() ->
                        chat().asServer().execute(RoomMessage.of(ROOM, Body.of((Value.Obj) Value.of(Map.of("x", 1))))))
                .isInstanceOf(ChatException.class)
                .hasMessage("Bad argument at position 1, value {\"x\":1}");
    }

    /** A server that allows ann everything, who is in her room, while bob is online. */
    private LoopbackClient startForAnn() {
        options.enableRoomsManagement(true).enableDirectMessages(true);
        start();
        login("bob");
        LoopbackClient ann = login("ann");
        prepareFor(ann);
        return ann;
    }

    /** The room that requests name, whatever became of it, and none that they create. */
    private void prepareFor(LoopbackClient ann) {
        for (String room : List.of(ROOM, "new room")) {
            if (chat().rooms().exists(room)) {
                chat().rooms().delete(room);
            }
        }
        chat().rooms().create(ROOM, RoomSettings.builder().owner("ann").build());
        ann.result("roomJoin", ROOM);
    }

    static List<@Nullable Object> bad(char type) {
        return switch (type) {
            case 'S' -> Arrays.asList(7, null, true, List.of("a"), Map.of(), new byte[] {1});
            case 'M' -> Arrays.asList("Hi", 7, null, true, List.of());
            case 'N' -> Arrays.asList(-1, "0", null, true, List.of(), Map.of());
            case 'P' -> Arrays.asList(0, -1, "1", null, true);
            case 'A' -> Arrays.asList("a", null, 7, Map.of(), List.of(7), Arrays.asList("a", null));
            case 'B' -> Arrays.asList("true", 1, null, List.of());
            default -> List.of();
        };
    }
}
