package dev.confab.tck;

import dev.confab.protocol.Value;
import dev.confab.spi.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/**
 * What every {@link Transport} that speaks the chat-service contract owes to the engine and to its clients. A
 * transport's own tests extend this class, once for each way in which its clients may come.
 */
public abstract class TransportContract {

    /** For subclasses. */
    protected TransportContract() {}

    /**
     * Makes a door that is not open yet, and whose connections are shared among two lanes or more.
     *
     * @return the door
     * @throws Exception where that fails
     */
    protected abstract Transport newTransport() throws Exception;

    /**
     * Connects a client to a door, and waits until the door has let it in.
     *
     * @param open the door that {@link #newTransport} made, open by now
     * @param query the parameters of the client's URL
     * @return the client
     * @throws Exception where the door lets nobody in, or anything else fails
     */
    protected abstract Client connect(Transport open, Map<String, String> query) throws Exception;

    /** A client as this contract needs it: the least that speaks the transport's wire. Used by one thread at a time. */
    public interface Client {

        /**
         * Sends a request that wants a reply, and goes on.
         *
         * @param name the request's name
         * @param args its arguments
         * @return the request's number, by which {@link Heard.Reply} names it
         * @throws Exception where that fails
         */
        long request(String name, List<Value> args) throws Exception;

        /**
         * Sends a request that wants no reply, and goes on.
         *
         * @param name the request's name
         * @param args its arguments
         * @throws Exception where that fails
         */
        void emit(String name, List<Value> args) throws Exception;

        /**
         * Waits for what is told next.
         *
         * @param patience how long to wait at most
         * @return the next event or reply in the order in which they were written; null where nothing came in time, or
         *     the connection has ended and all was taken
         * @throws Exception where that fails
         */
        @Nullable
        Heard next(Duration patience) throws Exception;

        /**
         * Says goodbye in the words of its protocol, behind all that was sent, and goes on.
         *
         * @throws Exception where that fails
         */
        void leave() throws Exception;

        /**
         * Breaks the link without a word, behind all that was sent, and goes on.
         *
         * @throws Exception where that fails
         */
        void drop() throws Exception;

        /**
         * Waits until it has noticed the end of its connection.
         *
         * @param patience how long to wait at most
         * @return whether such a client comes back by itself, from what it was told; null where there was no end in time
         * @throws Exception where that fails
         */
        @Nullable
        Boolean awaitEnd(Duration patience) throws Exception;

        /**
         * Gives back what the client holds, whether or not its connection has ended.
         *
         * @throws Exception where that fails
         */
        void close() throws Exception;
    }

    @Nested
    final class Requests extends TransportRequests {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    final class Replies extends TransportReplies {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    final class Ends extends TransportEnds {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    final class Crowds extends TransportCrowds {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }

    @Nested
    final class Schedules extends TransportSchedules {
        @Override
        TransportContract contract() {
            return TransportContract.this;
        }
    }
}
