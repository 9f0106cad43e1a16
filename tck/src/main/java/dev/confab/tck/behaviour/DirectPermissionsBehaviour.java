package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From whom users take direct messages. */
abstract class DirectPermissionsBehaviour extends Behaviour {

    private static final List<Value> NOT_ALLOWED = refused("Action is not allowed");

    @BeforeEach
    void usersWriteToEachOther() {
        options.enableDirectMessages(true);
    }

    @Test
    void theBlacklistBlocksAndUnblocks() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        bob.result("directAddToList", "blacklist", List.of("ann"));
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
        bob.assertNothingMore();
        bob.result("directRemoveFromList", "blacklist", List.of("ann"));
        ann.result("directMessage", "bob", text("Hi"));
        bob.expect("directMessage");
    }

    @Test
    void whitelistModeLetsOnlyTheListedThrough() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        bob.result("directSetWhitelistMode", true);
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
        bob.result("directAddToList", "whitelist", List.of("ann"));
        ann.result("directMessage", "bob", text("Hi"));
        bob.expect("directMessage");
        bob.result("directRemoveFromList", "whitelist", List.of("ann"));
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void theBlacklistBlocksTheWhitelistedToo() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        bob.result("directAddToList", "whitelist", List.of("ann"));
        bob.result("directAddToList", "blacklist", List.of("ann"));
        bob.result("directSetWhitelistMode", true);
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whitelist", "blacklist"})
    void aListIsAddedToReadAndRemovedFrom(String list) {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directGetAccessList", list)).isEqualTo(done(List.of()));
        assertThat(ann.request("directAddToList", list, List.of("bob", "cat"))).isEqualTo(done(null));
        assertThat(items(ann.result("directGetAccessList", list)))
                .containsExactlyInAnyOrder(Value.of("bob"), Value.of("cat"));
        assertThat(ann.request("directRemoveFromList", list, List.of("bob"))).isEqualTo(done(null));
        assertThat(ann.request("directGetAccessList", list)).isEqualTo(done(List.of("cat")));
        ann.assertNothingMore();
    }

    @Test
    void addingTwiceRemovingTheAbsentAndNoNamesAtAllAreFine() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directAddToList", "whitelist", List.of("bob"))).isEqualTo(done(null));
        assertThat(ann.request("directAddToList", "whitelist", List.of("bob"))).isEqualTo(done(null));
        assertThat(ann.request("directRemoveFromList", "whitelist", List.of("cat")))
                .isEqualTo(done(null));
        assertThat(ann.request("directAddToList", "whitelist", List.of())).isEqualTo(done(null));
        assertThat(ann.request("directRemoveFromList", "whitelist", List.of())).isEqualTo(done(null));
        assertThat(ann.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of("bob")));
    }

    @Test
    void nobodyListsOneself() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directAddToList", "whitelist", List.of("bob", "ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(ann.request("directRemoveFromList", "whitelist", List.of("ann")))
                .isEqualTo(NOT_ALLOWED);
        assertThat(ann.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of()));
    }

    @Test
    void thereAreTwoListsOnly() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directAddToList", "userlist", List.of("ann")))
                .isEqualTo(refused("No such list userlist"));
        assertThat(ann.request("directRemoveFromList", "adminlist", List.of("bob")))
                .isEqualTo(refused("No such list adminlist"));
        assertThat(ann.request("directGetAccessList", "")).isEqualTo(refused("No such list "));
    }

    @Test
    void theModeIsSetAndRead() {
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directGetWhitelistMode")).isEqualTo(done(false));
        assertThat(ann.request("directSetWhitelistMode", true)).isEqualTo(done(null));
        assertThat(ann.request("directGetWhitelistMode")).isEqualTo(done(true));
    }

    @Test
    void aListGrowsUpToItsLimitAndNotBeyond() {
        options.directListSizeLimit(1);
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directAddToList", "blacklist", List.of("bob", "cat")))
                .isEqualTo(refused("Exceeded blacklist size limit"));
        assertThat(ann.request("directGetAccessList", "blacklist")).isEqualTo(done(List.of()));
        assertThat(ann.request("directAddToList", "blacklist", List.of("bob", "bob")))
                .isEqualTo(done(null));
        assertThat(ann.request("directAddToList", "blacklist", List.of("bob"))).isEqualTo(done(null));
        assertThat(ann.request("directAddToList", "blacklist", List.of("cat")))
                .isEqualTo(refused("Exceeded blacklist size limit"));
    }

    @Test
    void listsAndModeWorkWhereNobodyMayWrite() {
        options.enableDirectMessages(false);
        start();
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directAddToList", "whitelist", List.of("bob"))).isEqualTo(done(null));
        assertThat(ann.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of("bob")));
        assertThat(ann.request("directSetWhitelistMode", true)).isEqualTo(done(null));
    }

    @Test
    void listsAndModeOutliveTheUsersConnections() {
        start();
        LoopbackClient ann = login("ann");
        ann.result("directAddToList", "whitelist", List.of("bob"));
        ann.result("directSetWhitelistMode", true);
        ann.close();
        LoopbackClient back = login("ann");
        assertThat(back.request("directGetAccessList", "whitelist")).isEqualTo(done(List.of("bob")));
        assertThat(back.request("directGetWhitelistMode")).isEqualTo(done(true));
    }
}
