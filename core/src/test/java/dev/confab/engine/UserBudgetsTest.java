package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class UserBudgetsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final UserBudgets users = new UserBudgets(new Rates(RateLimit.of(1, 2), RateLimit.NONE, RateLimit.NONE), 3);

    private static long pay(Budget budget, long now) {
        return budget.pay(false, 64, now);
    }

    @Test
    void whoHasConnectionsIsRememberedAndTheyShareABudget() {
        Budget one = users.enter("ann", 0);
        assertThat(users.enter("ann", 0)).isSameAs(one);
        assertThat(users.enter("bob", 0)).isNotSameAs(one);
        users.leave("ann", 0);
        assertThat(users.enter("ann", 0)).isSameAs(one);
        assertThat(users.size()).isEqualTo(2);
    }

    @Test
    void whoOwesNothingIsForgottenWithTheLastConnection() {
        users.enter("ann", 0);
        users.enter("ann", 0);
        users.leave("ann", 0);
        assertThat(users.size()).isEqualTo(1);
        users.leave("ann", 0);
        assertThat(users.size()).isZero();
    }

    @Test
    void whoOwesIsRememberedUntilItIsPaid() {
        Budget before = users.enter("ann", 0);
        pay(before, 0);
        pay(before, 0);
        users.leave("ann", 0);
        assertThat(users.enter("ann", SECOND)).isSameAs(before);
        users.leave("ann", SECOND);
        users.enter("bob", 2 * SECOND - 1);
        assertThat(users.size()).isEqualTo(2);
        users.leave("bob", 2 * SECOND);
        assertThat(users.size()).isZero();
    }

    @Test
    void ofThoseWhoHaveLeftAndOweNoMoreAreRememberedThanMayBe() {
        for (int i = 0; i < 10; i++) {
            String user = "user " + i;
            assertThat(pay(users.enter(user, 0), 0)).isZero();
            users.leave(user, 0);
        }
        assertThat(users.size()).isEqualTo(3);
        Budget last = users.enter("user 9", 0);
        assertThat(pay(last, 0)).isZero();
        assertThat(pay(last, 0)).isEqualTo(SECOND);
        Budget first = users.enter("user 0", 0);
        assertThat(pay(first, 0)).isZero();
        assertThat(pay(first, 0)).isZero();
    }
}
