package dev.confab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.spi.Announcements;
import dev.confab.spi.Departure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stands where a node's engine would, and keeps what a store announces for a test to take. */
final class Ear implements Announcements {

    private final Duration patience;
    private final BlockingQueue<Announced> heard = new LinkedBlockingQueue<>();
    private final Set<String> speaking = ConcurrentHashMap.newKeySet();
    private volatile boolean overlapped;

    Ear(Duration patience) {
        this.patience = patience;
    }

    /** Waits for the next announcement, and takes it. */
    Announced next() {
        try {
            Announced next = heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            assertThat(next).as("announced within %s", patience).isNotNull();
            return Objects.requireNonNull(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Announced.Posted nextPosted() {
        Announced next = next();
        assertThat(next).isInstanceOf(Announced.Posted.class);
        return (Announced.Posted) next;
    }

    Announced.Departed nextDeparted() {
        Announced next = next();
        assertThat(next).isInstanceOf(Announced.Departed.class);
        return (Announced.Departed) next;
    }

    /** Takes all that was announced. */
    List<Announced> takeAll() {
        var all = new ArrayList<Announced>();
        heard.drainTo(all);
        return all;
    }

    /** What was announced and not taken yet. */
    List<Announced> untaken() {
        return List.copyOf(heard);
    }

    /** Whether two announcements of one room were ever made at the same time. */
    boolean overlapped() {
        return overlapped;
    }

    @Override
    public void posted(String room, Position position, Message message) {
        hearAbout(room, new Announced.Posted(room, position, message));
    }

    @Override
    public void notified(String room, Event event) {
        hearAbout(room, new Announced.Notified(room, event));
    }

    @Override
    public void departed(String room, List<Departure> departures) {
        hearAbout(room, new Announced.Departed(room, departures));
    }

    @Override
    public void told(String user, Event event, @Nullable String except) {
        heard.add(new Announced.Told(user, event, except));
    }

    @Override
    public void dismissed(String user) {
        heard.add(new Announced.Dismissed(user));
    }

    private void hearAbout(String room, Announced announced) {
        if (!speaking.add(room)) {
            overlapped = true;
        }
        heard.add(announced);
        speaking.remove(room);
    }
}
