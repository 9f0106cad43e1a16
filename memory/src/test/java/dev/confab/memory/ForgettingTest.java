package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.DirectSettings;
import dev.confab.RoomSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.UserStore.ListChange;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the store forgets so that memory stays bounded, and when. */
final class ForgettingTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    @Test
    void aUserIsForgottenExactlyWhenTheTimeHasCome() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        visit(cellar, "ann");
        cellar.clock.advance(HOUR.minus(MOMENT));
        assertThat(cellar.users.exists("ann")).isTrue();
        cellar.clock.advance(MOMENT);
        assertThat(cellar.users.exists("ann")).isFalse();
        assertThatThrownBy(() -> cellar.users.whitelistOnly("ann"))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error()).isEqualTo(ChatError.noUser("ann")));
    }

    @Test
    void theTimeBeginsAnewWithEachVisit() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        visit(cellar, "ann");
        cellar.clock.advance(HOUR.minus(MOMENT));
        visit(cellar, "ann");
        cellar.clock.advance(HOUR.minus(MOMENT));
        assertThat(cellar.users.exists("ann")).isTrue();
        cellar.presence.connect("ann", "ann-1");
        cellar.clock.advance(HOUR.multipliedBy(5));
        assertThat(cellar.users.exists("ann")).isTrue();
    }

    @Test
    void aUserOfSeveralConnectionsIsOfflineWithTheLastOne() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        cellar.presence.connect("ann", "ann-1");
        cellar.presence.connect("ann", "ann-2");
        cellar.presence.disconnect("ann", "ann-1");
        cellar.clock.advance(HOUR.multipliedBy(2));
        assertThat(cellar.users.exists("ann")).isTrue();
        cellar.presence.retain("ann", List.of());
        cellar.clock.advance(HOUR.minus(MOMENT));
        assertThat(cellar.users.exists("ann")).isTrue();
        cellar.clock.advance(MOMENT);
        assertThat(cellar.users.exists("ann")).isFalse();
    }

    @Test
    void ofTooManyThoseOfflineLongestAreForgotten() {
        var cellar = Cellar.withOfflineUsers(HOUR, 2);
        Stream.of("ann", "bob", "ann", "cid").forEach(user -> visit(cellar, user));
        assertThat(cellar.users.exists("bob")).isFalse();
        assertThat(cellar.users.exists("ann")).isTrue();
        assertThat(cellar.users.exists("cid")).isTrue();
    }

    @Test
    void whoWasConfiguredStaysEvenIfNothingOfItIsLeft() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        cellar.presence.connect("ann", "ann-1");
        cellar.users.setWhitelistMode("ann", true);
        cellar.users.setWhitelistMode("ann", false);
        cellar.presence.disconnect("ann", "ann-1");
        cellar.clock.advance(HOUR.multipliedBy(2));
        assertThat(cellar.users.exists("ann")).isTrue();
        assertThat(cellar.users.takesDirect("ann", "bob")).isTrue();
    }

    @Test
    void whoWasConfiguredWhileOfflineStays() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        visit(cellar, "ann");
        cellar.users.changeList("ann", new ListChange(DirectList.BLACKLIST, true, List.of("bob"), 9));
        cellar.clock.advance(HOUR.multipliedBy(2));
        assertThat(cellar.users.takesDirect("ann", "bob")).isFalse();
    }

    @Test
    void settingWhatWasSoAlreadyConfiguresNobody() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        cellar.presence.connect("ann", "ann-1");
        cellar.users.setWhitelistMode("ann", false);
        cellar.users.changeList("ann", new ListChange(DirectList.BLACKLIST, true, List.of(), 9));
        cellar.users.changeList("ann", new ListChange(DirectList.BLACKLIST, false, List.of("bob"), 9));
        cellar.presence.disconnect("ann", "ann-1");
        cellar.clock.advance(HOUR);
        assertThat(cellar.users.exists("ann")).isFalse();
    }

    @Test
    void whoWasDeletedAndComesAgainIsForgottenAtTheRightTime() {
        var cellar = Cellar.withOfflineUsers(HOUR, 10);
        visit(cellar, "ann");
        cellar.users.delete("ann");
        cellar.users.create("ann", DirectSettings.DEFAULT);
        cellar.clock.advance(HOUR.multipliedBy(2));
        assertThat(cellar.users.exists("ann")).isTrue();
    }

    @Test
    void forMoreUsersThanAllowedNothingIsSetUntilOneIsDeleted() {
        var cellar = Cellar.withConfiguredUsers(2);
        cellar.users.create("ann", DirectSettings.DEFAULT);
        Stream.of("bob", "cid").forEach(user -> visit(cellar, user));
        cellar.users.setWhitelistMode("bob", true);
        var tooMany = ChatError.listLimitExceeded("users");
        Stream.<ThrowingCallable>of(
                        () -> cellar.users.setWhitelistMode("cid", true),
                        () -> cellar.users.changeList(
                                "cid", new ListChange(DirectList.BLACKLIST, true, List.of("bob"), 9)),
                        () -> cellar.users.create("dan", DirectSettings.DEFAULT))
                .forEach(refused -> assertThatThrownBy(refused)
                        .isInstanceOfSatisfying(
                                ChatException.class, e -> assertThat(e.error()).isEqualTo(tooMany)));
        assertThat(cellar.users.takesDirect("cid", "bob")).isTrue();
        assertThat(cellar.users.exists("dan")).isFalse();
        cellar.users.setWhitelistMode("bob", false);
        cellar.users.delete("ann");
        cellar.users.setWhitelistMode("cid", true);
        assertThat(cellar.users.takesDirect("cid", "bob")).isFalse();
    }

    @Test
    void aRetentionWithoutEndForgetsNobody() {
        var cellar = Cellar.withOfflineUsers(Duration.ofMillis(Long.MAX_VALUE), 10);
        cellar.clock.advance(HOUR);
        visit(cellar, "ann");
        cellar.clock.advance(Duration.ofDays(100_000));
        assertThat(cellar.users.exists("ann")).isTrue();
    }

    @Test
    void anAbsenceIsForgottenWhenTooManyOthersLeft() {
        var cellar = Cellar.withAbsentUsers(2);
        cellar.create("lobby", 1);
        Stream.of("ann", "bob", "ann", "cid").forEach(user -> lookIn(cellar, user));
        assertThat(seen(cellar, "bob")).isEqualTo(Seen.NEVER);
        assertThat(seen(cellar, "ann").timestamp()).isNotNull();
        assertThat(seen(cellar, "cid").timestamp()).isNotNull();
        lookIn(cellar, "dan");
        assertThat(seen(cellar, "ann")).isEqualTo(Seen.NEVER);
        assertThat(seen(cellar, "cid").timestamp()).isNotNull();
    }

    @Test
    void thoseInTheRoomAreNotForgotten() {
        var cellar = Cellar.withAbsentUsers(1);
        cellar.create("lobby", 1);
        cellar.presence.connect("ann", "ann-1");
        cellar.presence.join("lobby", Guard.NONE, "ann", "ann-1");
        IntStream.range(0, 10).forEach(i -> lookIn(cellar, "user " + i));
        assertThat(seen(cellar, "ann").joined()).isTrue();
        assertThat(seen(cellar, "ann").timestamp()).isNotNull();
    }

    @Test
    void whereNoAbsenceIsRememberedNobodyWasSeen() {
        var cellar = Cellar.withAbsentUsers(0);
        cellar.create("lobby", 1);
        lookIn(cellar, "ann");
        assertThat(seen(cellar, "ann")).isEqualTo(Seen.NEVER);
    }

    @Test
    void aJoinTakenBackLeavesTheOrderOfAbsencesAsItWas() {
        var cellar = Cellar.withAbsentUsers(2);
        cellar.create("lobby", 1);
        lookIn(cellar, "ann");
        lookIn(cellar, "bob");
        cellar.presence.connect("ann", "ann-1");
        Membership membership = cellar.presence.join("lobby", Guard.NONE, "ann", "ann-1");
        cellar.presence.undoJoin("lobby", "ann", "ann-1", membership);
        lookIn(cellar, "cid");
        assertThat(seen(cellar, "ann")).isEqualTo(Seen.NEVER);
        assertThat(seen(cellar, "bob").timestamp()).isNotNull();
    }

    @Test
    void roomsAreAsManyAsTheyMayBe() {
        var cellar = Cellar.withRooms(2);
        cellar.create("one", 1);
        cellar.create("two", 1);
        assertThatThrownBy(() -> cellar.create("three", 1))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        e -> assertThat(e.error()).isEqualTo(ChatError.listLimitExceeded("rooms")));
        assertThat(cellar.rooms.exists("three")).isFalse();
        assertThatThrownBy(() -> cellar.rooms.create("one", RoomSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error()).isEqualTo(ChatError.roomExists("one")));
        cellar.rooms.delete("one", Guard.NONE);
        cellar.create("three", 1);
        assertThat(cellar.rooms.exists("three")).isTrue();
    }

    private static void visit(Cellar cellar, String user) {
        cellar.presence.connect(user, user + "-1");
        cellar.presence.disconnect(user, user + "-1");
    }

    private static void lookIn(Cellar cellar, String user) {
        cellar.clock.advance(MOMENT);
        cellar.presence.connect(user, user + "-1");
        cellar.presence.join("lobby", Guard.NONE, user, user + "-1");
        cellar.presence.leave("lobby", user, user + "-1");
        cellar.presence.disconnect(user, user + "-1");
    }

    private static Seen seen(Cellar cellar, String user) {
        return cellar.rooms.seen("lobby", Guard.NONE, user);
    }
}
