package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.Actor;
import dev.confab.Before;
import dev.confab.Call;
import dev.confab.DirectSettings;
import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.DirectAddToList;
import dev.confab.protocol.DirectGetAccessList;
import dev.confab.protocol.DirectGetWhitelistMode;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.DirectMessage;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomAddToList;
import dev.confab.protocol.RoomCreate;
import dev.confab.protocol.RoomDelete;
import dev.confab.protocol.RoomGetAccessList;
import dev.confab.protocol.RoomGetOwner;
import dev.confab.protocol.RoomGetWhitelistMode;
import dev.confab.protocol.RoomJoin;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.RoomRemoveFromList;
import dev.confab.protocol.RoomSetWhitelistMode;
import dev.confab.protocol.SystemMessage;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** In whose name the server acts, and what then applies. */
abstract class ServerPermissionsBehaviour extends Behaviour {

    private final BlockingQueue<Call<?>> hooked = new LinkedBlockingQueue<>();

    // As a user

    @Test
    void aUsersOwnListsAndModeAreReadAndChangedInItsName() {
        start();
        chat().users().create("ann", new DirectSettings(Set.of(), Set.of(), true));
        Actor ann = chat().asUser("ann");
        assertThat(ann.execute(DirectGetWhitelistMode.of())).isTrue();
        ann.execute(DirectAddToList.of(DirectList.WHITELIST, "bob"));
        assertThat(ann.execute(DirectGetAccessList.of(DirectList.WHITELIST))).containsExactly("bob");
    }

    @Test
    void permissionsApplyToWhatIsDoneInAUsersName() {
        startWithRoom();
        login("ann");
        assertFails(() -> chat().asUser("ann").execute(RoomGetOwner.of(ROOM)), "Not joined to room lobby");
        assertFails(() -> chat().asUser("ann").execute(RoomSetWhitelistMode.of(ROOM, true)), "Action is not allowed");
    }

    @Test
    void aSystemMessageWithoutAConnectionReachesAllOfTheUsers() {
        start();
        LoopbackClient first = login("ann");
        LoopbackClient second = login("ann");
        takeNote(first);
        chat().asUser("ann").execute(SystemMessage.of(Value.of("news")));
        assertThat(first.nextEvent()).isEqualTo(event("systemMessage", "news"));
        assertThat(second.nextEvent()).isEqualTo(event("systemMessage", "news"));
        chat().asUser("ann").on(first.id()).execute(SystemMessage.of(Value.of("to the other")));
        assertThat(second.nextEvent()).isEqualTo(event("systemMessage", "to the other"));
        assertNothingMore(first, second);
    }

    // Past permissions

    @Test
    void pastPermissionsADirectMessageGetsThroughWhitelistMode() {
        options.enableDirectMessages(true);
        start();
        LoopbackClient bob = login("bob");
        login("ann");
        bob.result("directSetWhitelistMode", true);
        Actor ann = chat().asUser("ann");
        assertFails(() -> ann.execute(DirectMessage.of("bob", Body.text("Hi"))), "Action is not allowed");
        ann.bypassingPermissions().execute(DirectMessage.of("bob", Body.text("Hi")));
        assertThat(bob.nextEvent())
                .isEqualTo(event(
                        "directMessage", Map.of("textMessage", "Hi", "author", "ann", "timestamp", clock.millis())));
    }

    @Test
    void evenPastPermissionsAMessageNeedsARecipientWhoIsThere() {
        start();
        login("ann");
        chat().users().create("bob", DirectSettings.DEFAULT);
        Actor ann = chat().asUser("ann").bypassingPermissions();
        assertFails(() -> ann.execute(DirectMessage.of("nobody", Body.text("Hi"))), "No such user nobody");
        assertFails(() -> ann.execute(DirectMessage.of("bob", Body.text("Hi"))), "No such user online bob");
    }

    @Test
    void pastPermissionsAUserSpeaksWithoutBeingAMember() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        login("bob");
        chat().asUser("bob").bypassingPermissions().execute(RoomMessage.of(ROOM, Body.text("Hi")));
        assertThat(ann.nextEvent()).isEqualTo(event("roomMessage", ROOM, message(1, "bob", "Hi")));
    }

    @Test
    void theServerSpeaksWithoutAnAuthor() {
        startWithRoom();
        LoopbackClient ann = member("ann");
        assertThat(chat().asServer()
                        .execute(RoomMessage.of(ROOM, Body.text("Hi")))
                        .id())
                .isEqualTo(1);
        Value message = ann.nextEvent().arg(1);
        assertThat(message).isEqualTo(Value.of(Map.of("textMessage", "Hi", "timestamp", clock.millis(), "id", 1)));
        assertThat(ann.request("roomRecentHistory", ROOM)).isEqualTo(done(List.of(message)));
    }

    @Test
    void theServerReadsAndEditsAnyRoom() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        Actor anybody = chat().asServer();
        assertThat(anybody.execute(RoomGetWhitelistMode.of(ROOM))).isFalse();
        anybody.execute(RoomAddToList.of(ROOM, RoomList.ADMINLIST, "bob"));
        assertThat(anybody.execute(RoomGetAccessList.of(ROOM, RoomList.ADMINLIST)))
                .containsExactly("bob");
        anybody.execute(RoomRemoveFromList.of(ROOM, RoomList.ADMINLIST, "bob"));
        assertThat(anybody.execute(RoomGetAccessList.of(ROOM, RoomList.ADMINLIST)))
                .isEmpty();
        anybody.execute(RoomSetWhitelistMode.of(ROOM, true));
        assertThat(anybody.execute(RoomGetWhitelistMode.of(ROOM))).isTrue();
        assertThat(anybody.execute(RoomGetOwner.of(ROOM))).contains("ann");
    }

    @Test
    void theServerCreatesAndDeletesRoomsWhereClientsMayNot() {
        start();
        Actor anybody = chat().asServer();
        anybody.execute(RoomCreate.of(ROOM, false));
        assertThat(anybody.execute(RoomGetOwner.of(ROOM))).isEmpty();
        assertFails(() -> anybody.execute(RoomCreate.of("room:1", false)), "String room:1 contains invalid characters");
        anybody.execute(RoomDelete.of(ROOM));
        assertThat(chat().rooms().exists(ROOM)).isFalse();
    }

    @Test
    void evenTheServerEditsNoUserlist() {
        startWithRoom();
        assertFails(
                () -> chat().asServer().execute(RoomAddToList.of(ROOM, RoomList.USERLIST, "ann")),
                "Action is not allowed");
        assertFails(
                () -> chat().asServer().execute(RoomAddToList.of("missing", RoomList.USERLIST, "ann")),
                "No such room missing");
    }

    @Test
    void whoMayJoinIsDecidedByTheRoomsListsWhoeverAsks() {
        startWithRoom(RoomSettings.builder().blacklist("ann"));
        LoopbackClient ann = login("ann");
        assertFails(
                () -> chat().asUser("ann").on(ann.id()).bypassingPermissions().execute(RoomJoin.of(ROOM)),
                "Action is not allowed");
    }

    // Past hooks

    @Test
    void hooksSeeThatTheServerAsks() {
        hookMessages();
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().asUser("ann").on(ann.id()).call(RoomMessage.of(ROOM, Body.text("Hi")), Value.of("rest"));
        Call<?> call = hooked.remove();
        assertThat(call.isServerSide()).isTrue();
        assertThat(call.user()).contains("ann");
        assertThat(call.connection()).contains(ann.id());
        assertThat(call.rest()).containsExactly(Value.of("rest"));
        chat().asServer().execute(RoomMessage.of(ROOM, Body.text("Hi")));
        hooked.clear();
        chat().asServer().execute(RoomMessage.of(ROOM, Body.text("Hi")));
        assertThat(hooked.remove().user()).isEmpty();
        assertThat(hooked.remove().bypassesPermissions()).isTrue();
    }

    @Test
    void pastHooksNeitherTheOnesBeforeNorTheOnesAfterRun() {
        hookMessages();
        startWithRoom();
        LoopbackClient ann = member("ann");
        chat().asUser("ann").bypassingHooks().execute(RoomMessage.of(ROOM, Body.text("Hi")));
        ann.expect("roomMessage");
        assertThat(hooked).isEmpty();
        chat().asUser("ann").execute(RoomMessage.of(ROOM, Body.text("Hi")));
        assertThat(hooked).hasSize(2);
    }

    @Test
    void anActorIsNotChangedByWhatIsMadeOfIt() {
        startWithRoom();
        login("ann");
        Actor ann = chat().asUser("ann");
        ann.bypassingPermissions().execute(RoomGetOwner.of(ROOM));
        assertFails(() -> ann.execute(RoomGetOwner.of(ROOM)), "Not joined to room lobby");
    }

    @Test
    void aHooksOwnWordsAreAnOutcomeAndNoResult() {
        server.before(RoomGetOwner.class, call -> Before.answerWith(Value.of("mine")));
        startWithRoom();
        assertThat(chat().asServer().call(RoomGetOwner.of(ROOM))).isEqualTo(Outcome.answered(Value.of("mine")));
        assertThatThrownBy(() -> chat().asServer().execute(RoomGetOwner.of(ROOM)))
                .isInstanceOf(IllegalStateException.class);
    }

    // Access

    @Test
    void itCanBeAskedWhoMayWriteToWhom() {
        start();
        chat().users().create("ann", new DirectSettings(Set.of("wendy"), Set.of("bob"), false));
        assertThat(chat().users().takesDirect("ann", "cat")).isTrue();
        assertThat(chat().users().takesDirect("ann", "bob")).isFalse();
        assertThat(chat().users().takesDirect("ann", "ann")).isFalse();
        assertThat(chat().users().takesDirect("nobody", "cat")).isFalse();
        chat().users().create("dan", new DirectSettings(Set.of("wendy"), Set.of(), true));
        assertThat(chat().users().takesDirect("dan", "cat")).isFalse();
        assertThat(chat().users().takesDirect("dan", "wendy")).isTrue();
    }

    @Test
    void itCanBeAskedWhoMayJoin() {
        startWithRoom(RoomSettings.builder().whitelist("wendy").blacklist("bob").whitelistOnly(true));
        assertThat(chat().rooms().mayJoin(ROOM, "wendy")).isTrue();
        assertThat(chat().rooms().mayJoin(ROOM, "cat")).isFalse();
        assertThat(chat().rooms().mayJoin(ROOM, "bob")).isFalse();
        assertThat(chat().rooms().mayJoin("missing", "wendy")).isFalse();
    }

    private void hookMessages() {
        server.before(RoomMessage.class, call -> {
            hooked.add(call);
            return Before.proceed(call.command());
        });
        server.after(RoomMessage.class, (call, outcome) -> {
            hooked.add(call);
            return outcome;
        });
    }

    private static void assertFails(ThrowingCallable action, String text) {
        assertThatThrownBy(action).isInstanceOf(ChatException.class).hasMessage(text);
    }
}
