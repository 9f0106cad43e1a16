package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import dev.confab.spi.Audience;
import dev.confab.spi.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients are told: replies, events, and what whole audiences hear. */
abstract class TransportReplies extends TransportFixture {

    @Test
    void everyReplyFindsItsRequestInWhateverOrderTheyAreGiven() throws Exception {
        Party ann = enter("ann");
        long first = ann.client().request("first", List.of());
        long second = ann.client().request("second", List.of());
        Request.Custom early = ann.guest().nextCustom();
        ann.guest().answer("to the second");
        early.reply().accept(Outcome.success(Value.of("to the first")));
        assertThat(ann.next()).isEqualTo(new Heard.Reply(second, Plain.values(null, "to the second")));
        assertThat(ann.next()).isEqualTo(new Heard.Reply(first, Plain.values(null, "to the first")));
        ann.hearsNothingMore();
    }

    @Test
    void aHookMayAnswerInWordsOfItsOwn() throws Exception {
        Party ann = enter("ann");
        ann.client().request("ask", List.of());
        ann.guest().nextCustom().reply().accept(Outcome.answered(Value.of("a"), Value.of("b"), Value.of("c")));
        assertThat(ann.nextReply().values()).isEqualTo(Plain.values(null, "a", "b", "c"));
    }

    @Test
    void aRequestThatWantsNoReplyGetsNone() throws Exception {
        Party ann = enter("ann");
        ann.client().emit("quiet", List.of());
        ann.guest().answer("unwanted");
        ann.hearsNothingMore();
    }

    @Test
    void repliesAndEventsAreWrittenInTheOrderInWhichTheyWereHandedOver() throws Exception {
        Party ann = enter("ann");
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        for (int i = 0; i < 50; i++) {
            ann.client().request("ask", List.of());
            ann.guest().tell("alone", i);
            audience.send(ann.guest().encode("together", i));
            ann.guest().answer(i);
            ann.guest().tell("after", i);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(ann.next()).isEqualTo(Heard.Event.of("alone", i));
            assertThat(ann.next()).isEqualTo(Heard.Event.of("together", i));
            assertThat(ann.nextReply().values()).isEqualTo(Plain.values(null, i));
            assertThat(ann.next()).isEqualTo(Heard.Event.of("after", i));
        }
    }

    @Test
    void anAudienceIsWhoeverWasAddedBeforeAndNotRemoved() throws Exception {
        List<Party> pair = onOneLane(2);
        Party ann = pair.getFirst();
        Party bob = pair.getLast();
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        audience.send(ann.guest().encode("one"));
        audience.add(bob.connection());
        audience.send(ann.guest().encode("two"));
        audience.remove(ann.connection());
        audience.remove(ann.connection());
        audience.send(ann.guest().encode("three"));
        assertThat(ann.next()).isEqualTo(Heard.Event.of("one"));
        assertThat(ann.next()).isEqualTo(Heard.Event.of("two"));
        ann.hearsNothingMore();
        assertThat(bob.next()).isEqualTo(Heard.Event.of("two"));
        assertThat(bob.next()).isEqualTo(Heard.Event.of("three"));
        bob.hearsNothingMore();
    }

    @Test
    void audiencesOfOneLaneHaveNothingToDoWithEachOther() throws Exception {
        List<Party> pair = onOneLane(2);
        Audience left = pair.getFirst().connection().lane().newAudience();
        Audience right = pair.getFirst().connection().lane().newAudience();
        left.add(pair.getFirst().connection());
        right.add(pair.getLast().connection());
        left.send(pair.getFirst().guest().encode("left"));
        assertThat(pair.getFirst().next()).isEqualTo(Heard.Event.of("left"));
        pair.getLast().hearsNothingMore();
    }

    @Test
    void oneWhoHasEndedIsNoBurdenToAnAudience() throws Exception {
        List<Party> pair = onOneLane(2);
        Party ann = pair.getFirst();
        Party bob = pair.getLast();
        Audience audience = ann.connection().lane().newAudience();
        audience.add(ann.connection());
        audience.add(bob.connection());
        ann.client().leave();
        ann.guest().awaitEnd();
        assertThatCode(() -> {
                    audience.send(bob.guest().encode("one"));
                    audience.remove(ann.connection());
                    audience.add(ann.connection());
                    audience.send(bob.guest().encode("two"));
                    ann.guest().tell("three");
                    ann.connection().close(CloseReason.KICKED);
                    ann.connection().pauseReading();
                    ann.connection().resumeReading();
                })
                .doesNotThrowAnyException();
        assertThat(bob.next()).isEqualTo(Heard.Event.of("one"));
        assertThat(bob.next()).isEqualTo(Heard.Event.of("two"));
        bob.hearsNothingMore();
    }
}
