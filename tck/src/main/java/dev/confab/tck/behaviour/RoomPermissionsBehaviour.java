package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may speak, read, join and edit. */
abstract class RoomPermissionsBehaviour extends Behaviour {

    private static final List<Value> NOT_ALLOWED = refused("Action is not allowed");
    private static final List<Value> NOT_JOINED = refused("Not joined to room lobby");

    private static RoomSettings.Builder owned() {
        return RoomSettings.builder().owner("ann").adminlist("adam");
    }

    // Speaking and reading

    @Test
    void onlyMembersSpeak() {
        startWithRoom(owned());
        assertThat(login("bob").request("roomMessage", ROOM, text("Hi"))).isEqualTo(NOT_JOINED);
        assertThat(login("adam").request("roomMessage", ROOM, text("Hi"))).isEqualTo(NOT_JOINED);
        assertThat(login("ann").request("roomMessage", ROOM, text("Hi"))).isEqualTo(NOT_JOINED);
    }

    @Test
    void aUserSpeaksFromAnyConnectionWhileOneOfThemIsAMember() {
        startWithRoom();
        member("ann");
        LoopbackClient aside = login("ann");
        assertThat(aside.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
        aside.assertNothingMore();
    }

    static Stream<Object[]> readings() {
        return Stream.of(
                new Object[] {"roomRecentHistory", new Object[] {ROOM}},
                new Object[] {"roomHistoryGet", new Object[] {ROOM, 0, 1}},
                new Object[] {"roomHistoryInfo", new Object[] {ROOM}},
                new Object[] {"roomNotificationsInfo", new Object[] {ROOM}},
                new Object[] {"roomUserSeen", new Object[] {ROOM, "ann"}},
                new Object[] {"roomGetAccessList", new Object[] {ROOM, "userlist"}},
                new Object[] {"roomGetAccessList", new Object[] {ROOM, "nosuchlist"}},
                new Object[] {"roomGetOwner", new Object[] {ROOM}},
                new Object[] {"roomGetWhitelistMode", new Object[] {ROOM}});
    }

    @ParameterizedTest
    @MethodSource("readings")
    void strangersReadNothing(String request, Object[] args) {
        startWithRoom(owned());
        assertThat(login("bob").request(request, args)).isEqualTo(NOT_JOINED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "adam", "ann"})
    void membersReadAndSoDoAdministratorsAndTheOwnerWithoutJoining(String user) {
        startWithRoom(owned());
        LoopbackClient reader = user.equals("bob") ? member("bob") : login(user);
        assertThat(reader.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of()));
        assertThat(reader.request("roomHistoryGet", ROOM, 0, 1)).isEqualTo(done(List.of()));
        assertThat(reader.request("roomGetWhitelistMode", ROOM)).isEqualTo(done(false));
        assertThat(reader.request("roomGetOwner", ROOM)).isEqualTo(done("ann"));
        assertThat(reader.request("roomGetAccessList", ROOM, "adminlist")).isEqualTo(done(List.of("adam")));
        assertThat(reader.request("roomGetAccessList", ROOM, "nosuchlist"))
                .isEqualTo(refused("No such list nosuchlist"));
    }

    @Test
    void aRoomWithoutOwnerAnswersNull() {
        startWithRoom();
        assertThat(member("bob").request("roomGetOwner", ROOM)).isEqualTo(done(null));
    }

    @Test
    void whitelistModeCanBeRead() {
        startWithRoom(RoomSettings.builder().owner("ann").whitelistOnly(true));
        assertThat(login("ann").request("roomGetWhitelistMode", ROOM)).isEqualTo(done(true));
    }

    // Editing

    @Test
    void theOwnerEditsAllLists() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = login("ann");
        for (String list : List.of("adminlist", "whitelist", "blacklist")) {
            assertThat(ann.request("roomAddToList", ROOM, list, List.of("bob", "cat")))
                    .isEqualTo(done(null));
            assertThat(items(ann.result("roomGetAccessList", ROOM, list)))
                    .containsExactlyInAnyOrder(Value.of("bob"), Value.of("cat"));
            assertThat(ann.request("roomRemoveFromList", ROOM, list, List.of("bob")))
                    .isEqualTo(done(null));
            assertThat(ann.request("roomGetAccessList", ROOM, list)).isEqualTo(done(List.of("cat")));
        }
    }

    @Test
    void addingTwiceAndRemovingTheAbsentIsFine() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomAddToList", ROOM, "whitelist", List.of("bob", "bob")))
                .isEqualTo(done(null));
        assertThat(ann.request("roomAddToList", ROOM, "whitelist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(ann.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of("bob")));
        assertThat(ann.request("roomRemoveFromList", ROOM, "whitelist", List.of("nobody")))
                .isEqualTo(done(null));
        assertThat(ann.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of("bob")));
    }

    @Test
    void noNamesAtAllIsFineToo() {
        startWithRoom(RoomSettings.builder().owner("ann").whitelist("bob"));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomAddToList", ROOM, "whitelist", List.of())).isEqualTo(done(null));
        assertThat(ann.request("roomRemoveFromList", ROOM, "whitelist", List.of()))
                .isEqualTo(done(null));
        assertThat(ann.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of("bob")));
    }

    @Test
    void anAdministratorEditsWhitelistAndBlacklistAndTheMode() {
        startWithRoom(owned());
        LoopbackClient adam = login("adam");
        assertThat(adam.request("roomAddToList", ROOM, "whitelist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(adam.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of("bob")));
        assertThat(adam.request("roomRemoveFromList", ROOM, "whitelist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(adam.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of()));
        assertThat(adam.request("roomAddToList", ROOM, "blacklist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(adam.request("roomSetWhitelistMode", ROOM, true)).isEqualTo(done(null));
        assertThat(adam.request("roomGetWhitelistMode", ROOM)).isEqualTo(done(true));
    }

    @Test
    void anAdministratorDoesNotEditTheAdminlist() {
        startWithRoom(owned());
        LoopbackClient adam = login("adam");
        assertThat(adam.request("roomAddToList", ROOM, "adminlist", List.of("bob")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(adam.request("roomRemoveFromList", ROOM, "adminlist", List.of("adam")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(adam.request("roomGetAccessList", ROOM, "adminlist")).isEqualTo(done(List.of("adam")));
    }

    @Test
    void anAdministratorDoesNotListTheOwner() {
        startWithRoom(owned());
        LoopbackClient adam = login("adam");
        assertThat(adam.request("roomAddToList", ROOM, "blacklist", List.of("bob", "ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(adam.request("roomRemoveFromList", ROOM, "whitelist", List.of("ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(adam.request("roomGetAccessList", ROOM, "blacklist")).isEqualTo(done(List.of()));
    }

    @Test
    void nobodyEditsTheUserlist() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        assertThat(ann.request("roomAddToList", ROOM, "userlist", List.of("bob")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(ann.request("roomRemoveFromList", ROOM, "userlist", List.of("ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
    }

    @Test
    void aPlainMemberEditsNothing() {
        startWithRoom(owned());
        LoopbackClient bob = member("bob");
        for (String list : List.of("adminlist", "whitelist", "blacklist", "userlist", "nosuchlist")) {
            assertThat(bob.request("roomAddToList", ROOM, list, List.of("bob"))).isEqualTo(NOT_ALLOWED);
            assertThat(bob.request("roomRemoveFromList", ROOM, list, List.of("bob")))
                    .isEqualTo(NOT_ALLOWED);
        }
        assertThat(bob.request("roomSetWhitelistMode", ROOM, true)).isEqualTo(NOT_ALLOWED);
        assertThat(bob.request("roomGetWhitelistMode", ROOM)).isEqualTo(done(false));
    }

    @Test
    void theListsNameIsLookedAtAfterTheRoomAndThePermission() {
        startWithRoom(owned());
        assertThat(login("ann").request("roomAddToList", ROOM, "nosuchlist", List.of("bob")))
                .isEqualTo(refused("No such list nosuchlist"));
        assertThat(login("adam").request("roomAddToList", ROOM, "nosuchlist", List.of("ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(login("bob").request("roomAddToList", "missing", "userlist", List.of("bob")))
                .isEqualTo(refused("No such room missing"));
    }

    @Test
    void aListGrowsUpToItsLimitAndNotBeyond() {
        options.roomListSizeLimit(1);
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of("bob", "cat")))
                .isEqualTo(refused("Exceeded blacklist size limit"));
        assertThat(ann.request("roomGetAccessList", ROOM, "blacklist")).isEqualTo(done(List.of()));
        assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of("cat")))
                .isEqualTo(refused("Exceeded blacklist size limit"));
    }

    @Test
    void theLimitCountsOnlyWhatWouldReallyBeAdded() {
        options.roomListSizeLimit(2);
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = login("ann");
        ann.result("roomAddToList", ROOM, "whitelist", List.of("bob"));
        assertThat(ann.request("roomAddToList", ROOM, "whitelist", List.of("bob", "cat", "cat")))
                .isEqualTo(done(null));
        assertThat(items(ann.result("roomGetAccessList", ROOM, "whitelist"))).hasSize(2);
    }

    // Joining

    @Test
    void theBlacklistedDoNotJoin() {
        startWithRoom(RoomSettings.builder().blacklist("bob").whitelist("bob"));
        assertThat(login("bob").request("roomJoin", ROOM)).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void inWhitelistModeOnlyTheListedJoin() {
        startWithRoom(RoomSettings.builder().whitelist("bob").whitelistOnly(true));
        assertThat(login("cat").request("roomJoin", ROOM)).isEqualTo(NOT_ALLOWED);
        assertThat(login("bob").request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    @Test
    void blacklistBeatsWhitelistInWhitelistModeToo() {
        startWithRoom(RoomSettings.builder().whitelist("bob").blacklist("bob").whitelistOnly(true));
        assertThat(login("bob").request("roomJoin", ROOM)).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void administratorsAndTheOwnerAlwaysJoin() {
        startWithRoom(owned().blacklist("ann", "adam").whitelistOnly(true));
        assertThat(login("ann").request("roomJoin", ROOM)).isEqualTo(done(1));
        assertThat(login("adam").request("roomJoin", ROOM)).isEqualTo(done(1));
    }
}
