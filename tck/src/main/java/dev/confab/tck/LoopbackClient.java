package dev.confab.tck;

import dev.confab.Handshake;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Value;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client inside this process: speaks the chat-service contract in values, and remembers all that it was told, in
 * order. Made by a {@link LoopbackTransport}.
 *
 * <p>Methods that wait do so as long as the transport's {@linkplain LoopbackTransport.Builder#patience patience}, and
 * then throw an {@link AssertionError} that shows what was heard instead. Arguments are plain Java data, as
 * {@link Value#of(Object)} takes them. All methods may be called on any thread but a transport's.
 *
 * {@snippet :
 * LoopbackClient ann = net.login("ann");
 * ann.result("roomJoin", "default");
 * ann.result("roomMessage", "default", Map.of("textMessage", "Hi"));
 * Value message = ann.expect("roomMessage").arg(1);
 * }
 */
public final class LoopbackClient implements AutoCloseable {

    /** A name that is no command, so that the server answers it in its turn and does nothing else. */
    private static final String NOTHING = "loopback:settle";

    private final Map<Long, CompletableFuture<List<Value>>> pending = new ConcurrentHashMap<>();
    private final Transcript transcript = new Transcript(this::failPending);
    private final AtomicLong requests = new AtomicLong();
    private final LoopbackConnection connection;
    private final Duration patience;

    LoopbackClient(Function<Transcript, LoopbackConnection> link, Duration patience) {
        this.connection = link.apply(transcript);
        this.patience = patience;
    }

    /**
     * The connection's public id.
     *
     * @return the id
     */
    public String id() {
        return connection.id();
    }

    /**
     * What this client told of itself.
     *
     * @return the handshake
     */
    public Handshake handshake() {
        return connection.handshake();
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @param name the request's name
     * @param args its arguments
     * @return {@code [error, result, …]}
     * @throws AssertionError where the connection ended, or no reply came in time
     */
    public List<Value> request(String name, @Nullable Object... args) {
        return await("a reply to " + name, send(name, args));
    }

    /**
     * Sends a request, which must succeed.
     *
     * @param name the request's name
     * @param args its arguments
     * @return its result; {@link Value#NULL} where it has none to tell
     * @throws AssertionError where the reply is an error, the connection ended, or no reply came in time
     */
    public Value result(String name, @Nullable Object... args) {
        List<Value> reply = request(name, args);
        if (!reply.getFirst().equals(Value.NULL)) {
            throw new AssertionError(name + Plain.values(args) + " failed: " + reply.getFirst());
        }
        return reply.size() > 1 ? reply.get(1) : Value.NULL;
    }

    /**
     * Sends a request, which must fail.
     *
     * @param name the request's name
     * @param args its arguments
     * @return the error, in the transport's {@linkplain LoopbackTransport.Builder#errors format}
     * @throws AssertionError where the request succeeds, the connection ended, or no reply came in time
     */
    public Value refusal(String name, @Nullable Object... args) {
        List<Value> reply = request(name, args);
        if (reply.getFirst().equals(Value.NULL)) {
            throw new AssertionError(name + Plain.values(args) + " should have failed, but was answered " + reply);
        }
        return reply.getFirst();
    }

    /**
     * Sends a request, and goes on.
     *
     * @param name the request's name
     * @param args its arguments
     * @return completed with {@code [error, result, …]}; exceptionally where the connection ends before
     */
    public CompletableFuture<List<Value>> send(String name, @Nullable Object... args) {
        long number = requests.incrementAndGet();
        CompletableFuture<List<Value>> reply = expectReply(number);
        connection.bring(name, Plain.values(args), values -> {
            transcript.add(new Heard.Reply(number, values));
            pending.remove(number);
            reply.complete(values);
        });
        return reply;
    }

    /**
     * Sends a request that wants no reply.
     *
     * @param name the request's name
     * @param args its arguments
     */
    public void emit(String name, @Nullable Object... args) {
        connection.bring(name, Plain.values(args));
    }

    /**
     * Takes the next event of a name, waiting for it if need be. Events of other names stay to be taken.
     *
     * @param name the event's name
     * @return the event
     * @throws AssertionError where none came in time, or the connection ended before
     */
    public Heard.Event expect(String name) {
        return taken("the event " + name, transcript.take(event -> event.name().equals(name), patience));
    }

    /**
     * Takes the next event of any name, waiting for it if need be.
     *
     * @return the event
     * @throws AssertionError where none came in time, or the connection ended before
     */
    public Heard.Event nextEvent() {
        return taken("an event", transcript.take(_ -> true, patience));
    }

    /**
     * Takes all events that were told so far and not taken yet, after {@link #settle}.
     *
     * @return the events, in order
     * @throws AssertionError where settling takes too long
     */
    public List<Heard.Event> takeAll() {
        settle();
        return transcript.takeAll();
    }

    /**
     * Waits until the server has answered all that this client sent before. What the server told it before that has
     * arrived then. Returns at once where the connection has ended.
     *
     * @throws AssertionError where that takes too long
     */
    public void settle() {
        long number = requests.incrementAndGet();
        CompletableFuture<List<Value>> answered = expectReply(number);
        connection.bring(NOTHING, List.of(), answered::complete);
        try {
            answered.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException ended) {
            // Nothing more can arrive.
        } catch (TimeoutException e) {
            throw unheard("an answer to all that was sent");
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            pending.remove(number);
        }
    }

    /**
     * Says that all events have been taken by {@link #expect} and {@link #nextEvent}, after {@link #settle}.
     *
     * @throws AssertionError where there are more
     */
    public void assertNothingMore() {
        settle();
        List<Heard.Event> more = transcript.waiting();
        if (!more.isEmpty()) {
            throw new AssertionError("nothing more should have been told, but there was " + more);
        }
    }

    /**
     * All that was told so far, events and replies, in the order in which it was written.
     *
     * @return a copy
     */
    public List<Heard> heard() {
        return transcript.heard();
    }

    /** What was told at a place of {@link #heard}, from 0; null where nothing comes there in time. */
    @Nullable
    Heard heard(int place, Duration longest) {
        return transcript.at(place, longest);
    }

    /**
     * All events told so far, taken or not.
     *
     * @return a copy, in order
     */
    public List<Heard.Event> events() {
        return heard().stream()
                .filter(Heard.Event.class::isInstance)
                .map(Heard.Event.class::cast)
                .toList();
    }

    /**
     * All events of a name told so far, taken or not.
     *
     * @param name the name
     * @return a copy, in order
     */
    public List<Heard.Event> events(String name) {
        return events().stream().filter(event -> event.name().equals(name)).toList();
    }

    /**
     * Reads no more of what it is told, until {@link #readAgain}: that waits in the connection's
     * {@linkplain LoopbackTransport.Builder#outbox outbox}.
     */
    public void stopReading() {
        connection.stall();
    }

    /**
     * Reads some of what waits, and then no more again.
     *
     * @param count how many events and replies
     */
    public void read(int count) {
        connection.take(count);
    }

    /** Reads what waits, and from then on all that it is told. */
    public void readAgain() {
        connection.resume();
    }

    /** Says goodbye, behind all that was sent before, and goes on. */
    public void disconnect() {
        connection.leave(CloseReason.CLIENT_LEFT);
    }

    /** Breaks the link without a word, behind all that was sent before, and goes on. */
    public void drop() {
        connection.leave(CloseReason.CONNECTION_LOST);
    }

    /**
     * Waits until the connection has ended.
     *
     * @return why it did
     * @throws AssertionError where it doesn't in time
     */
    public CloseReason awaitClosed() {
        CloseReason reason = transcript.awaitEnd(patience);
        if (reason == null) {
            throw unheard("the end of the connection");
        }
        return reason;
    }

    /**
     * How much of what was sent the server has not read yet, because more than enough waits to be done.
     *
     * @return the number of requests, and of goodbyes
     * @throws AssertionError where the transport doesn't answer in time
     */
    public int unread() {
        return await("how much is unread", connection.unread());
    }

    /**
     * Why the connection has ended.
     *
     * @return the reason, or nothing while it lives
     */
    public Optional<CloseReason> closedReason() {
        return Optional.ofNullable(transcript.ended());
    }

    /** Says goodbye, and waits until the connection has ended. Does nothing where it has. */
    @Override
    public void close() {
        disconnect();
        awaitClosed();
    }

    private CompletableFuture<List<Value>> expectReply(long number) {
        var reply = new CompletableFuture<List<Value>>();
        pending.put(number, reply);
        CloseReason ended = transcript.ended();
        if (ended != null) {
            failPending(ended);
        }
        return reply;
    }

    private void failPending(CloseReason reason) {
        pending.values()
                .forEach(reply ->
                        reply.completeExceptionally(new IllegalStateException("the connection has ended: " + reason)));
    }

    private <T> T await(String what, CompletableFuture<T> future) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unheard(what);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Heard.Event taken(String what, Heard.@Nullable Event event) {
        if (event == null) {
            throw unheard(what);
        }
        return event;
    }

    private AssertionError unheard(String what) {
        CloseReason ended = transcript.ended();
        return new AssertionError("did not hear " + what + " within " + patience + ", but " + transcript.heard()
                + (ended == null ? "" : "; the connection has ended: " + ended));
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting to be told something", e);
    }
}
