package dev.confab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Clients besides those that are measured: members in every other turn, and ones that read nothing then. */
final class Crowd {

    private final List<Staller> stallers = new ArrayList<>();

    /** A crowd that isn't connected yet. */
    Crowd(Plan plan, List<Room> rooms, Dialer dialer, Faults faults) {
        for (int i = 0; i < plan.stalled(); i++) {
            stallers.add(new Staller(
                    i, plan, rooms.get(i % rooms.size()), dialer.loops().next(), faults));
        }
    }

    int size() {
        return stallers.size();
    }

    /** Connects some of those that aren't yet. */
    List<CompletableFuture<Void>> connect(int from, int count, Dialer dialer) {
        return stallers.stream()
                .skip(from)
                .limit(count)
                .map(staller -> staller.connect(dialer))
                .toList();
    }

    /** Lets all of them join, and stop reading. */
    List<? extends CompletableFuture<?>> stall() {
        return stallers.stream().map(Staller::stall).toList();
    }

    /** Lets all of them read what there is, and leave. */
    List<? extends CompletableFuture<?>> leave() {
        return stallers.stream().map(Staller::leave).toList();
    }

    void close() {
        stallers.forEach(staller -> staller.loop().submit(staller::close).awaitUninterruptibly());
    }
}
