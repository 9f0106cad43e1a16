package dev.confab.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A client's voice. Sends on the client's lane; members on any lane say what they got.
 *
 * <p>A message is outstanding until the server has acknowledged it and every member of the room has it. Each
 * outstanding message has a slot; the messages of a publisher take them in turn.
 */
final class Publisher {

    /** Stands for an id that isn't known yet. */
    private static final long NO_ID = 0;

    private final int index;
    private final int run;
    private final Client client;
    private final int size;
    private final Schedule schedule;
    private final int slots;
    private final AtomicIntegerArray left;
    private final AtomicLongArray ids;
    private final long[] due;

    private volatile @Nullable Timeline timeline;
    private long sent;

    /** How many were sent in turns before this one. */
    private long before;

    private boolean waits;
    private volatile boolean ended;

    /**
     * When the messages of one publisher are due.
     *
     * @param slots how many may be outstanding
     * @param first nanoseconds from the start of the run to the first one
     * @param interval nanoseconds from one to the next; 0 where they are due as soon as there is a free slot
     */
    record Schedule(int slots, double first, double interval) {

        boolean isFixed() {
            return interval > 0;
        }
    }

    Publisher(int index, int run, Client client, int size, Schedule schedule) {
        this.index = index;
        this.run = run;
        this.client = client;
        this.size = size;
        this.schedule = schedule;
        slots = schedule.slots();
        left = new AtomicIntegerArray(slots);
        ids = new AtomicLongArray(slots);
        due = new long[slots];
    }

    /** Begins to publish; for the first time, or again when everybody has what was published before. */
    void start(Timeline times) {
        ended = false;
        client.lane().loop().execute(() -> {
            timeline = times;
            before = sent;
            pump();
        });
    }

    /** Whether everything that was due in this turn was sent. */
    boolean hasEnded() {
        return ended;
    }

    /** What was due in this turn but isn't sent. */
    long unsent() {
        Timeline times = timeline;
        return !schedule.isFixed() || times == null ? 0 : Math.max(0, dueBefore(times) - (sent - before));
    }

    private long dueBefore(Timeline times) {
        return (long) Math.ceil((times.stop() - times.start() - schedule.first()) / schedule.interval());
    }

    private void pump() {
        Timeline times = timeline;
        if (times == null || ended) {
            return;
        }
        long known = sent;
        if (schedule.isFixed()) {
            pumpWhatIsDue(times);
        } else {
            pumpWhatIsFree(times);
        }
        if (sent > known) {
            client.flush();
        }
    }

    private void pumpWhatIsFree(Timeline times) {
        while (isFree()) {
            long now = System.nanoTime();
            if (now - times.stop() >= 0) {
                ended = true;
                return;
            }
            publish(now, times);
        }
    }

    private void pumpWhatIsDue(Timeline times) {
        while (isFree()) {
            long next = times.start() + (long) (schedule.first() + (sent - before) * schedule.interval());
            if (next - times.stop() >= 0) {
                ended = true;
                return;
            }
            long now = System.nanoTime();
            if (now - next < 0) {
                wakeIn(next - now);
                return;
            }
            if (times.measures(next)) {
                client.lane().meter().sentAfter(now - next);
            }
            publish(next, times);
        }
    }

    private void wakeIn(long nanos) {
        if (!waits) {
            waits = true;
            client.lane()
                    .loop()
                    .schedule(
                            () -> {
                                waits = false;
                                pump();
                            },
                            nanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    private boolean isFree() {
        return left.get(slot(sent)) == 0;
    }

    private void publish(long time, Timeline times) {
        int slot = slot(sent);
        int awaited = client.room().members() + 1;
        left.set(slot, awaited);
        ids.set(slot, NO_ID);
        due[slot] = time;
        client.publish(slot, new Mark(run, index, sent, time).text(size));
        sent++;
        client.lane().meter().owed.add(awaited);
        if (times.measures(time)) {
            client.lane().meter().messages.increment();
        }
    }

    private int slot(long number) {
        return (int) (number % slots);
    }

    /** On the client's lane: the server acknowledged the message of a slot. */
    void acknowledged(int slot, long id, Faults faults) {
        if (slot >= slots || left.get(slot) == 0) {
            return;
        }
        Meter meter = client.lane().meter();
        Timeline times = timeline;
        if (times != null && times.measures(due[slot])) {
            meter.acknowledged(System.nanoTime() - due[slot]);
        }
        checkId(slot, id, "its acknowledgement", faults);
        meter.owed.decrement();
        done(slot);
    }

    /** On any lane: a member got a message. */
    void delivered(Mark mark, long id, Client member, Faults faults) {
        measure(mark.due(), member.lane().meter());
        int slot = slot(mark.number());
        if (left.get(slot) > 0) {
            checkId(slot, id, member.who(), faults);
            done(slot);
        }
    }

    private void measure(long due, Meter meter) {
        Timeline times = timeline;
        long now = System.nanoTime();
        if (times != null && times.measures(due)) {
            meter.delivered(now - due);
        }
        if (times != null && times.measures(now)) {
            meter.deliveries.increment();
        }
    }

    private void checkId(int slot, long id, String whose, Faults faults) {
        long known = ids.get(slot);
        if (known == NO_ID) {
            known = ids.compareAndExchange(slot, NO_ID, id);
        }
        if (known != NO_ID && known != id) {
            faults.add(
                    Fault.MIX_UP,
                    "a message of " + client.who() + " has id " + known + ", but id " + id + " for " + whose);
        }
    }

    private void done(int slot) {
        if (left.decrementAndGet(slot) == 0) {
            if (client.lane().loop().inEventLoop()) {
                pump();
            } else {
                client.lane().loop().execute(this::pump);
            }
        }
    }
}
