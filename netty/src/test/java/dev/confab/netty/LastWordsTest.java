package dev.confab.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Value;
import dev.confab.spi.Connection;
import dev.confab.spi.Inbox;
import dev.confab.spi.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A polling client that is between two polls when its session ends is told the rest with its next poll. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LastWordsTest {

    private static final String BASE = "/socket.io/?transport=polling&EIO=4";

    private final CompletableFuture<Connection> entered = new CompletableFuture<>();
    private final CompletableFuture<CloseReason> ended = new CompletableFuture<>();
    private final SocketIoDoor door =
            SocketIoDoor.builder().port(0).eventLoops(2).outboxBytes(65_536).build();
    private RawSocket socket;
    private String session;

    @BeforeEach
    void enter() throws Exception {
        door.open(connection -> {
            entered.complete(connection);
            return new Guest();
        });
        socket = new RawSocket(door.addresses().getFirst());
        var sid =
                Pattern.compile("\"sid\":\"([^\"]+)\"").matcher(socket.get(BASE).text());
        assertThat(sid.find()).isTrue();
        session = BASE + "&sid=" + sid.group(1);
        socket.post(session, "40/chat-service,");
        assertThat(socket.get(session).text()).startsWith("40/chat-service,");
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        door.stopAccepting();
        door.close();
    }

    private Connection connection() throws Exception {
        return entered.get(10, TimeUnit.SECONDS);
    }

    private void tell(Object news) throws Exception {
        Connection connection = connection();
        connection.send(connection.dialect().encode(new Event.Custom("news", List.of(Value.of(news)))));
    }

    private void awaitEnd(CloseReason reason) throws Exception {
        assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo(reason);
    }

    @Test
    void theNextPollOfAClosedSessionBringsTheRestAndTheClose() throws Exception {
        tell(1);
        tell(2);
        connection().close(CloseReason.TOO_SLOW);
        awaitEnd(CloseReason.TOO_SLOW);
        assertThat(socket.get(session).text())
                .isEqualTo("42/chat-service,[\"news\",1]\u001e42/chat-service,[\"news\",2]\u001e1");
        assertThat(socket.get(session).text()).contains("Session ID unknown");
    }

    @Test
    void whatIsPostedMeanwhileCostsNoLastWords() throws Exception {
        tell(1);
        connection().close(CloseReason.TOO_SLOW);
        awaitEnd(CloseReason.TOO_SLOW);
        assertThat(socket.post(session, "42/chat-service,[\"late\"]").text()).isEqualTo("ok");
        assertThat(socket.get(session).text()).isEqualTo("42/chat-service,[\"news\",1]\u001e1");
        assertThat(socket.post(session, "42/chat-service,[\"late\"]").status()).isEqualTo(400);
    }

    @Test
    void aDoorThatClosesWaitsForThePollOfAClientThatHasSomethingToHear() throws Exception {
        tell(1);
        door.stopAccepting();
        Thread closing = Thread.ofVirtual().start(door::close);
        awaitEnd(CloseReason.SERVER_SHUTDOWN);
        assertThat(socket.get(session).text()).isEqualTo("42/chat-service,[\"news\",1]\u001e1");
        closing.join();
    }

    @Test
    void aDoorThatClosesDoesNotWaitForeverForAClientThatIsGone() throws Exception {
        tell(1);
        socket.close();
        door.stopAccepting();
        door.close();
        awaitEnd(CloseReason.SERVER_SHUTDOWN);
    }

    @Test
    void aClientThatLetMoreWaitThanItMayHearsOfTheCloseOnly() throws Exception {
        for (int i = 0; i < 8; i++) {
            tell("x".repeat(30_000));
        }
        awaitEnd(CloseReason.TOO_SLOW);
        assertThat(socket.get(session).text()).isEqualTo("6\u001e1");
    }

    @Test
    void noSessionBeginsOnANetworkConnectionThatWasThereBeforeTheDoorWasShut() throws Exception {
        door.stopAccepting();
        assertThat(socket.get(BASE).status()).isEqualTo(503);
    }

    private final class Guest implements Inbox {
        @Override
        public void submit(Request request) {
            // nothing is answered here
        }

        @Override
        public void closed(CloseReason reason) {
            ended.complete(reason);
        }
    }
}
