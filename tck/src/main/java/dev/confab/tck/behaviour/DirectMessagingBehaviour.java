package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.DirectSettings;
import dev.confab.protocol.Value;
import dev.confab.tck.LoopbackClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages from one user to another, and among the connections of one. */
abstract class DirectMessagingBehaviour extends Behaviour {

    private static final List<Value> NOT_ALLOWED = refused("Action is not allowed");

    @BeforeEach
    void usersWriteToEachOther() {
        options.enableDirectMessages(true);
    }

    @Test
    void aMessageReachesAllConnectionsOfItsRecipientAndIsTheReply() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        LoopbackClient again = login("bob");
        LoopbackClient stranger = login("cat");
        takeNote(bob);
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(done(note("Hi")));
        assertThat(bob.nextEvent()).isEqualTo(event("directMessage", note("Hi")));
        assertThat(again.nextEvent()).isEqualTo(event("directMessage", note("Hi")));
        assertNothingMore(ann, bob, again, stranger);
    }

    @Test
    void aMessageIsEchoedToTheSendersOtherConnections() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient again = login("ann");
        login("bob");
        takeNote(ann);
        ann.result("directMessage", "bob", text("Hi"));
        assertThat(again.nextEvent()).isEqualTo(event("directMessageEcho", "bob", note("Hi")));
        assertNothingMore(ann, again);
    }

    @Test
    void theFieldsOfAMessageComeInTheContractsOrder() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        Value reply = ann.result("directMessage", "bob", text("Hi"));
        assertThat(fieldNames(reply)).containsExactly("textMessage", "timestamp", "author");
        assertThat(fieldNames(bob.nextEvent().arg(0))).containsExactly("textMessage", "timestamp", "author");
    }

    @Test
    void whatAClientSaysOfAuthorTimeAndIdIsNotBelieved() {
        options.anyObject(true);
        start();
        LoopbackClient ann = login("ann");
        login("bob");
        var body = Map.of("textMessage", "Hi", "author", "cat", "timestamp", 1, "id", 5);
        assertThat(ann.request("directMessage", "bob", body)).isEqualTo(done(note("Hi")));
    }

    @ParameterizedTest
    @MethodSource("dev.confab.tck.behaviour.Bodies#anyObjects")
    void anyObjectComesBackEqual(Value.Obj body) {
        options.anyObject(true);
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient bob = login("bob");
        Value note = Bodies.with(body, "author", "ann", "timestamp", clock.millis());
        assertThat(ann.request("directMessage", "bob", body)).isEqualTo(done(note));
        assertThat(bob.nextEvent()).isEqualTo(event("directMessage", note));
    }

    @Test
    void nobodyWritesUnlessTheServerLetsThem() {
        options.enableDirectMessages(false);
        start();
        LoopbackClient bob = login("bob");
        LoopbackClient ann = login("ann");
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
        assertThat(ann.request("directMessage", "nobody", text("Hi"))).isEqualTo(NOT_ALLOWED);
        bob.assertNothingMore();
    }

    @Test
    void nobodyWritesToOneself() {
        start();
        LoopbackClient ann = login("ann");
        login("ann");
        assertThat(ann.request("directMessage", "ann", text("Hi"))).isEqualTo(NOT_ALLOWED);
    }

    @Test
    void anUnknownRecipientIsNoUserAndAnOfflineOneIsNotOnline() {
        start();
        LoopbackClient ann = login("ann");
        chat().users().create("bob", DirectSettings.DEFAULT);
        assertThat(ann.request("directMessage", "nobody", text("Hi"))).isEqualTo(refused("No such user nobody"));
        assertThat(ann.request("directMessage", "bob", text("Hi"))).isEqualTo(refused("No such user online bob"));
    }

    @Test
    void permissionIsLookedAtBeforePresence() {
        start();
        chat().users().create("bob", new DirectSettings(Set.of(), Set.of("ann"), false));
        assertThat(login("ann").request("directMessage", "bob", text("Hi"))).isEqualTo(NOT_ALLOWED);
    }

    // System messages

    @Test
    void aSystemMessageReachesTheOtherConnectionsOfItsUser() {
        start();
        LoopbackClient ann = login("ann");
        LoopbackClient again = login("ann");
        LoopbackClient stranger = login("bob");
        takeNote(ann);
        for (Object any : Arrays.asList("data", 7, null, List.of(), Map.of("deep", new byte[] {1}))) {
            assertThat(ann.request("systemMessage", any)).isEqualTo(done(null));
            assertThat(again.nextEvent()).isEqualTo(event("systemMessage", any));
        }
        assertNothingMore(ann, again, stranger);
    }

    private Value note(String text) {
        return Value.of(Map.of("textMessage", text, "author", "ann", "timestamp", clock.millis()));
    }
}
