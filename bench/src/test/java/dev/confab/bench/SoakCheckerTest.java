package dev.confab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.confab.bench.KnownLog.Entry;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The checker is told of a run that went right, and then of each thing that can go wrong in one. */
class SoakCheckerTest {

    private static final String ROOM = "lobby";
    private static final Position START = new Position("e1", 0);

    private final Faults faults = new Faults();
    private final SoakChecker checker = new SoakChecker(faults);
    private final KnownLog log = checker.created(ROOM, START);
    private final View ann = checker.view("ann", ROOM);
    private final View bob = checker.view("bob", ROOM);

    private static Words words(long id) {
        return new Words("eve", (int) id);
    }

    private static void hears(View view, long... ids) {
        LongStream.of(ids).forEach(id -> view.heard(id, words(id)));
    }

    private void joins(View view, long head) {
        view.joins();
        view.joined(START.at(head), 1, false, 0);
    }

    private void resumes(View view, long head, boolean recovered, long... brought) {
        view.joins();
        hears(view, brought);
        view.joined(START.at(head), 1, recovered, brought.length);
    }

    private void holds(long... ids) {
        log.archived(LongStream.of(ids).mapToObj(id -> new Entry(id, words(id))).toList(), 1);
    }

    private void ends(long head) {
        ann.finish(START.at(head));
        bob.finish(START.at(head));
        checker.end();
    }

    private void isFine() {
        assertThat(faults.told()).isEmpty();
    }

    private void hasFound(Fault fault, String words) {
        assertThat(faults.counts()).containsExactly(entry(fault, 1L));
        assertThat(faults.told().getFirst()).contains(words);
    }

    @Test
    void aRunInWhichAllWentRightIsFine() {
        joins(ann, 0);
        hears(ann, 1, 2, 3);
        joins(bob, 2);
        hears(bob, 3);
        bob.says(words(4)).acknowledged(4);
        hears(ann, 4);
        bob.end();
        resumes(bob, 6, true, 4, 5, 6);
        hears(bob, 7);
        ann.accessRemoved();
        ann.joins();
        ann.refused();
        resumes(ann, 8, true, 5, 6, 7, 8);
        hears(bob, 8);
        holds(1, 2, 3, 4, 5);
        holds(6, 7, 8);
        ends(8);

        isFine();
        assertThat(ann.recovered() + bob.recovered()).isEqualTo(2);
        assertThat(ann.replayed() + bob.replayed()).isEqualTo(7);
    }

    @Test
    void aReplayThatBeginsLaterIsFineWhereItSaysSo() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 5, 6);
        ann.joined(START.at(6), 5, false, 2);
        hears(ann, 7);
        ends(7);

        isFine();
        assertThat(ann.unrecovered()).isEqualTo(1);
    }

    @Test
    void whatTheLogForgetsWhileAJoinReadsItIsFineWhereItSaysSo() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        resumes(ann, 5, false, 2, 4, 5);
        hears(ann, 6);
        ends(6);

        isFine();
    }

    @Test
    void aNewEpochBeginsAnew() {
        joins(ann, 0);
        hears(ann, 1, 2);
        ann.accessRemoved();
        checker.deleted(ROOM);
        Position second = new Position("e2", 0);
        checker.created(ROOM, second);
        ann.joins();
        ann.joined(second, 1, false, 0);
        ann.heard(1, new Words("eve", 9));
        checker.log(ROOM, second).archived(List.of(new Entry(1, new Words("eve", 9))), 1);
        ann.finish(second.at(1));
        checker.end();

        isFine();
    }

    @Test
    void aReplayThatIsCutShortIsReadOnNextTime() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 2, 3);
        ann.end();

        assertThat(ann.position()).isEqualTo(START.at(3));
        resumes(ann, 4, true, 4);
        isFine();
    }

    @Test
    void aGapInWhatIsHeardIsFound() {
        joins(ann, 0);
        hears(ann, 1, 3);
        ends(3);

        hasFound(Fault.GAP, "ann in lobby never got id 2");
    }

    @Test
    void aGapBehindTheAnswerToAJoinIsFound() {
        joins(ann, 4);
        hears(ann, 6);
        ends(6);

        hasFound(Fault.GAP, "never got id 5");
    }

    @Test
    void aGapAtTheEndIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ends(2);

        hasFound(Fault.GAP, "never got id 2");
    }

    @Test
    void aGapThatAConnectionEndsWithIsFound() {
        joins(ann, 0);
        hears(ann, 1, 3);
        ann.end();

        hasFound(Fault.GAP, "never got id 2");
    }

    @Test
    void aGapInWhatAJoinBringsIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        resumes(ann, 4, true, 2, 4);

        hasFound(Fault.RECOVERY, "told recovered=true");
    }

    @Test
    void aDuplicateIsFound() {
        joins(ann, 0);
        hears(ann, 1, 1);

        hasFound(Fault.DUPLICATE, "ann in lobby got id 1 again");
    }

    @Test
    void aMessageThatComesBeforeAndBehindTheAnswerToAJoinIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        resumes(ann, 3, true, 2, 3);
        hears(ann, 3);

        hasFound(Fault.DUPLICATE, "ann in lobby got id 3 again");
    }

    @Test
    void aMessageThatWasHeardOverAnEarlierConnectionIsFound() {
        joins(ann, 0);
        hears(ann, 1, 2);
        ann.end();
        ann.joins();
        hears(ann, 2);

        hasFound(Fault.DUPLICATE, "was brought id 2 after 2");
    }

    @Test
    void aSwapIsFound() {
        joins(ann, 0);
        hears(ann, 2, 1, 3);
        ends(3);

        hasFound(Fault.SWAP, "ann in lobby got id 1 after id 2");
    }

    @Test
    void aMessageThatIsAnotherOneForSomebodyElseIsFound() {
        joins(ann, 0);
        joins(bob, 0);
        hears(ann, 1);
        bob.heard(1, new Words("eve", 77));

        hasFound(
                Fault.MIX_UP, "id 1 of room lobby (epoch e1) is number 1 of eve, but for bob in lobby it is number 77");
    }

    @Test
    void anAcknowledgedMessageThatIsNotInTheLogIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.says(words(2)).acknowledged(2);
        holds(1);
        checker.end();

        hasFound(Fault.LOST_MESSAGE, "id 2 of room lobby (epoch e1) was acknowledged, but its log ends at 1");
    }

    @Test
    void anAcknowledgedMessageThatIsAnotherOneInTheLogIsFound() {
        joins(ann, 0);
        ann.says(new Words("ann", 1)).acknowledged(1);
        holds(1);

        hasFound(Fault.MIX_UP, "id 1");
    }

    @Test
    void aHoleInTheLogIsFound() {
        holds(1, 2);
        holds(4);
        checker.end();

        hasFound(Fault.LOST_MESSAGE, "holds id 4 where id 3 should be");
    }

    @Test
    void whatALogHasForgottenIsNoHole() {
        holds(1, 2);
        log.archived(List.of(new Entry(7, words(7))), 7);
        checker.end();

        isFine();
    }

    @Test
    void aMessageThatIsStoredTwiceIsFound() {
        log.archived(List.of(new Entry(1, words(5)), new Entry(2, words(5))), 1);
        checker.end();

        hasFound(Fault.REPEAT, "number 5 of eve has id 2");
    }

    @Test
    void aFalseWordOfRecoveryIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 3);
        ann.joined(START.at(3), 1, true, 1);

        hasFound(Fault.RECOVERY, "told recovered=true");
    }

    @Test
    void aRecoveryThatIsDeniedIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        resumes(ann, 2, false, 2);

        hasFound(Fault.RECOVERY, "told recovered=false");
    }

    @Test
    void aWrongCountOfWhatWasMissedIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 2);
        ann.joined(START.at(2), 1, true, 2);

        hasFound(Fault.RECOVERY, "was told of 2 messages");
    }

    @Test
    void whatIsBroughtOfAnotherEpochIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 2);
        ann.joined(new Position("e2", 2), 1, false, 1);

        hasFound(Fault.RECOVERY, "was brought ids 2 to 2");
    }

    @Test
    void aMessageBehindTheLossOfAccessIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.accessRemoved();
        hears(ann, 2);

        hasFound(Fault.TRESPASS, "ann in lobby got id 2 without being a member");
    }

    @Test
    void aMessageBehindTheLossOfAccessDuringAJoinIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 2);
        ann.accessRemoved();
        hears(ann, 3);
        ann.refused();

        hasFound(Fault.TRESPASS, "ann in lobby was brought ids 3 to 3 (1) behind the loss of access");
    }

    @Test
    void whoIsLetInAlthoughAccessWasLostOnTheWayIsFound() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        hears(ann, 2);
        ann.accessRemoved();
        hears(ann, 3);
        ann.joined(START.at(3), 1, true, 2);

        hasFound(Fault.TRESPASS, "let in although access was lost");
    }

    @Test
    void newsOfAnEarlierLossMayCrossAJoin() {
        joins(ann, 0);
        hears(ann, 1);
        ann.end();
        ann.joins();
        ann.accessRemoved();
        hears(ann, 2);
        ann.joined(START.at(2), 1, true, 1);
        ends(2);

        isFine();
    }

    @Test
    void newsOfARoomBehindLeavingItAreFound() {
        joins(ann, 0);
        ann.end();
        ann.noticed("roomUserLeft");

        hasFound(Fault.TRESPASS, "was told roomUserLeft");
    }

    @Test
    void whoHearsOnAfterABanIsFoundByIds() {
        joins(ann, 0);
        hears(ann, 1, 2, 3);
        log.banned("ann", 1, 2);
        checker.end();

        hasFound(Fault.TRESPASS, "ann had to do with id 3");
    }

    @Test
    void whoIsStillHeardAfterABanIsFoundByIds() {
        joins(ann, 0);
        hears(ann, 1, 2);
        ann.says(words(3)).acknowledged(3);
        log.banned("ann", 1, 2);
        holds(1, 2, 3);
        checker.end();

        hasFound(Fault.TRESPASS, "ann had to do with id 3");
    }

    @Test
    void whoJoinsDuringABanIsFoundByIds() {
        log.banned("ann", 1, 2).lifted(9);
        joins(ann, 5);
        checker.end();

        hasFound(Fault.TRESPASS, "ann became a member of room lobby (epoch e1) at id 5");
    }

    @Test
    void whoComesBackAfterABanMayHearWhatWasSaidMeanwhile() {
        joins(ann, 0);
        hears(ann, 1, 2);
        KnownLog.Ban ban = log.banned("ann", 1, 2);
        ann.accessRemoved();
        ban.lifted(4);
        resumes(ann, 5, true, 3, 4, 5);
        hears(ann, 6);
        ends(6);

        isFine();
    }
}
