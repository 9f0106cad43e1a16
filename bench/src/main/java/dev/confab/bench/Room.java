package dev.confab.bench;

import java.util.concurrent.atomic.AtomicLong;

/** A room that clients of the run are in. */
final class Room {

    private final String name;
    private final int members;
    private final AtomicLong head = new AtomicLong();

    Room(String name, int members) {
        this.name = name;
        this.members = members;
    }

    String name() {
        return name;
    }

    /** How many clients of the run are in it. */
    int members() {
        return members;
    }

    /** Says that the room has an id. */
    void has(long id) {
        if (id > head.get()) {
            head.accumulateAndGet(id, Math::max);
        }
    }

    /** The highest id that anybody was told. */
    long head() {
        return head.get();
    }
}
