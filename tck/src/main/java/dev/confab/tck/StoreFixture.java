package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.RoomList;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.RoomStore;
import dev.confab.spi.RoomStore.Appended;
import dev.confab.spi.RoomStore.ListChange;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.spi.Store;
import dev.confab.spi.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** An open store, a clock to move, and an ear for what is announced. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class StoreFixture {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String NODE = "node-1";
    static final String ROOM = "lobby";
    static final int NO_LIMIT = Integer.MAX_VALUE;
    static final PageLimit ALL = new PageLimit(Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final Event FENCE = new Event.Custom("fence", List.of());

    final FakeClock clock = FakeClock.at(Instant.parse("2031-02-03T04:05:06.789123456Z"));
    final Ear ear = new Ear(PATIENCE);
    private @Nullable Store store;

    /** Who makes stores. */
    abstract StoreContract contract();

    @BeforeEach
    void openTheStore() throws Exception {
        store = contract().newStore(clock);
        store.open(NODE, ear);
    }

    @AfterEach
    void closeTheStore() {
        if (store != null) {
            store.close();
        }
        assertThat(ear.overlapped()).as("two announcements of one room at once").isFalse();
    }

    final Store store() {
        return Objects.requireNonNull(store);
    }

    final RoomStore rooms() {
        return store().rooms();
    }

    final UserStore users() {
        return store().users();
    }

    final PresenceStore presence() {
        return store().presence();
    }

    /** The time, as precisely as a store tells it. */
    final Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** Settings that leave nothing open: a history of 100 messages, and no announcements but messages. */
    static RoomSettings.Builder settings() {
        return RoomSettings.builder()
                .historyMaxSize(100)
                .enableUserlistUpdates(false)
                .enableAccessListsUpdates(false);
    }

    final Position createRoom() {
        return rooms().create(ROOM, settings().build());
    }

    /** A connection's id; one word for the user, one for the connection, as tests like to read them. */
    final String connect(String user, String connection) {
        presence().connect(user, connection);
        return connection;
    }

    final Membership join(String user, String connection) {
        connect(user, connection);
        return presence().join(ROOM, Guard.NONE, user, connection);
    }

    /** Makes users members of the room, each on a connection of the same name with {@code -1} behind it. */
    final void joinAll(String... names) {
        for (String user : names) {
            join(user, user + "-1");
        }
    }

    final Appended append(String text) {
        return rooms().append(ROOM, Guard.NONE, "ann", Body.text(text), null);
    }

    final void appendMany(int count) {
        for (int i = 0; i < count; i++) {
            append("message");
        }
    }

    final List<Long> keptIds() {
        return ids(rooms().readNewest(ROOM, Guard.NONE, ALL).messages());
    }

    static List<Long> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    static ListChange adding(RoomList list, String... names) {
        return new ListChange(list, true, List.of(names), NO_LIMIT);
    }

    static ListChange removing(RoomList list, String... names) {
        return new ListChange(list, false, List.of(names), NO_LIMIT);
    }

    final List<Departure> change(ListChange change) {
        return rooms().changeList(ROOM, Guard.NONE, change);
    }

    final List<String> list(RoomList list) {
        return rooms().list(ROOM, Guard.NONE, list);
    }

    /** The room's members, with their connections in no order. */
    final Map<String, Set<String>> members(String room) {
        return unordered(presence().members(room));
    }

    /** A user's connections, with their rooms in no order. */
    final Map<String, Set<String>> connections(String user) {
        return unordered(presence().connections(user));
    }

    private static Map<String, Set<String>> unordered(Map<String, List<String>> lists) {
        return lists.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Set.copyOf(entry.getValue())));
    }

    /** Who departed on which connections, in no order. */
    static Map<String, Set<String>> gone(Collection<Departure> departures) {
        return departures.stream()
                .collect(Collectors.toMap(Departure::user, departure -> Set.copyOf(departure.connections())));
    }

    final boolean hasMember(String user, String connection) {
        String epoch = rooms().view(ROOM, Guard.NONE).head().epoch();
        return presence().isMember(ROOM, epoch, user, connection);
    }

    static void refused(ChatError error, ThrowingCallable act) {
        assertThatThrownBy(act)
                .isInstanceOfSatisfying(
                        ChatException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    /** Lets the ear hear something, and says that it was the first thing since the last one taken. */
    final void nothingMoreIsAnnounced() {
        presence().tell("nobody", FENCE, null);
        assertThat(ear.next()).isEqualTo(new Announced.Told("nobody", FENCE, null));
    }
}
