package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.Event;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.ListChange;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who loses access by which change, and what that means. */
abstract class StoreRemovals extends StoreFixture {

    /** An owner, an admin and two others, one of them in the whitelist: all are members. */
    @BeforeEach
    void createTheRoomWithMembers() {
        rooms().create(
                        ROOM,
                        settings()
                                .owner("olga")
                                .adminlist("adam")
                                .whitelist("will")
                                .enableUserlistUpdates(true)
                                .build());
        joinAll("olga", "adam", "will", "nora");
    }

    static Stream<ListChange> harmlessChanges() {
        String[] everybody = {"olga", "adam", "will", "nora", "ghost"};
        return Stream.of(
                adding(RoomList.ADMINLIST, everybody),
                removing(RoomList.ADMINLIST, everybody),
                adding(RoomList.WHITELIST, everybody),
                removing(RoomList.WHITELIST, everybody),
                removing(RoomList.BLACKLIST, everybody),
                adding(RoomList.BLACKLIST, "olga", "adam", "ghost"),
                adding(RoomList.BLACKLIST));
    }

    @ParameterizedTest
    @MethodSource("harmlessChanges")
    void someChangesRemoveNobody(ListChange change) {
        assertThat(change(change)).isEmpty();
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("olga", "adam", "will", "nora");
        nothingMoreIsAnnounced();
    }

    @Test
    void theBlacklistRemovesMembersWhateverTheWhitelistSaysButNoAdministrators() {
        removes(change(adding(RoomList.BLACKLIST, "olga", "adam", "will", "nora", "ghost", "nora")), "will", "nora");
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("olga", "adam");
    }

    @Test
    void theBlacklistRemovesThoseGivenAndNobodyElse() {
        removes(change(adding(RoomList.BLACKLIST, "nora")), "nora");
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("olga", "adam", "will");
    }

    @Test
    void whitelistModeRemovesWhoIsNeitherListedNorAdministrator() {
        removes(rooms().setWhitelistMode(ROOM, Guard.NONE, true), "nora");
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("olga", "adam", "will");
    }

    @Test
    void theEndOfWhitelistModeRemovesNobody() {
        assertThat(rooms().setWhitelistMode(ROOM, Guard.NONE, false)).isEmpty();
        nothingMoreIsAnnounced();
    }

    @Test
    void whitelistModeSetAgainRemovesWhoHasLostOfficeMeanwhile() {
        rooms().setWhitelistMode(ROOM, Guard.NONE, true);
        ear.nextDeparted();
        rooms().setOwner(ROOM, "adam");
        nothingMoreIsAnnounced();
        removes(rooms().setWhitelistMode(ROOM, Guard.NONE, true), "olga");
    }

    @Test
    void whoLeavesTheWhitelistInWhitelistModeIsRemovedUnlessAdministrator() {
        change(adding(RoomList.WHITELIST, "nora", "adam", "olga"));
        rooms().setWhitelistMode(ROOM, Guard.NONE, true);
        removes(change(removing(RoomList.WHITELIST, "nora", "adam", "olga", "ghost")), "nora");
        assertThat(list(RoomList.USERLIST)).containsExactlyInAnyOrder("olga", "adam", "will");
    }

    @Test
    void aChangeIsAnnouncedBeforeTheDeparturesItCauses() {
        rooms().setUpdates(ROOM, true, true);
        change(adding(RoomList.BLACKLIST, "nora"));
        assertThat(ear.next())
                .isEqualTo(new Announced.Notified(
                        ROOM, new Event.RoomAccessListAdded(ROOM, RoomList.BLACKLIST, List.of("nora"))));
        assertThat(ear.nextDeparted().departures()).hasSize(1);
        rooms().setWhitelistMode(ROOM, Guard.NONE, true);
        assertThat(ear.next()).isEqualTo(new Announced.Notified(ROOM, new Event.RoomModeChanged(ROOM, true)));
        nothingMoreIsAnnounced();
    }

    @Test
    void whoIsRemovedIsRemovedOnAllConnections() {
        join("nora", "nora-2");
        join("nora", "nora-3");
        List<Departure> departures = change(adding(RoomList.BLACKLIST, "nora"));
        assertThat(departures).hasSize(1);
        assertThat(departures.getFirst().user()).isEqualTo("nora");
        assertThat(departures.getFirst().connections()).containsExactlyInAnyOrder("nora-1", "nora-2", "nora-3");
    }

    @Test
    void whoIsRemovedIsNoMemberAndMayNotPost() {
        change(adding(RoomList.BLACKLIST, "nora"));
        assertThat(presence().members(ROOM)).doesNotContainKey("nora");
        assertThat(connections("nora")).isEqualTo(Map.of("nora-1", Set.of()));
        assertThat(hasMember("nora", "nora-1")).isFalse();
        assertThat(presence().leave(ROOM, "nora", "nora-1").wasMember()).isFalse();
        refused(
                ChatError.notJoined(ROOM),
                () -> rooms().append(ROOM, new Guard.Member("nora"), "nora", Body.text("still here"), null));
        refused(ChatError.notAllowed(), () -> presence().join(ROOM, new Guard.Joiner("nora"), "nora", "nora-1"));
    }

    @Test
    void whoIsRemovedWasSeenThen() {
        clock.advance(Duration.ofMinutes(1));
        change(adding(RoomList.BLACKLIST, "nora"));
        assertThat(rooms().seen(ROOM, Guard.NONE, "nora")).isEqualTo(new Seen(false, now()));
    }

    @Test
    void whoIsRemovedStaysConnectedAndInOtherRooms() {
        rooms().create("other", settings().build());
        presence().join("other", Guard.NONE, "nora", "nora-1");
        change(adding(RoomList.BLACKLIST, "nora"));
        assertThat(presence().isOnline("nora")).isTrue();
        assertThat(connections("nora")).isEqualTo(Map.of("nora-1", Set.of("other")));
        assertThat(presence().members("other")).containsOnlyKeys("nora");
    }

    @Test
    void aRemovalThatIsRefusedRemovesNobody() {
        refused(
                ChatError.notAllowed(),
                () -> rooms().changeList(ROOM, new Guard.Admin("nora"), adding(RoomList.BLACKLIST, "will")));
        refused(ChatError.notAllowed(), () -> rooms().setWhitelistMode(ROOM, new Guard.Admin("nora"), true));
        assertThat(list(RoomList.USERLIST)).hasSize(4);
        nothingMoreIsAnnounced();
    }

    /** Says who departed, what was announced, and that nobody was announced as left. */
    private void removes(List<Departure> departures, String... users) {
        assertThat(departures)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(users)
                        .map(user -> new Departure(user, List.of(user + "-1")))
                        .toList());
        assertThat(ear.nextDeparted().departures()).containsExactlyInAnyOrderElementsOf(departures);
        nothingMoreIsAnnounced();
    }
}
