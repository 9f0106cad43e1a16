package dev.confab.tck;

import dev.confab.spi.Connection;
import dev.confab.spi.Inbox;
import dev.confab.spi.Reception;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Stands where the engine would: receives connections, and keeps what they bring for a test to see. */
final class FakeHost implements Reception {

    /** The query parameter by which a test knows its clients. */
    static final String NAME = "guest";

    private final Duration patience;
    private final Map<String, CompletableFuture<Guest>> guests = new ConcurrentHashMap<>();

    FakeHost(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Inbox welcome(Connection connection) {
        var guest = new Guest(connection, patience);
        named(connection.handshake().query(NAME).orElse("")).complete(guest);
        return guest;
    }

    /** Waits for the guest of a name. */
    Guest guest(String name) {
        try {
            return named(name).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("no connection of " + name + " came in", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Collection<Guest> guests() {
        return guests.values().stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .toList();
    }

    private CompletableFuture<Guest> named(String name) {
        return guests.computeIfAbsent(name, _ -> new CompletableFuture<>());
    }
}
