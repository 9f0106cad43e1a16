package dev.confab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Body;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomStore.Once;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the store remembers of keys, and what that costs at most. */
final class RecentKeysTest {

    private static final Duration TIME = Duration.ofMinutes(5);
    private static final long KEY = RecentKeys.OVERHEAD + 2L;
    private static final long AUTHOR = RecentKeys.AUTHOR_OVERHEAD + 6L;

    @Test
    void aKeyWeighsWhatItAndItsAuthorDo() {
        var cellar = lobby(1 << 20);
        append(cellar, "lobby", "ann", "k");
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + KEY);
        append(cellar, "lobby", "ann", "k");
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + KEY);
        append(cellar, "lobby", "ann", "long");
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + 2 * KEY + 6);
        append(cellar, "lobby", null, "k");
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + 3 * KEY + 6 + RecentKeys.AUTHOR_OVERHEAD);
    }

    @Test
    void theOldestKeysOfAllRoomsAndUsersGoFirst() {
        var cellar = lobby(2 * (AUTHOR + KEY));
        cellar.create("other", 100);
        append(cellar, "lobby", "ann", "a");
        append(cellar, "other", "bob", "b");
        append(cellar, "lobby", "cat", "c");
        assertThat(append(cellar, "other", "bob", "b")).isTrue();
        assertThat(append(cellar, "lobby", "cat", "c")).isTrue();
        assertThat(append(cellar, "lobby", "ann", "a")).isFalse();
        assertThat(append(cellar, "other", "bob", "b")).isFalse();
    }

    @Test
    void howeverManyUsersThereAreTheLimitHolds() {
        long limit = 10 * (AUTHOR + KEY);
        var cellar = lobby(limit);
        for (int i = 0; i < 10_000; i++) {
            append(cellar, "lobby", "user " + i, "key " + i);
            assertThat(cellar.keys.total()).isLessThanOrEqualTo(limit);
        }
        assertThat(append(cellar, "lobby", "user 9999", "key 9999")).isTrue();
    }

    @Test
    void whereNothingMayBeRememberedNothingIs() {
        var cellar = lobby(0);
        assertThat(append(cellar, "lobby", "ann", "k")).isFalse();
        assertThat(append(cellar, "lobby", "ann", "k")).isFalse();
        assertThat(cellar.keys.total()).isZero();
    }

    @Test
    void whatAUserHasTooManyOfCostsNothing() {
        var cellar = lobby(1 << 20);
        for (int i = 0; i < 1000; i++) {
            append(cellar, "lobby", "ann", Character.toString('A' + i));
        }
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + 100 * KEY);
    }

    @Test
    void keysWhoseTimeIsOverAreForgottenWhenTheNodeSaysThatItIsAlive() {
        var cellar = lobby(1 << 20);
        append(cellar, "lobby", "ann", "k");
        cellar.clock.advance(Duration.ofMinutes(1));
        append(cellar, "lobby", "bob", "k");
        cellar.clock.advance(TIME.minusMinutes(1));
        cellar.presence.beat();
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + KEY);
        cellar.clock.advance(Duration.ofMinutes(1));
        cellar.presence.beat();
        assertThat(cellar.keys.total()).isZero();
    }

    @Test
    void keysWhoseTimeIsOverAreForgottenWhenAnotherComes() {
        var cellar = lobby(1 << 20);
        cellar.create("other", 100);
        for (int i = 0; i < 50; i++) {
            append(cellar, "lobby", "ann", "key " + i);
        }
        cellar.clock.advance(TIME);
        append(cellar, "other", "bob", "k");
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + KEY);
    }

    @Test
    void aDeletedRoomGivesBackItsShare() {
        var cellar = lobby(1 << 20);
        cellar.create("other", 100);
        append(cellar, "other", "bob", "k");
        for (int i = 0; i < 50; i++) {
            append(cellar, "lobby", "user " + i, "key " + i);
            append(cellar, "lobby", "ann", "key " + i);
        }
        cellar.rooms.delete("lobby", Guard.NONE);
        assertThat(cellar.keys.total()).isEqualTo(AUTHOR + KEY);
        assertThat(append(cellar, "other", "bob", "k")).isTrue();
        cellar.clock.advance(TIME);
        cellar.keys.forget();
        assertThat(cellar.keys.total()).isZero();
    }

    @Test
    void aClockThatIsSetBackMakesKeysStayNotGrow() {
        var cellar = lobby(1 << 20);
        cellar.clock.advance(Duration.ofHours(2));
        append(cellar, "lobby", "ann", "k");
        cellar.clock.advance(Duration.ofHours(-1));
        cellar.create("other", 100);
        append(cellar, "other", "ann", "k");
        cellar.clock.advance(TIME);
        assertThat(append(cellar, "other", "ann", "k")).isFalse();
        assertThat(append(cellar, "lobby", "ann", "k")).isTrue();
        assertThat(cellar.keys.total()).isEqualTo(2 * (AUTHOR + KEY));
    }

    private static Cellar lobby(long keyBytes) {
        var cellar = Cellar.withKeys(keyBytes);
        cellar.create("lobby", 100);
        return cellar;
    }

    /** Returns whether that was a repeat. */
    private static boolean append(Cellar cellar, String room, @Nullable String author, String key) {
        return cellar.rooms
                .append(room, Guard.NONE, author, Body.text("hi"), new Once(key, 100, TIME))
                .repeat();
    }
}
