package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.RoomList;
import dev.confab.spi.AccessPolicy;
import dev.confab.spi.Guard;
import dev.confab.spi.RoomFacts;
import dev.confab.spi.RoomView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guards decide inside every act as {@link AccessPolicy} does, and an act that they refuse changes nothing. */
abstract class StoreGuards extends StoreFixture {

    private static final Set<String> PEOPLE = Set.of("owner", "admin", "white", "black", "grey", "member", "stranger");

    static Stream<RoomAct> guardedActs() {
        return Arrays.stream(RoomAct.values()).filter(RoomAct::isGuarded);
    }

    static List<Guard> guards() {
        var guards = new ArrayList<Guard>();
        guards.add(Guard.NONE);
        for (String user : PEOPLE) {
            guards.add(new Guard.Member(user));
            guards.add(new Guard.Reader(user));
            guards.add(new Guard.Joiner(user));
            guards.add(new Guard.Admin(user));
            guards.add(new Guard.Owner(user));
            for (String list : List.of("adminlist", "whitelist", "blacklist", "userlist", "nolist")) {
                guards.add(new Guard.Editor(user, list, List.of()));
                guards.add(new Guard.Editor(user, list, List.of("stranger", "admin")));
                guards.add(new Guard.Editor(user, list, List.of("stranger", "owner")));
            }
        }
        return guards;
    }

    @ParameterizedTest
    @MethodSource("guardedActs")
    void anActThatItsGuardRefusesChangesAndAnnouncesNothing(RoomAct act) {
        rooms().create(
                        ROOM,
                        settings()
                                .owner("olga")
                                .enableAccessListsUpdates(true)
                                .enableUserlistUpdates(true)
                                .build());
        joinAll("bob");
        connect("ann", "ann-1");
        RoomView before = rooms().view(ROOM, Guard.NONE);
        refused(ChatError.notAllowed(), () -> act.run(store(), ROOM, new Guard.Owner("ann")));
        assertThat(rooms().view(ROOM, Guard.NONE)).isEqualTo(before);
        assertThat(list(RoomList.BLACKLIST)).isEmpty();
        assertThat(members(ROOM)).isEqualTo(Map.of("bob", Set.of("bob-1")));
        assertThat(connections("ann")).isEqualTo(Map.of("ann-1", Set.of()));
        nothingMoreIsAnnounced();
    }

    @ParameterizedTest
    @MethodSource("guardedActs")
    void anActWhoseGuardHoldsIsDone(RoomAct act) {
        rooms().create(ROOM, settings().owner("olga").build());
        connect("ann", "ann-1");
        act.run(store(), ROOM, new Guard.Owner("olga"));
    }

    @Test
    void everyGuardHoldsExactlyWhereTheAccessPolicySays() {
        agreesWithThePolicy(true, "owner");
        agreesWithThePolicy(false, "owner");
        agreesWithThePolicy(true, null);
        agreesWithThePolicy(false, null);
    }

    private void agreesWithThePolicy(boolean whitelistOnly, @Nullable String owner) {
        rooms().create(
                        ROOM,
                        settings()
                                .owner(owner)
                                .adminlist("admin")
                                .whitelist("white", "grey")
                                .blacklist("black", "grey", "admin")
                                .whitelistOnly(whitelistOnly)
                                .build());
        joinAll("member");
        var facts = new Facts(owner, whitelistOnly);
        for (Guard guard : guards()) {
            assertThat(refusal(() -> rooms().view(ROOM, guard)))
                    .as("%s, owner %s, whitelist mode %s", guard, owner, whitelistOnly)
                    .isEqualTo(refusal(() -> AccessPolicy.check(guard, facts)));
        }
        for (String user : PEOPLE) {
            assertThat(rooms().mayJoin(ROOM, user)).as(user).isEqualTo(AccessPolicy.mayJoin(facts, user));
        }
        rooms().delete(ROOM, Guard.NONE);
    }

    private static @Nullable ChatError refusal(Runnable act) {
        try {
            act.run();
            return null;
        } catch (ChatException e) {
            return e.error();
        }
    }

    /** What the room of these tests is like. */
    private record Facts(@Nullable String owner, boolean whitelistOnly) implements RoomFacts {
        @Override
        public String name() {
            return ROOM;
        }

        @Override
        public boolean lists(RoomList list, String name) {
            return switch (list) {
                case ADMINLIST -> name.equals("admin");
                case WHITELIST -> name.equals("white") || name.equals("grey");
                case BLACKLIST -> name.equals("black") || name.equals("grey") || name.equals("admin");
                case USERLIST -> name.equals("member");
            };
        }
    }
}
