package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdCheckerTest {

    private final Faults faults = new Faults();
    private final IdChecker ids = new IdChecker("ann", faults);

    @Test
    void idsInOrderAreFine() {
        ids.startAfter(6);
        hears(7, 8, 9);
        ids.end(9);

        assertThat(faults.total()).isZero();
    }

    @Test
    void theFirstIdMayBeOneFromBeforeTheStart() {
        ids.startAfter(6);
        hears(5, 6, 7);
        ids.end(7);

        assertThat(faults.total()).isZero();
    }

    @Test
    void anIdThatWasHeardBeforeTheStartBindsFromThenOn() {
        hears(5);
        ids.startAfter(6);
        hears(7);
        ids.end(7);

        assertThat(faults.told()).containsExactly("gap: ann never got id 6");
    }

    @Test
    void aFirstIdThatComesTooLateLeavesAGap() {
        ids.startAfter(6);
        hears(8);
        ids.end(8);

        assertThat(faults.told()).containsExactly("gap: ann never got id 7");
    }

    @Test
    void silenceUntilTheEndIsAGap() {
        ids.startAfter(6);
        ids.end(9);

        assertThat(faults.told()).containsExactly("gap: ann never got ids 7 to 9");
    }

    @Test
    void silenceWhereNothingWasSaidIsFine() {
        ids.startAfter(6);
        ids.end(6);

        assertThat(faults.total()).isZero();
    }

    @Test
    void anIdThatComesTwiceIsADuplicate() {
        hears(1, 2, 2, 3, 1);

        assertThat(faults.told()).containsExactly("duplicate: ann got id 2 again", "duplicate: ann got id 1 again");
        assertThat(ids.heard(3)).isFalse();
    }

    @Test
    void idsThatComeLateAreSwapsAndNoGaps() {
        hears(1, 5);
        assertThat(ids.heard(3)).isTrue();
        assertThat(ids.heard(3)).isFalse();
        ids.end(5);

        assertThat(faults.told())
                .containsExactly(
                        "swap: ann got id 3 after id 5",
                        "duplicate: ann got id 3 again",
                        "gap: ann never got id 2",
                        "gap: ann never got id 4");
    }

    @Test
    void moreHolesThanAreRememberedAreAllCounted() {
        for (long id = 1; id < 1000; id += 2) {
            ids.heard(id);
        }
        ids.end(999);

        assertThat(faults.counts()).containsEntry(Fault.GAP, 499L);
        assertThat(faults.told()).hasSize(20);
    }

    private void hears(long... some) {
        for (long id : some) {
            ids.heard(id);
        }
    }
}
