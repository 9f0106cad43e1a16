package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Announcements;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomView;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MemoryStoreOptionsTest {

    static Stream<Runnable> badOptions() {
        return Stream.of(
                () -> MemoryStore.builder().maxRooms(-1),
                () -> MemoryStore.builder().historyBytesPerRoom(-1),
                () -> MemoryStore.builder().historyBytes(-1),
                () -> MemoryStore.builder().messageKeyBytes(-1),
                () -> MemoryStore.builder().absentUsersPerRoom(-1),
                () -> MemoryStore.builder().userRetention(Duration.ofMillis(-1)),
                () -> MemoryStore.builder().maxOfflineUsers(-1),
                () -> MemoryStore.builder().maxConfiguredUsers(-1));
    }

    @ParameterizedTest
    @MethodSource("badOptions")
    void anOptionOutOfRangeIsRefused(Runnable option) {
        assertThatIllegalArgumentException()
                .isThrownBy(option::run)
                .withMessageMatching(
                        "(maxRooms|history\\w+|message\\w+|absent\\w+|user\\w+|max\\w+) is 0 or more, not -1");
    }

    @Test
    void everyOptionMayBeNought() {
        MemoryStore store = MemoryStore.builder()
                .maxRooms(0)
                .historyBytesPerRoom(0)
                .historyBytes(0)
                .messageKeyBytes(0)
                .absentUsersPerRoom(0)
                .userRetention(Duration.ZERO)
                .maxOfflineUsers(0)
                .maxConfiguredUsers(0)
                .build();
        store.presence().connect("ann", "ann-1");
        assertThat(store.users().exists("ann")).isTrue();
        store.presence().disconnect("ann", "ann-1");
        assertThat(store.users().exists("ann")).isFalse();
    }

    @Test
    void itIsOpenedForOneNodeOnly() {
        var store = MemoryStore.create();
        store.open("one", deaf());
        assertThatIllegalStateException().isThrownBy(() -> store.open("two", deaf()));
        assertThat(store.presence().lastBeat("one")).isNotNull();
        assertThat(store.presence().lastBeat("two")).isNull();
    }

    @Test
    void itIsNotOpenedAgainOnceClosed() {
        var store = MemoryStore.create();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.open("one", deaf()));
    }

    @Test
    void itMayBeFilledBeforeItIsOpened() {
        var store = MemoryStore.create();
        store.rooms().create("lobby", RoomSettings.DEFAULT);
        store.rooms().append("lobby", Guard.NONE, null, Body.text("welcome"), null);
        assertThat(store.presence().lastBeat("one")).isNull();
        store.presence().beat();
        store.open("one", deaf());
        assertThat(store.rooms().view("lobby", Guard.NONE).head().id()).isEqualTo(1);
    }

    @Test
    void aRoomThatLeavesThingsOpenGetsTheStoresOwnDefaults() {
        var store = MemoryStore.create();
        var created = store.rooms().create("lobby", RoomSettings.DEFAULT);
        assertThat(store.rooms().view("lobby", Guard.NONE))
                .isEqualTo(new RoomView(null, false, false, false, 0, 10_000, created));
    }

    @Test
    void twoStoresKnowNothingOfEachOther() {
        var one = MemoryStore.create();
        var two = MemoryStore.create();
        one.rooms().create("lobby", RoomSettings.DEFAULT);
        one.presence().connect("ann", "ann-1");
        assertThat(two.rooms().exists("lobby")).isFalse();
        assertThat(two.users().exists("ann")).isFalse();
    }

    @Test
    void epochsComeFromTheGivenSource() {
        var one = MemoryStore.builder().random(new Random(1)).build();
        var two = MemoryStore.builder().random(new Random(1)).build();
        var three = MemoryStore.builder().random(new Random(2)).build();
        var epoch = one.rooms().create("lobby", RoomSettings.DEFAULT).epoch();
        assertThat(two.rooms().create("lobby", RoomSettings.DEFAULT).epoch()).isEqualTo(epoch);
        assertThat(three.rooms().create("lobby", RoomSettings.DEFAULT).epoch()).isNotEqualTo(epoch);
    }

    @Test
    void listsKeepTheOrderInWhichNamesWereAdded() {
        var store = MemoryStore.create();
        store.rooms().create("lobby", RoomSettings.DEFAULT);
        List<String> names =
                IntStream.range(0, 100).mapToObj(i -> "user " + (i * 37) % 100).toList();
        store.rooms().changeList("lobby", Guard.NONE, new ListChange(RoomList.WHITELIST, true, names, 100));
        assertThat(store.rooms().list("lobby", Guard.NONE, RoomList.WHITELIST)).isEqualTo(names);
        names.forEach(user -> {
            store.presence().connect(user, user);
            store.presence().join("lobby", Guard.NONE, user, user);
        });
        assertThat(store.rooms().list("lobby", Guard.NONE, RoomList.USERLIST)).isEqualTo(names);
        assertThat(List.copyOf(store.presence().members("lobby").keySet())).isEqualTo(names);
    }

    private static Announcements deaf() {
        return (Announcements) Proxy.newProxyInstance(
                Announcements.class.getClassLoader(), new Class<?>[] {Announcements.class}, (_, _, _) -> null);
    }
}
