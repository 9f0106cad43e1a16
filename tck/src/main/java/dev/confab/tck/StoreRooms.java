package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.protocol.Seen;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How rooms begin, are set and end. */
abstract class StoreRooms extends StoreFixture {

    @Test
    void aRoomExistsFromItsCreationToItsDeletion() {
        assertThat(rooms().exists(ROOM)).isFalse();
        createRoom();
        assertThat(rooms().exists(ROOM)).isTrue();
        assertThat(rooms().exists(ROOM.toUpperCase(java.util.Locale.ROOT))).isFalse();
        rooms().delete(ROOM, Guard.NONE);
        assertThat(rooms().exists(ROOM)).isFalse();
    }

    @Test
    void aRoomBeginsBeforeItsFirstMessage() {
        Position created = createRoom();
        assertThat(created.id()).isZero();
        assertThat(rooms().view(ROOM, Guard.NONE).head()).isEqualTo(created);
    }

    @Test
    void aRoomBeginsAsItsSettingsSay() {
        RoomSettings settings = RoomSettings.builder()
                .owner("olga")
                .adminlist("adam", "alice")
                .whitelist("will")
                .blacklist("bill", "bob")
                .whitelistOnly(true)
                .historyMaxSize(7)
                .enableUserlistUpdates(true)
                .enableAccessListsUpdates(true)
                .build();
        Position head = rooms().create(ROOM, settings);
        assertThat(rooms().view(ROOM, Guard.NONE)).isEqualTo(new RoomView("olga", true, true, true, 0, 7, head));
        assertThat(list(RoomList.ADMINLIST)).containsExactlyInAnyOrder("adam", "alice");
        assertThat(list(RoomList.WHITELIST)).containsExactly("will");
        assertThat(list(RoomList.BLACKLIST)).containsExactlyInAnyOrder("bill", "bob");
        assertThat(list(RoomList.USERLIST)).isEmpty();
    }

    @Test
    void aRoomMayHaveNoOwnerAndAnnounceNothing() {
        Position head = createRoom();
        assertThat(rooms().view(ROOM, Guard.NONE)).isEqualTo(new RoomView(null, false, false, false, 0, 100, head));
    }

    @Test
    void creatingARoomThatExistsIsRefusedAndLeavesItAsItWas() {
        Position head = rooms().create(ROOM, settings().owner("olga").build());
        refused(
                ChatError.roomExists(ROOM),
                () -> rooms().create(ROOM, settings().owner("otto").build()));
        RoomView view = rooms().view(ROOM, Guard.NONE);
        assertThat(view.owner()).isEqualTo("olga");
        assertThat(view.head()).isEqualTo(head);
    }

    @Test
    void noTwoCreationsShareAnEpoch() {
        var epochs = new HashSet<String>();
        for (int i = 0; i < 50; i++) {
            epochs.add(createRoom().epoch());
            epochs.add(rooms().create("room " + i, settings().build()).epoch());
            rooms().delete(ROOM, Guard.NONE);
        }
        assertThat(epochs).hasSize(100);
    }

    @Test
    void anyValidNameWillDo() {
        for (String name : List.of(" ", "a b", "naïve 日本語 🙂", "/", "\"", "*?[a]", "x".repeat(1024))) {
            rooms().create(name, settings().build());
            assertThat(rooms().exists(name)).as(name).isTrue();
            rooms().append(name, Guard.NONE, null, Body.text(name), null);
            assertThat(ear.nextPosted().room()).isEqualTo(name);
        }
    }

    @Test
    void theOwnerIsSomebodyElseOnceSet() {
        rooms().create(ROOM, settings().owner("olga").build());
        rooms().setOwner(ROOM, "otto");
        assertThat(rooms().view(ROOM, Guard.NONE).owner()).isEqualTo("otto");
        rooms().setOwner(ROOM, null);
        assertThat(rooms().view(ROOM, Guard.NONE).owner()).isNull();
    }

    @Test
    void whatARoomAnnouncesIsSetOneByOne() {
        createRoom();
        rooms().setUpdates(ROOM, true, null);
        assertThat(rooms().view(ROOM, Guard.NONE).userlistUpdates()).isTrue();
        assertThat(rooms().view(ROOM, Guard.NONE).accessListsUpdates()).isFalse();
        rooms().setUpdates(ROOM, null, true);
        assertThat(rooms().view(ROOM, Guard.NONE).userlistUpdates()).isTrue();
        assertThat(rooms().view(ROOM, Guard.NONE).accessListsUpdates()).isTrue();
        rooms().setUpdates(ROOM, false, false);
        assertThat(rooms().view(ROOM, Guard.NONE).userlistUpdates()).isFalse();
        assertThat(rooms().view(ROOM, Guard.NONE).accessListsUpdates()).isFalse();
    }

    @Test
    void aDeletionAnnouncesTheDepartureOfAllMembersAndNobodyAsLeft() {
        rooms().create(ROOM, settings().enableUserlistUpdates(true).build());
        joinAll("ann", "bob");
        join("bob", "bob-2");
        List<Departure> departures = rooms().delete(ROOM, Guard.NONE);
        Map<String, Set<String>> everybody = Map.of("ann", Set.of("ann-1"), "bob", Set.of("bob-1", "bob-2"));
        assertThat(gone(departures)).isEqualTo(everybody);
        assertThat(gone(ear.nextDeparted().departures())).isEqualTo(everybody);
        nothingMoreIsAnnounced();
    }

    @Test
    void theDeletionOfAnEmptyRoomAnnouncesNothing() {
        createRoom();
        assertThat(rooms().delete(ROOM, Guard.NONE)).isEmpty();
        nothingMoreIsAnnounced();
    }

    @Test
    void aRoomCreatedUnderAnOldNameHasNothingOfTheOldRoom() {
        Position old =
                rooms().create(ROOM, settings().owner("olga").blacklist("bill").build());
        joinAll("ann");
        appendMany(3);
        rooms().delete(ROOM, Guard.NONE);
        Position created = createRoom();
        assertThat(created).isNotEqualTo(old);
        assertThat(rooms().view(ROOM, Guard.NONE)).isEqualTo(new RoomView(null, false, false, false, 0, 100, created));
        assertThat(keptIds()).isEmpty();
        assertThat(list(RoomList.BLACKLIST)).isEmpty();
        assertThat(list(RoomList.USERLIST)).isEmpty();
        assertThat(presence().members(ROOM)).isEmpty();
        assertThat(presence().isMember(ROOM, old.epoch(), "ann", "ann-1")).isFalse();
        assertThat(presence().connections("ann").get("ann-1")).isEmpty();
        assertThat(rooms().seen(ROOM, Guard.NONE, "ann")).isEqualTo(Seen.NEVER);
        assertThat(append("first").id()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(RoomAct.class)
    void aRoomThatNeverWasIsUnknownToEveryActBeforeItLooksAtTheGuard(RoomAct act) {
        connect("ann", "ann-1");
        refused(ChatError.noRoom(ROOM), () -> act.run(store(), ROOM, new Guard.Admin("ann")));
        nothingMoreIsAnnounced();
    }

    @ParameterizedTest
    @EnumSource(RoomAct.class)
    void aRoomThatWasDeletedIsUnknownToEveryAct(RoomAct act) {
        createRoom();
        joinAll("ann");
        rooms().delete(ROOM, Guard.NONE);
        ear.nextDeparted();
        refused(ChatError.noRoom(ROOM), () -> act.run(store(), ROOM, Guard.NONE));
        nothingMoreIsAnnounced();
    }
}
