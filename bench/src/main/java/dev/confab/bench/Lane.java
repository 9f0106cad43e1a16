package dev.confab.bench;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** A thread and the clients it serves. */
final class Lane {

    private final EventLoop loop;
    private final Meter meter = new Meter();
    private final List<Client> clients = new ArrayList<>();
    private final Map<Room, Recent> recent = new HashMap<>();

    Lane(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    Meter meter() {
        return meter;
    }

    /** Adds a client, before the run begins. */
    void add(Client client) {
        clients.add(client);
    }

    /** The latest messages of a room; on the lane's thread only. */
    Recent recent(Room room) {
        return recent.computeIfAbsent(room, _ -> new Recent());
    }

    /** On the lane's thread: from now on clients may miss nothing. */
    Future<?> start() {
        return loop.submit(() -> clients.forEach(Client::start));
    }

    /** On the lane's thread: what clients didn't get by now they never will. */
    Future<?> end() {
        return loop.submit(() -> clients.forEach(Client::end));
    }

    /** Lets go of all clients: what happens to them from here on counts for nothing. */
    void close() {
        loop.submit(() -> clients.forEach(Client::close)).awaitUninterruptibly();
    }
}
