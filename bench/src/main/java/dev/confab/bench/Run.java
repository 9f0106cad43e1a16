package dev.confab.bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One run: connects, lets the publishers talk, and waits until everything has arrived. */
final class Run implements Client.Watch, AutoCloseable {

    private static final int LOGINS_AT_ONCE = 64;
    private static final int SLOTS_OF_ALL = 65_536;
    private static final int FEWEST_SLOTS = 64;
    private static final int MOMENTS = 50;
    private static final long SHORTEST_MOMENT = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long TICK_MILLIS = 100;
    /** Time for all publishers to learn when to begin. */
    private static final long RUN_UP = TimeUnit.MILLISECONDS.toNanos(50);

    private final Plan plan;
    private final Progress progress;
    private final Clock clock;
    private final Faults faults = new Faults();
    private final Dialer dialer;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final Crowd crowd;
    private final @Nullable Publisher[] publishers;
    private final Measurement measurement;

    private final Semaphore logins = new Semaphore(LOGINS_AT_ONCE);
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** So many nanoseconds of earlier turns were measured. */
    private long measured;

    private long unsent;

    Run(Plan plan, Progress progress, Clock clock) {
        this.plan = plan;
        this.progress = progress;
        this.clock = clock;
        dialer = new Dialer(plan.address(), plan.from(), plan.patience(), plan.loops());
        publishers = new @Nullable Publisher[plan.allPublishers()];
        for (int i = 0; i < plan.loops(); i++) {
            lanes.add(new Lane(dialer.loops().next()));
        }
        measurement = new Measurement(lanes);
        prepareRooms();
        crowd = new Crowd(plan, rooms, dialer, faults);
        prepareClients(ThreadLocalRandom.current().nextInt());
    }

    private void prepareRooms() {
        int count = plan.rooms().size();
        for (int i = 0; i < count; i++) {
            int members = plan.clients() / count + (i < plan.clients() % count ? 1 : 0);
            rooms.add(new Room(plan.rooms().get(i), members));
        }
    }

    private void prepareClients(int run) {
        for (int i = 0; i < plan.clients(); i++) {
            Room room = rooms.get(i % rooms.size());
            Lane lane = lanes.get(i / rooms.size() % lanes.size());
            var client = new Client(i, plan, run, room, lane, publishers, faults, this);
            lane.add(client);
            clients.add(client);
            if (i < publishers.length) {
                Publisher.Schedule schedule = schedule(i);
                publishers[i] = new Publisher(i, run, client, plan.size(), schedule);
                client.publishes(publishers[i], schedule.slots());
            }
        }
    }

    private Publisher.Schedule schedule(int index) {
        return switch (plan.pace()) {
            case Pace.Outstanding(int messages) -> new Publisher.Schedule(messages, 0, 0);
            case Pace.Rate(double perSecond) -> {
                double apart = TimeUnit.SECONDS.toNanos(1) / perSecond;
                yield new Publisher.Schedule(
                        Math.max(FEWEST_SLOTS, SLOTS_OF_ALL / publishers.length),
                        index * apart,
                        publishers.length * apart);
            }
        };
    }

    /**
     * Does what the plan says.
     *
     * @throws BenchException where it can't
     */
    Outcome run() throws InterruptedException {
        Instant began = clock.instant();
        long start = System.nanoTime();
        connect();
        long connected = System.nanoTime();
        for (int i = 0; i < crowd.size(); i += LOGINS_AT_ONCE) {
            progress.say("connecting", i + "/" + crowd.size() + " more");
            await(crowd.connect(i, LOGINS_AT_ONCE, dialer));
        }
        learnHeads();
        await(lanes.stream().map(Lane::start).toList());
        for (int turn = 0; turn < plan.turns() && faults.total() == 0; turn++) {
            take(turn);
        }
        if (over.getCount() > 0) {
            await(lanes.stream().map(Lane::end).toList());
        }
        progress.clear();
        return outcome(began, Measurement.seconds(connected - start));
    }

    /** One turn: in every other one, others stall. */
    private void take(int turn) throws InterruptedException {
        boolean isBeside = turn % 2 == 1;
        if (isBeside) {
            progress.say("joining", crowd.size() + " that read nothing");
            await(crowd.stall());
        }
        Timeline times = timeline();
        for (Publisher publisher : publishers) {
            if (publisher != null) {
                publisher.start(times);
            }
        }
        publish(times);
        measurement.endTurn();
        measured += Math.max(0, Math.min(System.nanoTime(), times.stop()) - times.measureFrom());
        for (Publisher publisher : publishers) {
            unsent += publisher == null ? 0 : publisher.unsent();
        }
        if (isBeside && over.getCount() > 0) {
            progress.say("leaving", crowd.size() + " that read again");
            await(crowd.leave());
        }
    }

    private Timeline timeline() {
        long start = System.nanoTime() + RUN_UP;
        long measureFrom = start + plan.warmup().toNanos();
        return new Timeline(start, measureFrom, measureFrom + plan.length().toNanos());
    }

    private void connect() throws InterruptedException {
        for (int i = 0; i < clients.size(); i++) {
            var wait = new Patience();
            while (!logins.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
                awaitLogins(wait);
            }
            checkLogins();
            Client client = clients.get(i);
            dialer.dial(i, client, cause -> refused(Reasons.of(cause)));
        }
        var wait = new Patience();
        while (ready.get() < clients.size()) {
            awaitLogins(wait);
            over.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
        checkLogins();
    }

    private void awaitLogins(Patience wait) {
        checkLogins();
        progress.say("connecting", ready.get() + "/" + clients.size());
        if (wait.isOver(ready.get())) {
            Client stuck = clients.stream()
                    .filter(client -> !client.isReady())
                    .findFirst()
                    .orElseThrow();
            throw new BenchException(plan.address() + ": " + stuck.who() + " waited " + seconds(plan.patience())
                    + " in vain " + stuck.waitsFor());
        }
    }

    private void checkLogins() {
        String reason = refusal.get();
        if (reason != null) {
            throw new BenchException(plan.address() + ": " + reason);
        }
        if (faults.total() > 0) {
            throw new BenchException(plan.address() + ": " + faults.told().getFirst());
        }
    }

    /** Asks every room for its newest id: what comes after it has to come to everybody. */
    private void learnHeads() throws InterruptedException {
        var answers = new ArrayList<CompletableFuture<JsonNode>>();
        for (int i = 0; i < rooms.size(); i++) {
            Room room = rooms.get(i);
            answers.add(clients.get(i).ask("roomHistoryInfo", room.name()).whenComplete((answer, _) -> {
                if (answer != null) {
                    room.has(answer.path(1).path("lastMessageId").asLong(0));
                }
            }));
        }
        await(answers);
    }

    private void await(List<? extends Future<?>> futures) throws InterruptedException {
        for (Future<?> future : futures) {
            try {
                future.get(plan.patience().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new BenchException(plan.address() + ": " + String.valueOf(e.getCause()));
            } catch (TimeoutException e) {
                checkLogins();
                throw new BenchException(
                        plan.address() + ": the server answered nothing for " + seconds(plan.patience()));
            }
        }
    }

    private void publish(Timeline times) throws InterruptedException {
        long moment = Math.max(SHORTEST_MOMENT, plan.length().toNanos() / MOMENTS);
        long momentBegan = times.measureFrom();
        var wait = new Patience();
        while (!over.await(TICK_MILLIS, TimeUnit.MILLISECONDS) && !isDone(times)) {
            long now = Math.min(System.nanoTime(), times.stop());
            if (now - momentBegan >= moment || (now == times.stop() && now > momentBegan)) {
                measurement.sample(
                        Measurement.seconds(measured + now - times.measureFrom()),
                        Measurement.seconds(now - momentBegan));
                momentBegan = now;
            }
            tell(times);
            if (measurement.owed() == 0) {
                wait = new Patience();
            } else if (wait.isOver(measurement.signs())) {
                faults.add(
                        Fault.STALL,
                        "nothing came for " + seconds(plan.patience()) + ", but " + measurement.owed()
                                + " deliveries and acknowledgements were outstanding");
                break;
            }
        }
    }

    private boolean isDone(Timeline times) {
        if (System.nanoTime() - times.stop() < 0 || measurement.owed() > 0) {
            return false;
        }
        for (Publisher publisher : publishers) {
            if (publisher != null && !publisher.hasEnded()) {
                return false;
            }
        }
        return true;
    }

    private void tell(Timeline times) {
        long now = System.nanoTime();
        if (now - times.measureFrom() < 0) {
            progress.say("warming up", "for " + seconds(plan.warmup()));
        } else if (now - times.stop() < 0) {
            double since = Measurement.seconds(now - times.measureFrom());
            progress.say(
                    plan.turns() == 1
                            ? "measuring"
                            : "turn " + (measurement.turns().size() + 1) + "/" + plan.turns(),
                    String.format(
                            Locale.ROOT,
                            "%.0f/%s, %,.0f deliveries/s, p99 so far %s, %d faults",
                            since,
                            seconds(plan.length()),
                            measurement.deliveriesOfTurn() / since,
                            p99SoFar(),
                            faults.total()));
        } else {
            progress.say("waiting", "for the last " + measurement.owed());
        }
    }

    private String p99SoFar() {
        Histogram delivery = measurement.delivery;
        return delivery.getTotalCount() == 0 ? "not known" : Units.time(delivery.getValueAtPercentile(99));
    }

    private Outcome outcome(Instant began, double connectSeconds) {
        return new Outcome(
                plan,
                began,
                connectSeconds,
                Measurement.seconds(measured),
                measurement.messages(),
                measurement.deliveries(),
                measurement.delivery,
                measurement.turns(),
                measurement.acknowledgement,
                measurement.delay,
                unsent,
                measurement.samples(),
                faults.counts(),
                faults.told());
    }

    private static String seconds(Duration duration) {
        return Units.seconds(duration);
    }

    @Override
    public void ready(Client client) {
        ready.incrementAndGet();
        logins.release();
    }

    @Override
    public void refused(String reason) {
        refusal.compareAndSet(null, reason);
        over.countDown();
    }

    @Override
    public void failed(Fault fault, String words) {
        faults.add(fault, words);
        over.countDown();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        crowd.close();
        for (Lane lane : lanes) {
            lane.close();
        }
        dialer.close();
    }

    /** Knows whether a number stood still for as long as the plan has patience. */
    private final class Patience {

        private long value = -1;
        private long since = System.nanoTime();

        boolean isOver(long now) {
            long time = System.nanoTime();
            if (now != value) {
                value = now;
                since = time;
            }
            return time - since > plan.patience().toNanos();
        }
    }
}
