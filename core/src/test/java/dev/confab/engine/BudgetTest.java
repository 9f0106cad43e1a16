package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BudgetTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private static Rates commands(RateLimit limit) {
        return new Rates(limit, RateLimit.NONE, RateLimit.NONE);
    }

    private static Rates bytes(RateLimit limit) {
        return new Rates(RateLimit.NONE, RateLimit.NONE, limit);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1_000, 999_983, RateLimit.MOST})
    void aBurstPassesWholeHoweverItsPartsAreRounded(int rate) {
        var budget = new Budget(commands(RateLimit.of(rate, 1_000)), null);
        for (int i = 0; i < 1_000; i++) {
            assertThat(budget.pay(false, 64, 5 * SECOND)).as("part %s", i).isZero();
        }
        assertThat(budget.pay(false, 64, 5 * SECOND)).isBetween(1L, SECOND / rate);
    }

    @Test
    void theLargestNumbersDoNotOverflow() {
        var budget = new Budget(bytes(RateLimit.of(1, RateLimit.MOST)), null);
        assertThat(budget.pay(false, Integer.MAX_VALUE, 0)).isZero();
        long wait = budget.pay(false, Integer.MAX_VALUE, 0);
        assertThat(wait).isEqualTo(Integer.MAX_VALUE * SECOND);
        assertThat(budget.pay(false, Integer.MAX_VALUE, wait - 1)).isEqualTo(1);
        assertThat(budget.pay(false, Integer.MAX_VALUE, wait)).isZero();
    }

    @Test
    void whatTheBudgetAboveRefusesIsNotPaidFromTheOneBelow() {
        var above = new Budget(commands(RateLimit.of(1)), null);
        var below = new Budget(commands(RateLimit.of(1, 2)), above);
        var other = new Budget(commands(RateLimit.NONE), above);
        assertThat(other.pay(false, 64, 0)).isZero();
        assertThat(below.pay(false, 64, 0)).isEqualTo(SECOND);
        assertThat(below.isWhole(0)).isTrue();
        assertThat(above.isWhole(0)).isFalse();
        assertThat(above.isWhole(SECOND)).isTrue();
    }

    @Test
    void whatTheBudgetBelowRefusesIsNotPaidFromTheOneAbove() {
        var above = new Budget(commands(RateLimit.of(1, 3)), null);
        var below = new Budget(commands(RateLimit.of(1)), above);
        assertThat(below.pay(false, 64, 0)).isZero();
        assertThat(below.pay(false, 64, 0)).isEqualTo(SECOND);
        assertThat(above.pay(false, 64, 0)).isZero();
        assertThat(above.pay(false, 64, 0)).isZero();
        assertThat(above.pay(false, 64, 0)).isEqualTo(SECOND);
    }
}
