package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.DirectSettings;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.DirectList;
import dev.confab.protocol.Names;
import dev.confab.protocol.Value;
import dev.confab.spi.UserStore.ListChange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Users, and whom they take direct messages from. */
abstract class StoreUsers extends StoreFixture {

    static Stream<Consumer<StoreUsers>> actsOnAUser() {
        return Stream.of(
                test -> test.users().delete("ann"),
                test -> test.users().takesDirect("ann", "bob"),
                test -> test.users().list("ann", DirectList.BLACKLIST),
                test -> test.users().lists("ann", DirectList.BLACKLIST, "bob"),
                test -> test.users().changeList("ann", add(DirectList.BLACKLIST, "bob")),
                test -> test.users().whitelistOnly("ann"),
                test -> test.users().setWhitelistMode("ann", true));
    }

    @ParameterizedTest
    @MethodSource("actsOnAUser")
    void aUserThatNeverWasIsUnknownToEveryAct(Consumer<StoreUsers> act) {
        refused(ChatError.noUser("ann"), () -> act.accept(this));
        assertThat(users().exists("ann")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("actsOnAUser")
    void aUserWhoWasDeletedIsUnknownToEveryAct(Consumer<StoreUsers> act) {
        users().create("ann", DirectSettings.DEFAULT);
        users().delete("ann");
        refused(ChatError.noUser("ann"), () -> act.accept(this));
    }

    @Test
    void aUserExistsOnceCreated() {
        assertThat(users().exists("ann")).isFalse();
        users().create("ann", DirectSettings.DEFAULT);
        assertThat(users().exists("ann")).isTrue();
        assertThat(presence().isOnline("ann")).isFalse();
    }

    @Test
    void aUserBeginsAsTheSettingsSay() {
        users().create("ann", new DirectSettings(Set.of("will"), Set.of("bill", "bob"), true));
        assertThat(users().list("ann", DirectList.WHITELIST)).containsExactly("will");
        assertThat(users().list("ann", DirectList.BLACKLIST)).containsExactlyInAnyOrder("bill", "bob");
        assertThat(users().whitelistOnly("ann")).isTrue();
    }

    @Test
    void aUserExistsOnceConnectedWithDefaultSettings() {
        connect("ann", "ann-1");
        assertThat(users().exists("ann")).isTrue();
        assertThat(users().list("ann", DirectList.WHITELIST)).isEmpty();
        assertThat(users().list("ann", DirectList.BLACKLIST)).isEmpty();
        assertThat(users().whitelistOnly("ann")).isFalse();
        assertThat(users().takesDirect("ann", "anybody")).isTrue();
    }

    @Test
    void creatingAUserWhoExistsIsRefusedAndChangesNothing() {
        users().create("ann", DirectSettings.DEFAULT);
        connect("bob", "bob-1");
        var settings = new DirectSettings(Set.of(), Set.of("x"), true);
        refused(ChatError.userExists("ann"), () -> users().create("ann", settings));
        refused(ChatError.userExists("bob"), () -> users().create("bob", settings));
        assertThat(users().whitelistOnly("ann")).isFalse();
        assertThat(users().list("bob", DirectList.BLACKLIST)).isEmpty();
    }

    @Test
    void connectingKeepsTheSettingsOfAUser() {
        users().create("ann", new DirectSettings(Set.of(), Set.of("bob"), false));
        connect("ann", "ann-1");
        presence().disconnect("ann", "ann-1");
        connect("ann", "ann-2");
        assertThat(users().takesDirect("ann", "bob")).isFalse();
    }

    @Test
    void aUserWhoIsOnlineCannotBeDeleted() {
        connect("ann", "ann-1");
        refused(ChatError.userOnline("ann"), () -> users().delete("ann"));
        presence().disconnect("ann", "ann-1");
        users().delete("ann");
        assertThat(users().exists("ann")).isFalse();
    }

    @Test
    void aUserCreatedUnderAnOldNameHasNothingOfTheOldUser() {
        users().create("ann", new DirectSettings(Set.of("will"), Set.of("bill"), true));
        users().delete("ann");
        connect("ann", "ann-1");
        assertThat(users().list("ann", DirectList.WHITELIST)).isEmpty();
        assertThat(users().takesDirect("ann", "bill")).isTrue();
    }

    @Test
    void whoWasCreatedOrConfiguredIsNeverForgotten() {
        users().create("created", DirectSettings.DEFAULT);
        connect("created", "c-1");
        connect("listing", "l-1");
        connect("private", "p-1");
        users().changeList("listing", add(DirectList.BLACKLIST, "bob"));
        users().setWhitelistMode("private", true);
        presence().disconnect("created", "c-1");
        presence().disconnect("listing", "l-1");
        presence().disconnect("private", "p-1");
        clock.advance(Duration.ofDays(1000));
        presence().beat();
        assertThat(users().exists("created")).isTrue();
        assertThat(users().takesDirect("listing", "bob")).isFalse();
        assertThat(users().whitelistOnly("private")).isTrue();
    }

    @Test
    void whoIsOnlineIsNeverForgotten() {
        connect("ann", "ann-1");
        clock.advance(Duration.ofDays(1000));
        presence().beat();
        assertThat(users().exists("ann")).isTrue();
        assertThat(presence().isOnline("ann")).isTrue();
    }

    @Test
    void theBlacklistKeepsDirectMessagesOut() {
        users().create("ann", new DirectSettings(Set.of("both"), Set.of("bob", "both"), false));
        assertThat(users().takesDirect("ann", "bob")).isFalse();
        assertThat(users().takesDirect("ann", "both")).isFalse();
        assertThat(users().takesDirect("ann", "cid")).isTrue();
    }

    @Test
    void inWhitelistModeOnlyTheWhitelistGetsThrough() {
        users().create("ann", new DirectSettings(Set.of("will", "both"), Set.of("both"), true));
        assertThat(users().takesDirect("ann", "will")).isTrue();
        assertThat(users().takesDirect("ann", "both")).isFalse();
        assertThat(users().takesDirect("ann", "cid")).isFalse();
        users().setWhitelistMode("ann", false);
        assertThat(users().takesDirect("ann", "cid")).isTrue();
        assertThat(users().whitelistOnly("ann")).isFalse();
    }

    @Test
    void nobodyTakesDirectMessagesFromOneself() {
        users().create("ann", new DirectSettings(Set.of("ann"), Set.of(), true));
        assertThat(users().takesDirect("ann", "ann")).isFalse();
        connect("bob", "bob-1");
        assertThat(users().takesDirect("bob", "bob")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void namesAreAddedAndRemoved(DirectList list) {
        connect("ann", "ann-1");
        users().changeList("ann", add(list, "bob", "cid", "bob"));
        users().changeList("ann", add(list, "bob"));
        assertThat(users().list("ann", list)).containsExactlyInAnyOrder("bob", "cid");
        assertThat(users().lists("ann", list, "bob")).isTrue();
        users().changeList("ann", remove(list, "bob", "ghost"));
        users().changeList("ann", remove(list));
        assertThat(users().list("ann", list)).containsExactly("cid");
        assertThat(users().lists("ann", list, "bob")).isFalse();
        for (DirectList other : DirectList.values()) {
            assertThat(users().lists("ann", other, "cid")).isEqualTo(other == list);
        }
    }

    @Test
    void theLimitCountsWhatWouldReallyBeAdded() {
        connect("ann", "ann-1");
        users().changeList("ann", new ListChange(DirectList.WHITELIST, true, List.of("bob", "cid", "bob"), 2));
        users().changeList("ann", new ListChange(DirectList.WHITELIST, true, List.of("bob", "cid"), 2));
        refused(
                ChatError.listLimitExceeded("whitelist"),
                () -> users().changeList("ann", new ListChange(DirectList.WHITELIST, true, List.of("bob", "dan"), 2)));
        assertThat(users().list("ann", DirectList.WHITELIST)).containsExactlyInAnyOrder("bob", "cid");
        users().changeList("ann", new ListChange(DirectList.WHITELIST, false, List.of("bob"), 0));
        assertThat(users().list("ann", DirectList.WHITELIST)).containsExactly("cid");
    }

    @Test
    void aNameThatIsTooLongIsRefusedWithAllThatCameWithIt() {
        connect("ann", "ann-1");
        String tooLong = "x".repeat(Names.MAX_LENGTH + 1);
        refused(
                ChatError.invalidName(Value.of(tooLong)),
                () -> users().changeList("ann", add(DirectList.BLACKLIST, "bob", tooLong)));
        assertThat(users().list("ann", DirectList.BLACKLIST)).isEmpty();
    }

    @Test
    void nothingAboutUsersIsAnnounced() {
        users().create("ann", DirectSettings.DEFAULT);
        users().changeList("ann", add(DirectList.BLACKLIST, "bob"));
        users().setWhitelistMode("ann", true);
        users().delete("ann");
        nothingMoreIsAnnounced();
    }

    private static ListChange add(DirectList list, String... names) {
        return new ListChange(list, true, List.of(names), NO_LIMIT);
    }

    private static ListChange remove(DirectList list, String... names) {
        return new ListChange(list, false, List.of(names), NO_LIMIT);
    }
}
