package dev.confab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitTest {

    @Test
    void aLimitIsARateAndABurstWhichIsASecondsWorthWhereNothingElseIsSaid() {
        assertThat(RateLimit.of(20)).isEqualTo(RateLimit.of(20, 20));
        assertThat(RateLimit.of(RateLimit.MOST, 1).isNone()).isFalse();
        assertThat(RateLimit.NONE.isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "1, -1", "0, 1", "1, 0", "1000000001, 1", "1, 1000000001"})
    void whatIsOutOfRangeIsRefused(int perSecond, int burst) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RateLimit.of(perSecond, burst))
                .withMessageContaining("not ");
    }
}
