package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.protocol.CloseReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How connections and the door itself come to their end. */
abstract class TransportEnds extends TransportFixture {

    @Test
    void whatWasSentBeforeAGoodbyeArrivesBeforeIt() throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 200; i++) {
            ann.client().emit("step" + i, List.of());
        }
        ann.client().leave();
        assertThat(ann.guest().nextNames(200)).endsWith("step199");
        assertThat(ann.guest().awaitEnd()).isEqualTo(CloseReason.CLIENT_LEFT);
    }

    @Test
    void aBrokenLinkEndsTheConnectionAsLost() throws Exception {
        Party ann = enter("ann");
        ann.roundTrip();
        ann.client().drop();
        assertThat(ann.guest().awaitEnd()).isEqualTo(CloseReason.CONNECTION_LOST);
    }

    @ParameterizedTest
    @EnumSource(
            value = CloseReason.class,
            names = {"KICKED", "LOGIN_REJECTED", "TOO_SLOW", "RATE_LIMITED", "SERVER_SHUTDOWN"})
    void aClosedConnectionHearsTheRestAndWhetherToComeBack(CloseReason reason) throws Exception {
        Party ann = enter("ann");
        for (int i = 0; i < 100; i++) {
            ann.guest().tell("news", i);
        }
        ann.connection().close(reason);
        for (int i = 0; i < 100; i++) {
            assertThat(ann.next()).isEqualTo(Heard.Event.of("news", i));
        }
        assertThat(ann.client().awaitEnd(PATIENCE)).isEqualTo(reason.comeBack());
        assertThat(ann.guest().awaitEnd()).isEqualTo(reason);
    }

    @Test
    void theEndIsToldOnce() throws Exception {
        Party ann = enter("ann");
        Party bob = enter("bob");
        ann.client().leave();
        ann.connection().close(CloseReason.KICKED);
        ann.connection().close(CloseReason.TOO_SLOW);
        ann.guest().awaitEnd();
        ann.client().drop();
        bob.roundTrip();
        ann.client().close();
        bob.roundTrip();
        assertThat(ann.guest().brought()).isEqualTo(1);
    }

    @Test
    void theEndOfOneConnectionIsNothingToTheOthers() throws Exception {
        List<Party> trio = onOneLane(3);
        trio.get(0).client().drop();
        trio.get(1).connection().close(CloseReason.KICKED);
        trio.get(0).guest().awaitEnd();
        trio.get(1).guest().awaitEnd();
        trio.get(2).roundTrip();
    }

    @Test
    void whoIsInsideStaysWhenTheDoorLetsNobodyInAnyMore() throws Exception {
        Party ann = enter("ann");
        door().stopAccepting();
        assertThatThrownBy(() -> contract().connect(door(), Map.of(FakeHost.NAME, "late")))
                .isInstanceOf(Exception.class);
        ann.roundTrip();
    }

    @Test
    void closingTheDoorWritesWhatWasHandedOverAndEndsEverybody() throws Exception {
        List<Party> all = List.of(enter("ann"), enter("bob"), enter("cat"));
        for (int i = 0; i < 100; i++) {
            for (Party party : all) {
                party.guest().tell("news", i);
            }
        }
        door().stopAccepting();
        door().close();
        for (Party party : all) {
            for (int i = 0; i < 100; i++) {
                assertThat(party.next()).isEqualTo(Heard.Event.of("news", i));
            }
            assertThat(party.client().awaitEnd(PATIENCE)).isTrue();
            assertThat(party.guest().awaitEnd()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
        }
    }
}
