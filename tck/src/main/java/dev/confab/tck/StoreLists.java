package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Event;
import dev.confab.protocol.Names;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Value;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.ListChange;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a room's lists hold, and what is announced of their changes. */
abstract class StoreLists extends StoreFixture {

    @BeforeEach
    void createTheRoom() {
        rooms().create(ROOM, settings().enableAccessListsUpdates(true).build());
    }

    @ParameterizedTest
    @EnumSource(names = {"ADMINLIST", "WHITELIST", "BLACKLIST"})
    void namesAreAddedAndRemoved(RoomList list) {
        change(adding(list, "ann", "bob"));
        change(adding(list, "cid"));
        assertThat(list(list)).containsExactlyInAnyOrder("ann", "bob", "cid");
        assertThat(rooms().lists(ROOM, list, "bob")).isTrue();
        change(removing(list, "bob", "ann"));
        assertThat(list(list)).containsExactly("cid");
        assertThat(rooms().lists(ROOM, list, "bob")).isFalse();
        change(removing(list, "cid"));
        assertThat(list(list)).isEmpty();
    }

    @Test
    void aChangeOfOneListLeavesTheOthersAlone() {
        change(adding(RoomList.ADMINLIST, "ann"));
        change(adding(RoomList.WHITELIST, "bob"));
        change(adding(RoomList.BLACKLIST, "cid"));
        change(removing(RoomList.WHITELIST, "ann", "cid"));
        assertThat(list(RoomList.ADMINLIST)).containsExactly("ann");
        assertThat(list(RoomList.WHITELIST)).containsExactly("bob");
        assertThat(list(RoomList.BLACKLIST)).containsExactly("cid");
        assertThat(list(RoomList.USERLIST)).isEmpty();
    }

    @Test
    void aNameIsInAListOnce() {
        change(adding(RoomList.WHITELIST, "ann", "ann"));
        change(adding(RoomList.WHITELIST, "ann"));
        assertThat(list(RoomList.WHITELIST)).containsExactly("ann");
        change(removing(RoomList.WHITELIST, "ann", "ann"));
        assertThat(list(RoomList.WHITELIST)).isEmpty();
    }

    @Test
    void removingWhatIsNotThereIsFine() {
        change(removing(RoomList.WHITELIST, "ghost"));
        change(adding(RoomList.WHITELIST, "ann"));
        change(removing(RoomList.WHITELIST, "ghost"));
        assertThat(list(RoomList.WHITELIST)).containsExactly("ann");
    }

    @Test
    void noNamesAreFine() {
        change(adding(RoomList.BLACKLIST));
        change(removing(RoomList.BLACKLIST));
        assertThat(list(RoomList.BLACKLIST)).isEmpty();
    }

    @Test
    void anyNameMayBeListed() {
        String[] names = {"", " ", "a:b{c}", "\u0000", "🙂", "x".repeat(Names.MAX_LENGTH)};
        change(adding(RoomList.WHITELIST, names));
        assertThat(list(RoomList.WHITELIST)).containsExactlyInAnyOrder(names);
    }

    @Test
    void aNameThatIsTooLongIsRefusedWithAllThatCameWithIt() {
        String tooLong = "x".repeat(Names.MAX_LENGTH + 1);
        refused(ChatError.invalidName(Value.of(tooLong)), () -> change(adding(RoomList.WHITELIST, "ann", tooLong)));
        assertThat(list(RoomList.WHITELIST)).isEmpty();
        change(adding(RoomList.WHITELIST, "ann"));
        refused(ChatError.invalidName(Value.of(tooLong)), () -> change(removing(RoomList.WHITELIST, "ann", tooLong)));
        assertThat(list(RoomList.WHITELIST)).containsExactly("ann");
        ear.next();
        nothingMoreIsAnnounced();
    }

    @Test
    void aListFillsUpToItsLimit() {
        change(new ListChange(RoomList.BLACKLIST, true, List.of("ann", "bob"), 2));
        assertThat(list(RoomList.BLACKLIST)).hasSize(2);
    }

    @Test
    void namesBeyondTheLimitAreRefusedWithAllThatCameWithThem() {
        change(adding(RoomList.BLACKLIST, "ann"));
        ear.next();
        var change = new ListChange(RoomList.BLACKLIST, true, List.of("bob", "cid"), 2);
        refused(ChatError.listLimitExceeded("blacklist"), () -> change(change));
        assertThat(list(RoomList.BLACKLIST)).containsExactly("ann");
        nothingMoreIsAnnounced();
    }

    @Test
    void theLimitCountsWhatWouldReallyBeAdded() {
        change(adding(RoomList.WHITELIST, "ann", "bob"));
        change(new ListChange(RoomList.WHITELIST, true, List.of("ann", "bob"), 2));
        change(new ListChange(RoomList.WHITELIST, true, List.of("cid", "ann", "cid"), 3));
        assertThat(list(RoomList.WHITELIST)).containsExactlyInAnyOrder("ann", "bob", "cid");
        change(new ListChange(RoomList.WHITELIST, true, List.of("ann"), 0));
        change(new ListChange(RoomList.WHITELIST, true, List.of(), 0));
        refused(
                ChatError.listLimitExceeded("whitelist"),
                () -> change(new ListChange(RoomList.WHITELIST, true, List.of("dan"), 3)));
    }

    @Test
    void removingNeedsNoRoomInTheList() {
        change(adding(RoomList.WHITELIST, "ann", "bob"));
        change(new ListChange(RoomList.WHITELIST, false, List.of("ann", "ghost"), 0));
        assertThat(list(RoomList.WHITELIST)).containsExactly("bob");
    }

    @Test
    void aListMayBeLong() {
        String[] names = IntStream.range(0, 2000).mapToObj(i -> "user " + i).toArray(String[]::new);
        change(adding(RoomList.WHITELIST, names));
        assertThat(list(RoomList.WHITELIST)).containsExactlyInAnyOrder(names);
        change(removing(RoomList.WHITELIST, names));
        assertThat(list(RoomList.WHITELIST)).isEmpty();
    }

    @Test
    void theUserlistCannotBeEdited() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListChange(RoomList.USERLIST, true, List.of("ann"), NO_LIMIT));
    }

    @Test
    void aChangeIsAnnouncedAsItWasGiven() {
        change(adding(RoomList.ADMINLIST, "ann", "ghost", "ann"));
        assertThat(ear.next())
                .isEqualTo(new Announced.Notified(
                        ROOM, new Event.RoomAccessListAdded(ROOM, RoomList.ADMINLIST, List.of("ann", "ghost", "ann"))));
        change(removing(RoomList.ADMINLIST, "ghost", "nobody"));
        assertThat(ear.next())
                .isEqualTo(new Announced.Notified(
                        ROOM, new Event.RoomAccessListRemoved(ROOM, RoomList.ADMINLIST, List.of("ghost", "nobody"))));
        nothingMoreIsAnnounced();
    }

    @Test
    void aChangeIsAnnouncedThoughTheListWasLikeThatBefore() {
        change(adding(RoomList.WHITELIST, "ann"));
        ear.next();
        change(adding(RoomList.WHITELIST, "ann"));
        assertThat(ear.next())
                .isEqualTo(new Announced.Notified(
                        ROOM, new Event.RoomAccessListAdded(ROOM, RoomList.WHITELIST, List.of("ann"))));
        change(removing(RoomList.WHITELIST));
        assertThat(ear.next())
                .isEqualTo(new Announced.Notified(
                        ROOM, new Event.RoomAccessListRemoved(ROOM, RoomList.WHITELIST, List.of())));
    }

    @Test
    void theModeIsSetAndAnnouncedThoughItWasTheSameBefore() {
        for (boolean mode : new boolean[] {true, true, false, false}) {
            rooms().setWhitelistMode(ROOM, Guard.NONE, mode);
            assertThat(rooms().view(ROOM, Guard.NONE).whitelistOnly()).isEqualTo(mode);
            assertThat(ear.next()).isEqualTo(new Announced.Notified(ROOM, new Event.RoomModeChanged(ROOM, mode)));
        }
        nothingMoreIsAnnounced();
    }

    @Test
    void aRoomThatAnnouncesNoSuchChangesChangesQuietly() {
        rooms().setUpdates(ROOM, true, false);
        change(adding(RoomList.ADMINLIST, "ann"));
        change(removing(RoomList.ADMINLIST, "ann"));
        rooms().setWhitelistMode(ROOM, Guard.NONE, true);
        nothingMoreIsAnnounced();
    }
}
