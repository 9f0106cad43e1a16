package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.protocol.Value;
import dev.confab.tck.Heard;
import dev.confab.tck.LoopbackClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What members hear of changes of lists and mode, and who is removed by them. */
abstract class AccessLossBehaviour extends Behaviour {

    private static RoomSettings.Builder owned() {
        return RoomSettings.builder()
                .owner("ann")
                .enableAccessListsUpdates(true)
                .enableUserlistUpdates(true);
    }

    // Notices

    @Test
    void changesOfListsAreToldToTheRoomWithTheNamesAsGiven() {
        startWithRoom(owned().whitelist("bob"));
        LoopbackClient ann = member("ann");
        assertThat(toldBeforeReply(ann, "roomAddToList", ROOM, "whitelist", List.of("cat", "bob", "cat")))
                .containsExactly(event("roomAccessListAdded", ROOM, "whitelist", List.of("cat", "bob", "cat")));
        assertThat(toldBeforeReply(ann, "roomRemoveFromList", ROOM, "whitelist", List.of("dan", "cat")))
                .containsExactly(event("roomAccessListRemoved", ROOM, "whitelist", List.of("dan", "cat")));
        ann.assertNothingMore();
    }

    @Test
    void aChangeOfModeIsToldEvenWhereNothingChanges() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        assertThat(toldBeforeReply(ann, "roomSetWhitelistMode", ROOM, false))
                .containsExactly(event("roomModeChanged", ROOM, false));
        assertThat(toldBeforeReply(ann, "roomSetWhitelistMode", ROOM, true))
                .containsExactly(event("roomModeChanged", ROOM, true));
    }

    @Test
    void aRoomThatAnnouncesNoListsIsQuietAboutThem() {
        startWithRoom(RoomSettings.builder().owner("ann"));
        LoopbackClient ann = member("ann");
        assertThat(toldBeforeReply(ann, "roomAddToList", ROOM, "whitelist", List.of("bob")))
                .isEmpty();
        assertThat(toldBeforeReply(ann, "roomRemoveFromList", ROOM, "whitelist", List.of("bob")))
                .isEmpty();
        assertThat(toldBeforeReply(ann, "roomSetWhitelistMode", ROOM, true)).isEmpty();
        ann.assertNothingMore();
    }

    @Test
    void aRefusedChangeIsToldToNobody() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        takeNote(ann);
        bob.refusal("roomAddToList", ROOM, "blacklist", List.of("ann"));
        bob.refusal("roomSetWhitelistMode", ROOM, true);
        assertNothingMore(ann, bob);
    }

    // Removals

    @Test
    void theBlacklistedAreRemovedInTheContractsOrder() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        LoopbackClient again = member("bob");
        LoopbackClient aside = login("bob");
        takeNote(ann, bob, again, aside);
        List<String> names = List.of("bob", "ghost");
        assertThat(toldBeforeReply(ann, "roomAddToList", ROOM, "blacklist", names))
                .containsExactly(
                        event("roomAccessListAdded", ROOM, "blacklist", names), event("roomUserLeft", ROOM, "bob"));
        for (LoopbackClient member : List.of(bob, again)) {
            assertThat(member.nextEvent()).isEqualTo(event("roomAccessListAdded", ROOM, "blacklist", names));
            assertThat(member.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        }
        assertThat(aside.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        assertNothingMore(ann, bob, again, aside);
        assertThat(ann.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("ann")));
        assertThat(bob.request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("Not joined to room lobby"));
        assertThat(bob.request("roomJoin", ROOM)).isEqualTo(refused("Action is not allowed"));
    }

    @Test
    void theRemovedHearNothingMoreOfTheRoom() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        takeNote(bob);
        ann.result("roomMessage", ROOM, text("Hi"));
        ann.result("roomSetWhitelistMode", ROOM, false);
        bob.assertNothingMore();
        assertThat(bob.request("listOwnSockets")).isEqualTo(done(Map.of(bob.id(), List.of())));
    }

    @Test
    void whoeverIsNoMemberIsToldNothingOfLosingAccess() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = login("bob");
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        bob.assertNothingMore();
    }

    @Test
    void theBlacklistRemovesNoAdministratorAndNotTheOwner() {
        startWithRoom(owned().adminlist("adam"));
        LoopbackClient ann = member("ann");
        LoopbackClient adam = member("adam");
        ann.result("roomAddToList", ROOM, "blacklist", List.of("ann", "adam"));
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist")))
                .containsExactlyInAnyOrder(Value.of("ann"), Value.of("adam"));
        assertThat(adam.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
    }

    @Test
    void theWhitelistProtectsNobodyFromTheBlacklist() {
        startWithRoom(owned().whitelist("bob").whitelistOnly(true));
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        bob.expect("roomAccessRemoved");
    }

    @Test
    void takenFromTheBlacklistOneMayComeBack() {
        startWithRoom(owned().blacklist("bob"));
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        bob.refusal("roomJoin", ROOM);
        ann.result("roomRemoveFromList", ROOM, "blacklist", List.of("bob"));
        assertThat(bob.request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    @Test
    void whitelistModeRemovesWhoeverIsNotListedButNoAdministratorAndNotTheOwner() {
        startWithRoom(owned().adminlist("adam").whitelist("wendy"));
        LoopbackClient ann = member("ann");
        LoopbackClient adam = member("adam");
        LoopbackClient wendy = member("wendy");
        LoopbackClient bob = member("bob");
        takeNote(ann, adam, wendy, bob);
        ann.result("roomSetWhitelistMode", ROOM, true);
        assertThat(bob.nextEvent()).isEqualTo(event("roomModeChanged", ROOM, true));
        assertThat(bob.nextEvent()).isEqualTo(event("roomAccessRemoved", ROOM));
        for (LoopbackClient stays : List.of(ann, adam, wendy)) {
            assertThat(stays.nextEvent()).isEqualTo(event("roomModeChanged", ROOM, true));
            assertThat(stays.nextEvent()).isEqualTo(event("roomUserLeft", ROOM, "bob"));
        }
        assertNothingMore(ann, adam, wendy, bob);
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist")))
                .containsExactlyInAnyOrder(Value.of("ann"), Value.of("adam"), Value.of("wendy"));
    }

    @Test
    void turningWhitelistModeOffRemovesNobody() {
        startWithRoom(owned().whitelist("wendy").whitelistOnly(true));
        LoopbackClient ann = member("ann");
        LoopbackClient wendy = member("wendy");
        takeNote(wendy);
        ann.result("roomSetWhitelistMode", ROOM, false);
        assertThat(wendy.nextEvent()).isEqualTo(event("roomModeChanged", ROOM, false));
        wendy.assertNothingMore();
    }

    @Test
    void inWhitelistModeWhoeverIsTakenFromTheWhitelistIsRemovedButNoAdministratorAndNotTheOwner() {
        startWithRoom(
                owned().adminlist("adam").whitelist("ann", "adam", "wendy").whitelistOnly(true));
        LoopbackClient ann = member("ann");
        LoopbackClient adam = member("adam");
        LoopbackClient wendy = member("wendy");
        ann.result("roomRemoveFromList", ROOM, "whitelist", List.of("ann", "adam", "wendy", "ghost"));
        wendy.expect("roomAccessRemoved");
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist")))
                .containsExactlyInAnyOrder(Value.of("ann"), Value.of("adam"));
        assertThat(adam.events("roomAccessRemoved")).isEmpty();
    }

    @Test
    void outsideWhitelistModeNobodyIsRemovedWithTheWhitelistOrTheAdminlist() {
        startWithRoom(owned().adminlist("adam").whitelist("wendy"));
        LoopbackClient ann = member("ann");
        LoopbackClient adam = member("adam");
        LoopbackClient wendy = member("wendy");
        ann.result("roomRemoveFromList", ROOM, "whitelist", List.of("wendy"));
        ann.result("roomRemoveFromList", ROOM, "adminlist", List.of("adam"));
        ann.settle();
        assertThat(wendy.takeAll()).doesNotContain(event("roomAccessRemoved", ROOM));
        assertThat(adam.takeAll()).doesNotContain(event("roomAccessRemoved", ROOM));
        assertThat(items(ann.result("roomGetAccessList", ROOM, "userlist"))).hasSize(3);
    }

    @Test
    void takingAnAdministratorFromTheAdminlistInWhitelistModeRemovesNobody() {
        startWithRoom(owned().adminlist("adam").whitelistOnly(true));
        LoopbackClient ann = member("ann");
        LoopbackClient adam = member("adam");
        ann.result("roomRemoveFromList", ROOM, "adminlist", List.of("adam"));
        assertThat(adam.takeAll()).doesNotContain(event("roomAccessRemoved", ROOM));
        assertThat(adam.request("roomMessage", ROOM, text("still here"))).isEqualTo(done(1));
    }

    @Test
    void theRemovedAreSeenUntilTheirRemoval() {
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        member("bob");
        clock.advance(java.time.Duration.ofSeconds(1));
        ann.result("roomAddToList", ROOM, "blacklist", List.of("bob"));
        assertThat(ann.request("roomUserSeen", ROOM, "bob")).isEqualTo(done(seen(false, clock.millis())));
    }

    @Test
    void whoLosesAccessIsToldWhereAHookTakesLongerThanAnybodyWaits() throws Exception {
        options.lockPatience(Duration.ofMillis(20));
        var gate = new Gate();
        var joins = new AtomicInteger();
        var leaves = new ConcurrentLinkedQueue<String>();
        server.onJoin(join -> {
            if (join.user().equals("bob") && joins.incrementAndGet() == 2) {
                gate.pass();
            }
        });
        server.onLeave(leave -> leaves.add(leave.user()));
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient bob = member("bob");
        var join = login("bob").send("roomJoin", ROOM);
        gate.awaitArrival();
        bob.takeAll();
        ann.takeAll();
        assertThat(ann.request("roomAddToList", ROOM, "blacklist", List.of("bob")))
                .isEqualTo(done(null));
        assertThat(bob.expect("roomAccessRemoved").args()).containsExactly(Value.of(ROOM));
        assertThat(leaves).containsExactly("bob");
        assertThat(ann.expect("roomUserLeft").args()).containsExactly(Value.of(ROOM), Value.of("bob"));
        gate.open();
        assertThat(join.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(refused("Action is not allowed"));
    }

    @Test
    void whoIsAMemberAgainBeforeTheRemovalIsFollowedUpIsNotToldOfIt() throws Exception {
        var gate = new Gate();
        var first = new CompletableFuture<String>();
        server.onLeave(leave -> {
            if (first.complete(leave.user())) {
                gate.pass();
            }
        });
        startWithRoom(owned());
        LoopbackClient ann = member("ann");
        LoopbackClient other = login("ann");
        LoopbackClient bob = member("bob");
        LoopbackClient cat = member("cat");
        var names = List.of("bob", "cat");
        var added = ann.send("roomAddToList", ROOM, "blacklist", names);
        gate.awaitArrival();
        other.result("roomRemoveFromList", ROOM, "blacklist", names);
        boolean bobIsFirst = first.join().equals("bob");
        LoopbackClient member = join(bobIsFirst ? cat : bob);
        member.takeAll();
        gate.open();
        assertThat(added.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(done(null));
        member.result("roomMessage", ROOM, text("Here I am"));
        assertThat(member.takeAll()).extracting(Heard.Event::name).containsExactly("roomUserLeft", "roomMessage");
        assertThat((bobIsFirst ? bob : cat).expect("roomAccessRemoved").args()).containsExactly(Value.of(ROOM));
        ann.settle();
        assertThat(ann.events("roomUserLeft")).containsExactly(event("roomUserLeft", ROOM, first.join()));
    }
}
