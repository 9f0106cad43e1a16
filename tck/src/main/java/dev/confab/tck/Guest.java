package dev.confab.tck;

import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import dev.confab.spi.Connection;
import dev.confab.spi.Frame;
import dev.confab.spi.Inbox;
import dev.confab.spi.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection as the engine sees it, with all that its transport brought, in order. */
final class Guest implements Inbox {

    /** Something that a transport brought: a request, or the end. */
    sealed interface Brought {}

    record Asked(Request request) implements Brought {}

    record Ended(CloseReason reason) implements Brought {}

    private final Connection connection;
    private final Duration patience;
    private final BlockingQueue<Brought> brought = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean overlapped;

    Guest(Connection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void submit(Request request) {
        bring(new Asked(request));
    }

    @Override
    public void closed(CloseReason reason) {
        bring(new Ended(reason));
    }

    /** Whether two calls ever came at the same time. */
    boolean overlapped() {
        return overlapped;
    }

    /** How many requests and ends were brought, whether or not anybody took note. */
    int brought() {
        return count.get();
    }

    /** What is brought next. */
    Brought next() {
        try {
            Brought next = brought.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("nothing more was brought within " + patience);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Request nextRequest() {
        return switch (next()) {
            case Asked(Request request) -> request;
            case Ended(CloseReason reason) -> throw new AssertionError("no request came, but the end: " + reason);
        };
    }

    /** The next request, which must be one that is no command. */
    Request.Custom nextCustom() {
        if (nextRequest() instanceof Request.Custom custom) {
            return custom;
        }
        throw new AssertionError("a request under a name that is no command was understood as one");
    }

    List<String> nextNames(int names) {
        var list = new ArrayList<String>();
        for (int i = 0; i < names; i++) {
            list.add(nextCustom().name());
        }
        return list;
    }

    CloseReason awaitEnd() {
        return switch (next()) {
            case Ended(CloseReason reason) -> reason;
            case Asked(Request request) -> throw new AssertionError("the end should have come, not " + request);
        };
    }

    /** Answers the next request with a result. */
    void answer(Object result) {
        nextCustom().reply().accept(Outcome.success(Value.of(result)));
    }

    void tell(String event, Object... args) {
        connection.send(encode(event, args));
    }

    Frame encode(String event, Object... args) {
        return connection.dialect().encode(new Event.Custom(event, Plain.values(args)));
    }

    private void bring(Brought what) {
        if (!busy.compareAndSet(false, true)) {
            overlapped = true;
        }
        count.incrementAndGet();
        brought.add(what);
        busy.set(false);
    }
}
