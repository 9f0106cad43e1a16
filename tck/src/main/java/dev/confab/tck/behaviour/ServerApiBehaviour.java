package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ClientConnection;
import dev.confab.DirectSettings;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomLeave;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What an embedder's own code does with rooms, users and connections. */
abstract class ServerApiBehaviour extends Behaviour {

    // Users

    @Test
    void disconnectingAUserEndsAllItsConnections() {
        start();
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        LoopbackClient other = login("bob");
        chat().users().disconnect("ann");
        assertThat(first.awaitClosed()).isEqualTo(CloseReason.KICKED);
        assertThat(second.awaitClosed()).isEqualTo(CloseReason.KICKED);
        other.settle();
        assertThat(other.closedReason()).isEmpty();
    }

    @Test
    void disconnectingAUserWhoIsNotThereIsFine() {
        start();
        chat().users().disconnect("nobody");
    }

    @Test
    void aCreatedUserHasWhatItWasCreatedWith() {
        start();
        chat().users().create("ann", new DirectSettings(Set.of("bob"), Set.of("cat"), true));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directGetWhitelistMode")).isEqualTo(done(true));
        assertThat(ann.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of("bob")));
        assertThat(ann.request("directGetAccessList", "blacklist")).isEqualTo(done(List.of("cat")));
    }

    @Test
    void aUserIsCreatedOnceAndUnderAValidName() {
        start();
        chat().users().create("ann", DirectSettings.DEFAULT);
        assertFails(() -> chat().users().create("ann", DirectSettings.DEFAULT), "User ann already exists");
        assertFails(
                () -> chat().users().create("user:1", DirectSettings.DEFAULT),
                "String user:1 contains invalid characters");
    }

    @Test
    void aUserIsDeletedOnceOffline() throws InterruptedException {
        var offline = new CountDownLatch(1);
        server.onDisconnect(disconnect -> offline.countDown());
        start();
        LoopbackClient ann = login("ann");
        assertThat(chat().users().exists("ann")).isTrue();
        assertFails(() -> chat().users().delete("ann"), "User ann is online");
        ann.disconnect();
        assertThat(offline.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        chat().users().delete("ann");
        assertThat(chat().users().exists("ann")).isFalse();
        assertFails(() -> chat().users().delete("ann"), "No such user ann");
    }

    @Test
    void itCanBeAskedWhetherAUsersListHoldsAName() {
        start();
        chat().users().create("ann", new DirectSettings(Set.of(), Set.of("bob"), false));
        assertThat(chat().users().lists("ann", DirectList.BLACKLIST, "bob")).isTrue();
        assertThat(chat().users().lists("ann", DirectList.BLACKLIST, "cat")).isFalse();
        assertThat(chat().users().lists("ann", DirectList.WHITELIST, "bob")).isFalse();
        assertFails(() -> chat().users().lists("nobody", DirectList.WHITELIST, "bob"), "No such user nobody");
    }

    // Rooms

    @Test
    void aRoomIsCreatedOnceAndUnderAValidName() {
        startWithRoom();
        assertFails(() -> chat().rooms().create(ROOM, RoomSettings.DEFAULT), "Room lobby already exists");
        assertFails(
                () -> chat().rooms().create("room:1", RoomSettings.DEFAULT),
                "String room:1 contains invalid characters");
    }

    @Test
    void aCreatedRoomHasWhatItWasCreatedWith() {
        startWithRoom(RoomSettings.builder()
                .owner("ann")
                .adminlist("adam")
                .whitelist("wendy")
                .blacklist("bob")
                .whitelistOnly(true)
                .historyMaxSize(5));
        LoopbackClient ann = login("ann");
        assertThat(ann.request("roomGetOwner", ROOM)).isEqualTo(done("ann"));
        assertThat(ann.request("roomGetAccessList", ROOM, "adminlist")).isEqualTo(done(List.of("adam")));
        assertThat(ann.request("roomGetAccessList", ROOM, "whitelist")).isEqualTo(done(List.of("wendy")));
        assertThat(ann.request("roomGetAccessList", ROOM, "blacklist")).isEqualTo(done(List.of("bob")));
        assertThat(ann.request("roomGetWhitelistMode", ROOM)).isEqualTo(done(true));
        assertThat(field(ann.result("roomHistoryInfo", ROOM), "historyMaxSize")).isEqualTo(Value.of(5));
    }

    @Test
    void aDeletedRoomIsGoneAndItsMembersAreTold() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(chat().rooms().exists(ROOM)).isTrue();
        chat().rooms().delete(ROOM);
        assertThat(chat().rooms().exists(ROOM)).isFalse();
        assertThat(ann.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        assertFails(() -> chat().rooms().delete(ROOM), "No such room lobby");
    }

    @Test
    void aRoomsOwnerChanges() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient bob = member("bob");
        chat().rooms().setOwner(ROOM, "bob");
        assertThat(bob.request("roomGetOwner", ROOM)).isEqualTo(done("bob"));
        assertThat(bob.request("roomAddToList", ROOM, "adminlist", List.of("cat")))
                .isEqualTo(done(null));
        chat().rooms().setOwner(ROOM, null);
        assertThat(bob.request("roomGetOwner", ROOM)).isEqualTo(done(null));
    }

    @Test
    void aRoomsHistorySizeChanges() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().rooms().setHistoryMaxSize(ROOM, 3);
        assertThat(field(ann.result("roomHistoryInfo", ROOM), "historyMaxSize")).isEqualTo(Value.of(3));
    }

    @Test
    void whatARoomAnnouncesOfItsListsChanges() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().rooms().setAccessListsUpdates(ROOM, true);
        chat().asServer().execute(RoomAddToList.of(ROOM, RoomList.WHITELIST, "bob"));
        assertThat(ann.nextEvent()).isEqualTo(event("roomAccessListAdded", ROOM, "whitelist", List.of("bob")));
        chat().rooms().setAccessListsUpdates(ROOM, false);
        chat().asServer().execute(RoomAddToList.of(ROOM, RoomList.WHITELIST, "cat"));
        ann.assertNothingMore();
    }

    @Test
    void whatARoomAnnouncesOfItsUsersChanges() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().rooms().setUserlistUpdates(ROOM, true);
        LoopbackClient bob = member("bob");
        assertThat(ann.nextEvent()).isEqualTo(event("roomUserJoined", ROOM, "bob"));
        chat().rooms().setUserlistUpdates(ROOM, false);
        bob.result("roomLeave", ROOM);
        ann.assertNothingMore();
    }

    @Test
    void itCanBeAskedWhetherARoomsListHoldsAName() {
        startWithRoom(RoomSettings.builder().adminlist("ann"));
        member("bob");
        assertThat(chat().rooms().lists(ROOM, RoomList.ADMINLIST, "ann")).isTrue();
        assertThat(chat().rooms().lists(ROOM, RoomList.ADMINLIST, "bob")).isFalse();
        assertThat(chat().rooms().lists(ROOM, RoomList.USERLIST, "bob")).isTrue();
    }

    @Test
    void nothingCanBeDoneWithARoomThatIsNotThere() {
        start();
        for (ThrowingCallable action : List.<ThrowingCallable>of(
                () -> chat().rooms().setOwner(ROOM, "ann"),
                () -> chat().rooms().setHistoryMaxSize(ROOM, 1),
                () -> chat().rooms().setAccessListsUpdates(ROOM, true),
                () -> chat().rooms().setUserlistUpdates(ROOM, true),
                () -> chat().rooms().lists(ROOM, RoomList.ADMINLIST, "ann"),
                () -> chat().rooms().delete(ROOM))) {
            assertFails(action, "No such room lobby");
        }
    }

    // Commands on a connection

    @Test
    void whatIsDoneOnAConnectionIsEchoedToItToo() {
        startWithRoom();
        LoopbackClient aside = login("ann");
        LoopbackClient ann = login("ann");
        takeNote(aside);
        var actor = chat().asUser("ann").on(ann.id());
        assertThat(actor.execute(RoomJoin.of(ROOM)).connections()).isEqualTo(1);
        assertThat(ann.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, ann.id(), 1));
        assertThat(aside.nextEvent()).isEqualTo(event("roomJoinedEcho", ROOM, ann.id(), 1));
        assertThat(actor.execute(RoomMessage.of(ROOM, Body.text("Hi"))).id()).isEqualTo(1);
        assertThat(ann.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(1, "ann", "Hi")));
        assertThat(actor.execute(RoomLeave.of(ROOM))).isZero();
        assertThat(ann.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ann.id(), 0));
        assertThat(aside.nextEvent()).isEqualTo(event("roomLeftEcho", ROOM, ann.id(), 0));
        assertNothingMore(ann, aside);
    }

    @Test
    void joiningAndLeavingNeedAConnectionOfTheUsers() {
        startWithRoom();
        LoopbackClient ann = login("ann");
        login("bob");
        var anybody = chat().asUser("ann");
        assertFails(() -> anybody.execute(RoomJoin.of(ROOM)), "Command roomJoin requires a valid socket");
        assertFails(() -> anybody.execute(RoomLeave.of(ROOM)), "Command roomLeave requires a valid socket");
        assertFails(() -> anybody.on("gone").execute(RoomJoin.of(ROOM)), "Socket gone is not connected");
        assertFails(
                () -> chat().asUser("bob").on(ann.id()).execute(RoomJoin.of(ROOM)),
                "Socket " + ann.id() + " is not connected");
        assertFails(() -> chat().asServer().execute(RoomJoin.of(ROOM)), "Command roomJoin requires a valid socket");
    }

    @Test
    void commandsOfAnUnknownUserFail() {
        startWithRoom();
        assertFails(
                () -> chat().asUser("nobody").execute(RoomMessage.of(ROOM, Body.text("Hi"))), "No such user nobody");
    }

    @Test
    void aUserNeedNotBeOnline() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        chat().users().create("ann", DirectSettings.DEFAULT);
        chat().asUser("ann").execute(RoomAddToList.of(ROOM, RoomList.ADMINLIST, "bob"));
        assertThat(chat().rooms().lists(ROOM, RoomList.ADMINLIST, "bob")).isTrue();
    }

    // Events and requests of the embedder's own

    @Test
    void anEventOfTheEmbeddersReachesAllMembersOrAllConnectionsOfAUserOrOne() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        LoopbackClient aside = login("ann");
        LoopbackClient bob = member("bob");
        takeNote(ann);
        chat().rooms().emit(ROOM, "toRoom", Value.of(1), Value.of("two"));
        chat().users().emit("ann", "toUser", Value.of(3));
        chat().connections().find(bob.id()).orElseThrow().emit("toOne");
        assertThat(ann.nextEvent()).isEqualTo(event("toRoom", 1, "two"));
        assertThat(ann.nextEvent()).isEqualTo(event("toUser", 3));
        assertThat(aside.nextEvent()).isEqualTo(event("toUser", 3));
        assertThat(bob.nextEvent()).isEqualTo(event("toRoom", 1, "two"));
        assertThat(bob.nextEvent()).isEqualTo(event("toOne"));
        chat().rooms().emit("missing", "lost");
        chat().users().emit("nobody", "lost");
        assertNothingMore(ann, aside, bob);
    }

    @Test
    void aConnectionAnswersRequestsOfTheEmbeddersOwn() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        ClientConnection connection = chat().connections().find(ann.id()).orElseThrow();
        var asked = new CompletableFuture<List<Value>>();
        connection.handle("roll", (asker, args) -> {
            assertThat(asker.id()).isEqualTo(ann.id());
            asked.complete(args);
            return List.of(Value.of(4), Value.of("fair"));
        });
        connection.handle("refuse", (asker, args) -> {
            throw new ChatException(ChatError.of("no"));
        });
        connection.handle("fault", (asker, args) -> {
            throw new IllegalStateException("secret");
        });
        assertThat(ann.request("roll", 6, "sides")).isEqualTo(List.of(Value.NULL, Value.of(4), Value.of("fair")));
        assertThat(asked.join()).containsExactly(Value.of(6), Value.of("sides"));
        assertThat(ann.request("refuse")).isEqualTo(refused("no"));
        assertThat(ann.request("fault")).isEqualTo(refused("Internal server error"));
        assertThat(bob.request("roll", 6)).isEqualTo(refused("No such command roll"));
    }

    @Test
    void aConnectionIsFoundWithWhatIsNotedAboutItUntilItEnds() {
        start();
        LoopbackClient ann = login("ann");
        ClientConnection connection = chat().connections().find(ann.id()).orElseThrow();
        connection.attributes().put("color", "blue");
        assertThat(connection.user()).contains("ann");
        assertThat(connection.isConnected()).isTrue();
        assertThat(connection.handshake().query("user")).contains("ann");
        assertThat(chat().connections().find(ann.id()).orElseThrow().attributes())
                .containsEntry("color", "blue");
        assertThat(chat().connections().find("nobody")).isEmpty();
        connection.close();
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.KICKED);
        assertThat(connection.isConnected()).isFalse();
        connection.emit("nobody hears this");
        connection.close();
        chat().close();
        assertThat(chat().connections().find(ann.id())).isEmpty();
    }

    private static void assertFails(ThrowingCallable action, String text) {
        assertThatThrownBy(action).isInstanceOf(ChatException.class).hasMessage(text);
    }
}
