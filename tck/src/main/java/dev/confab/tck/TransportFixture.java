package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.spi.Connection;
import dev.confab.spi.Lane;
import dev.confab.spi.Transport;
import dev.confab.tck.TransportContract.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A door with a test in the engine's place on the inside, and clients on the outside. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportFixture {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String FENCE = "fence";

    private final FakeHost host = new FakeHost(PATIENCE);
    private final List<Party> parties = new ArrayList<>();
    private @Nullable Transport door;

    /** Who makes doors and clients. */
    abstract TransportContract contract();

    @BeforeEach
    void openTheDoor() throws Exception {
        door = contract().newTransport();
        door.open(host);
    }

    @AfterEach
    void closeTheDoor() throws Exception {
        for (Party party : parties) {
            party.client.close();
        }
        if (door != null) {
            door.stopAccepting();
            door.close();
        }
        assertThat(host.guests()).as("two calls at once for one connection").noneMatch(Guest::overlapped);
    }

    final Transport door() {
        return Objects.requireNonNull(door);
    }

    final Party enter(String name) throws Exception {
        return enter(name, Map.of());
    }

    final Party enter(String name, Map<String, String> more) throws Exception {
        var query = new HashMap<>(more);
        query.put(FakeHost.NAME, name);
        Client client = contract().connect(door(), query);
        var party = new Party(client, host.guest(name));
        parties.add(party);
        return party;
    }

    final List<Party> enterAll(int count) throws Exception {
        var all = new ArrayList<Party>();
        for (int i = 0; i < count; i++) {
            all.add(enter("one" + i));
        }
        return all;
    }

    /** Some that share a lane, which are found among enough of them. */
    final List<Party> onOneLane(int count) throws Exception {
        var lanes = new IdentityHashMap<Lane, List<Party>>();
        for (int i = 0; i < 64; i++) {
            Party party = enter("mate" + i);
            List<Party> mates = lanes.computeIfAbsent(party.connection().lane(), _ -> new ArrayList<>());
            mates.add(party);
            if (mates.size() == count) {
                return mates;
            }
        }
        throw new AssertionError("64 connections, and no " + count + " of them on one lane");
    }

    /** The two ends of one connection. */
    record Party(Client client, Guest guest) {

        Connection connection() {
            return guest.connection();
        }

        Heard next() throws Exception {
            Heard next = client.next(PATIENCE);
            assertThat(next).as("told within %s", PATIENCE).isNotNull();
            return Objects.requireNonNull(next);
        }

        Heard.Event nextEvent() throws Exception {
            Heard next = next();
            assertThat(next).isInstanceOf(Heard.Event.class);
            return (Heard.Event) next;
        }

        Heard.Reply nextReply() throws Exception {
            Heard next = next();
            assertThat(next).isInstanceOf(Heard.Reply.class);
            return (Heard.Reply) next;
        }

        /** Is told something now, and nothing before it. */
        void hearsNothingMore() throws Exception {
            guest.tell(FENCE);
            assertThat(next()).isEqualTo(Heard.Event.of(FENCE));
        }

        void roundTrip() throws Exception {
            client.request("there", List.of());
            guest.answer("and back");
            assertThat(nextReply().values()).isEqualTo(Plain.values(null, "and back"));
        }
    }
}
