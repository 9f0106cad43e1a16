package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.Confab;
import dev.confab.ConfabListener;
import dev.confab.Login;
import dev.confab.RoomSettings;
import dev.confab.chatservice.ErrorFormat;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import dev.confab.spi.Reception;
import dev.confab.tck.FaultyStore;
import dev.confab.tck.FaultyStore.Op;
import dev.confab.tck.Hold;
import dev.confab.tck.LoopbackClient;
import dev.confab.tck.LoopbackTransport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of failures: at the start, at the end, of a store, of a door, and of hooks. */
abstract class ErrorsBehaviour extends Behaviour {

    private final BlockingQueue<Object> journal = new LinkedBlockingQueue<>();

    // The start

    @Test
    void aStoreThatCannotBeOpenedStopsTheStart() {
        RuntimeException down = down();
        overheardStore().failAtOpen(down);
        assertThatThrownBy(this::start).isSameAs(down);
        assertThatThrownBy(() -> net.connect(Map.of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDoorThatCannotBeOpenedStopsTheStartAndWhatWasOpenedIsClosedAgain() {
        OverheardStore store = overheardStore();
        server.door(new WatchedDoor(door(ErrorFormat.TEXT)) {
            @Override
            public void open(Reception reception) throws IOException {
                throw new IOException("in use");
            }
        });
        server.listener(noteTheEnd());
        assertThatThrownBy(() -> server.start()).isInstanceOf(IOException.class).hasMessage("in use");
        assertThatThrownBy(() -> net.connect(Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(journal).containsExactly("java.io.IOException: in use");
        assertThat(store.isClosed()).isTrue();
    }

    @Test
    void aFailingStartHookStopsTheStart() {
        OverheardStore store = overheardStore();
        server.onStart(chat -> {
            throw new ChatException(ChatError.of("not today"));
        });
        server.listener(noteTheEnd());
        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not today");
        assertThatThrownBy(() -> net.connect(Map.of())).isInstanceOf(IllegalStateException.class);
        assertThat(journal).singleElement().asString().contains("not today");
        assertThat(store.isClosed()).isTrue();
    }

    // The end

    @Test
    void theFailureOfADoorThatClosesIsSeenByTheCloseHookAndThrownInTheEnd() {
        server.door(new WatchedDoor(door(ErrorFormat.TEXT)) {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        });
        server.onClose(closing -> journal.add(String.valueOf(closing.cause())));
        server.listener(noteTheEnd());
        start();
        LoopbackClient ann = login("ann");
        assertThatThrownBy(() -> chat().close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("stuck");
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.SERVER_SHUTDOWN);
        assertThat(journal)
                .containsExactly("java.lang.IllegalStateException: stuck", "java.lang.IllegalStateException: stuck");
    }

    @Test
    void theFailureOfACloseHookIsThrownInTheEndAndTheStoreIsClosedAllTheSame() {
        OverheardStore store = overheardStore();
        server.onClose(closing -> {
            throw new ChatException(ChatError.of("not yet"));
        });
        start();
        assertThatThrownBy(() -> chat().close()).hasMessageContaining("not yet");
        assertThat(store.isClosed()).isTrue();
    }

    @Test
    void aFailingListenerHarmsNobody() {
        server.listener(new ConfabListener() {
            @Override
            public void ready(Confab chat) {
                throw new IllegalStateException("listener");
            }

            @Override
            public void closed(@Nullable Throwable cause) {
                throw new IllegalStateException("listener");
            }
        });
        server.listener(noteTheEnd());
        start();
        chat().close();
        assertThat(journal).containsExactly("null");
    }

    // The login

    @Test
    void aLoginThatTheStoreFailsIsRefusedAndLeavesNothing() {
        LoopbackTransport objects = door(ErrorFormat.OBJECT);
        server.door(objects);
        FaultyStore store = faultyStore();
        start();
        store.before(Op.CONNECT).failOnce(down());
        LoopbackClient ann = objects.connect(Map.of("user", "ann"));
        assertThat(ann.nextEvent()).isEqualTo(event("loginRejected", internalError()));
        assertThat(ann.awaitClosed()).isEqualTo(CloseReason.LOGIN_REJECTED);
        assertThat(chat().connections().users()).isEmpty();
        LoopbackClient again = login("ann");
        assertThat(again.request("listOwnSockets")).isEqualTo(done(Map.of(again.id(), List.of())));
        again.assertNothingMore();
    }

    @Test
    void aConnectionThatEndsWhileItsLoginIsDecidedIsNeverRegistered() {
        var gate = new Gate();
        server.login(hello -> {
            if (hello.query("slow").isPresent()) {
                gate.pass();
            }
            return Login.as(hello.query("user"));
        });
        FaultyStore store = faultyStore();
        start();
        LoopbackClient other = login("ann");
        LoopbackClient ann = net.connect(Map.of("user", "ann", "slow", "yes"));
        gate.awaitArrival();
        ann.drop();
        ann.awaitClosed();
        gate.open();
        chat().close();
        assertThat(store.calls(Op.CONNECT)).isEqualTo(1);
        assertThat(other.events()).hasSize(1);
    }

    @Test
    void aConnectionThatEndsWhileTheStoreRegistersItIsUnregistered() throws InterruptedException {
        FaultyStore store = faultyStore();
        start();
        LoopbackClient other = login("ann");
        LoopbackClient ann;
        try (Hold hold = store.after(Op.CONNECT).hold()) {
            ann = net.connect(Map.of("user", "ann"));
            hold.awaitHeld();
            ann.drop();
            ann.awaitClosed();
        }
        assertThat(other.expect("socketDisconnectEcho")).isEqualTo(event("socketDisconnectEcho", ann.id(), 1));
        assertThat(other.request("listOwnSockets")).isEqualTo(done(Map.of(other.id(), List.of())));
        assertThat(chat().connections().users()).isEqualTo(Map.of(other.id(), "ann"));
    }

    // Commands

    @Test
    void aStoreThatFailsACommandIsAnInternalErrorAndTheConnectionLives() {
        LoopbackTransport objects = door(ErrorFormat.OBJECT);
        server.door(objects);
        FaultyStore store = faultyStore();
        startWithRoom();
        LoopbackClient ann = objects.login("ann");
        ann.result("roomJoin", ROOM);
        store.before(Op.APPEND).failOnce(down());
        assertThat(ann.refusal("roomMessage", ROOM, text("Hi"))).isEqualTo(internalError());
        assertThat(ann.request("roomMessage", ROOM, text("Hi"))).isEqualTo(done(1));
    }

    @Test
    void aJoinThatTheStoreFailsMakesNoMember() {
        FaultyStore store = faultyStore();
        startWithRoom(RoomSettings.builder().enableUserlistUpdates(true));
        LoopbackClient bob = member("bob");
        LoopbackClient ann = login("ann");
        store.before(Op.JOIN).failOnce(down());
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(refused("Internal server error"));
        assertThat(bob.request("roomGetAccessList", ROOM, "userlist")).isEqualTo(done(List.of("bob")));
        bob.result("roomMessage", ROOM, text("Hi"));
        ann.assertNothingMore();
        assertThat(ann.request("roomJoin", ROOM)).isEqualTo(done(1));
    }

    @Test
    void anErrorOfTheEmbeddersOwnKindIsAReplyLikeAnyOther() {
        server.before(RoomMessage.class, call -> {
            throw new TooFast(7);
        });
        LoopbackTransport objects = door(ErrorFormat.OBJECT);
        server.door(objects);
        startWithRoom();
        assertThat(member("ann").request("roomMessage", ROOM, text("Hi"))).isEqualTo(refused("tooFast"));
        LoopbackClient bob = objects.login("bob");
        assertThat(bob.refusal("roomMessage", ROOM, text("Hi")))
                .isEqualTo(Value.of(Map.of("name", "ChatServiceError", "code", "tooFast", "args", List.of(7))));
    }

    private OverheardStore overheardStore() {
        var store = new OverheardStore(suite().newStore(clock));
        server.store(store);
        return store;
    }

    private ConfabListener noteTheEnd() {
        return new ConfabListener() {
            @Override
            public void closed(@Nullable Throwable cause) {
                journal.add(String.valueOf(cause));
            }
        };
    }

    private static Value internalError() {
        return Value.of(
                Map.of("name", "ChatServiceError", "code", "internalError", "args", List.of("Internal server error")));
    }

    private static final class TooFast extends ChatException {
        private static final long serialVersionUID = 1L;

        TooFast(int seconds) {
            super(ChatError.of("tooFast", Value.of(seconds)));
        }
    }
}
