package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.RoomSettings;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Announcements;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.RoomStore;
import dev.confab.spi.UserStore;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.News;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Hold;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultyStoreTest {

    private final RuntimeException outage = new IllegalStateException("the network is down");

    private final FaultyStore faulty = FaultyStore.around(MemoryStore.create());
    private final List<Long> posted = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void openTheStore() {
        faulty.open("node", new Posts(posted));
        faulty.rooms().create("lobby", RoomSettings.DEFAULT);
    }

    @Test
    void anOperationThatFailsBeforeHasNotHappened() {
        faulty.before(Op.APPEND).failOnce(outage);
        assertThatThrownBy(this::append).isSameAs(outage);
        assertThat(head()).isZero();
        append();
        assertThat(head()).isEqualTo(1);
        assertThat(faulty.calls(Op.APPEND)).isEqualTo(2);
    }

    @Test
    void anOperationThatFailsAfterHasHappened() {
        faulty.after(Op.APPEND).failOnce(outage);
        assertThatThrownBy(this::append).isSameAs(outage);
        assertThat(head()).isEqualTo(1);
        assertThat(posted).containsExactly(1L);
    }

    @Test
    void eachNthCallFailsUntilHealed() {
        faulty.before(Op.APPEND).failEvery(3, outage);
        for (int i = 0; i < 3; i++) {
            append();
            append();
            assertThatThrownBy(this::append).isSameAs(outage);
        }
        faulty.before(Op.APPEND).heal();
        append();
        append();
        append();
        assertThat(head()).isEqualTo(9);
    }

    @Test
    void whatIsAskedForOnceHappensInOrder() throws Exception {
        var other = new IllegalStateException("another outage");
        faulty.before(Op.VIEW).failOnce(outage);
        faulty.before(Op.VIEW).failOnce(other);
        assertThatThrownBy(this::head).isSameAs(outage);
        assertThatThrownBy(this::head).isSameAs(other);
        assertThat(head()).isZero();
    }

    @Test
    void aHeldCallWaitsUntilItIsReleased() throws Exception {
        Hold hold = faulty.before(Op.APPEND).hold();
        var appending = CompletableFuture.runAsync(this::append);
        hold.awaitHeld();
        assertThat(head()).isZero();
        append();
        assertThat(head()).isEqualTo(1);
        hold.release();
        appending.get(10, TimeUnit.SECONDS);
        assertThat(head()).isEqualTo(2);
    }

    @Test
    void aCallHeldAfterwardsHasHappenedAlready() throws Exception {
        try (Hold hold = faulty.after(Op.APPEND).hold()) {
            var appending = CompletableFuture.runAsync(this::append);
            hold.awaitHeld();
            assertThat(head()).isEqualTo(1);
            assertThat(appending).isNotDone();
            hold.release();
            appending.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aHoldThatWasReleasedHoldsNothing() {
        faulty.before(Op.APPEND).hold().release();
        append();
        faulty.announcing(News.POSTED).hold().release();
        append();
        assertThat(posted).containsExactly(1L, 2L);
    }

    @Test
    void anAnnouncementIsDropped() {
        faulty.announcing(News.POSTED).dropOnce();
        append();
        append();
        assertThat(posted).containsExactly(2L);
    }

    @Test
    void announcementsAreDroppedUntilHealed() {
        faulty.announcing(News.POSTED).dropAll();
        append();
        append();
        faulty.announcing(News.POSTED).heal();
        append();
        assertThat(posted).containsExactly(3L);
    }

    @Test
    void anAnnouncementIsRepeated() {
        faulty.announcing(News.POSTED).repeatOnce();
        append();
        append();
        assertThat(posted).containsExactly(1L, 1L, 2L);
    }

    @Test
    void anAnnouncementIsOvertakenUntilItIsReleased() throws Exception {
        Hold hold = faulty.announcing(News.POSTED).hold();
        append();
        hold.awaitHeld();
        append();
        assertThat(posted).containsExactly(2L);
        hold.release();
        hold.release();
        assertThat(posted).containsExactly(2L, 1L);
    }

    @Test
    void otherOperationsAndAnnouncementsGoOn() {
        faulty.before(Op.LEAVE).failEvery(1, outage);
        faulty.announcing(News.DEPARTED).dropAll();
        append();
        assertThat(posted).containsExactly(1L);
    }

    @Test
    void refusalsOfTheStoreComeThroughAsTheyAre() {
        assertThatThrownBy(() -> faulty.rooms().view("nowhere", Guard.NONE)).isInstanceOf(ChatException.class);
        assertThat(faulty.calls(Op.VIEW)).isEqualTo(1);
    }

    @Test
    void everyOperationOfAStoreCanFail() {
        for (Op op : Op.values()) {
            faulty.before(op).failEvery(1, outage);
        }
        parts().forEach(part -> {
            for (Method method : part.type().getMethods()) {
                Object[] args = new Object[method.getParameterCount()];
                for (int i = 0; i < args.length; i++) {
                    args[i] = defaultOf(method.getParameterTypes()[i]);
                }
                assertThatThrownBy(() -> method.invoke(part.target(), args))
                        .as("%s", method)
                        .hasCause(outage);
            }
        });
    }

    private Stream<Part> parts() {
        return Stream.of(
                new Part(RoomStore.class, faulty.rooms()),
                new Part(UserStore.class, faulty.users()),
                new Part(PresenceStore.class, faulty.presence()));
    }

    private static @Nullable Object defaultOf(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    private void append() {
        faulty.rooms().append("lobby", Guard.NONE, "ann", Body.text("hello"), null);
    }

    private long head() {
        return faulty.rooms().view("lobby", Guard.NONE).head().id();
    }

    private record Part(Class<?> type, Object target) {}

    /** Keeps the ids of messages. */
    private record Posts(List<Long> ids) implements Announcements {
        @Override
        public void posted(String room, Position position, Message message) {
            ids.add(position.id());
        }

        @Override
        public void notified(String room, Event event) {}

        @Override
        public void departed(String room, List<Departure> departures) {}

        @Override
        public void told(String user, Event event, @Nullable String except) {}

        @Override
        public void dismissed(String user) {}
    }
}
