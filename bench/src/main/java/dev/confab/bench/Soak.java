package dev.confab.bench;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** One soak: lets members and the keepers of rooms do as they like for a while, lets them settle, and checks everything. */
final class Soak implements AutoCloseable {

    private static final int TICK_MILLIS = 100;
    private static final int ARRIVALS_APART_MILLIS = 2;
    private static final int QUICK_MILLIS = 2_500;
    private static final int STEADY_MILLIS = 8_000;
    private static final int SLOW_MILLIS = 3_000;

    /** Each member is in its own room and in the next one; one in ten reads slowly. */
    private static final int ROOMS_OF_ONE = 2;

    private static final int SLOW_ONE_IN = 10;

    private final SoakPlan plan;
    private final Progress progress;
    private final Predicate<SoakCounts> enough;
    private final Faults faults = new Faults();
    private final SoakCounts counts = new SoakCounts();
    private final SoakChecker checker = new SoakChecker(faults);
    private final Dialer dialer;
    private final List<SoakKeeper> keepers = new ArrayList<>();
    private final List<SoakMember> members = new ArrayList<>();
    private final Map<String, List<String>> names = new LinkedHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * A soak that hasn't begun.
     *
     * @param enough whether enough has happened; until then it goes on, beyond its length if need be
     */
    Soak(SoakPlan plan, Progress progress, Predicate<SoakCounts> enough) {
        this.plan = plan;
        this.enough = enough;
        this.progress = progress;
        dialer = new Dialer(plan.address(), plan.from(), plan.patience(), plan.loops());
        String run = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        for (int i = 0; i < plan.rooms(); i++) {
            String room = "soak-" + run + "-" + i;
            names.put(room, new ArrayList<>());
            keepers.add(new SoakKeeper(i, room, plan, dialer.loops().next(), checker, counts));
        }
        IntStream.range(0, plan.publishers() + plan.members()).forEach(this::addMember);
    }

    private void addMember(int number) {
        boolean speaks = number < plan.publishers();
        boolean slow = !speaks && number % SLOW_ONE_IN == 0;
        var habit = new SoakMember.Habit(speaks ? STEADY_MILLIS : slow ? SLOW_MILLIS : QUICK_MILLIS, slow);
        List<String> rooms = IntStream.range(0, speaks ? 1 : Math.min(ROOMS_OF_ONE, plan.rooms()))
                .mapToObj(i -> keepers.get((number + i) % plan.rooms()).room())
                .toList();
        var member = new SoakMember(number, plan, habit, dialer, rooms, checker, faults, counts);
        if (speaks) {
            member.speaks(plan.publishers() * TimeUnit.SECONDS.toMillis(1) / plan.rate());
        }
        rooms.forEach(room -> names.getOrDefault(room, List.of()).add(member.name()));
        members.add(member);
    }

    /**
     * Does what the plan says.
     *
     * @throws BenchException where it can't
     */
    SoakOutcome run() throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            progress.say("opening", plan.rooms() + " rooms");
            each(threads, keeper -> {
                keeper.open(keepers.indexOf(keeper), dialer);
                return true;
            });
            arrive();
            let(threads);
            settle(threads);
            each(threads, keeper -> {
                keeper.close();
                keeper.leave();
                return true;
            });
        } finally {
            over.countDown();
            progress.clear();
        }
        return outcome();
    }

    private void arrive() throws InterruptedException {
        for (int i = 0; i < members.size(); i++) {
            SoakMember member = members.get(i);
            member.loop().schedule(member::connect, (long) i * ARRIVALS_APART_MILLIS, TimeUnit.MILLISECONDS);
        }
        awaitAll("arriving", "to join its rooms", SoakMember::isIn);
        if (faults.total() > 0) {
            throw new BenchException(plan.address() + ": " + faults.told().getFirst());
        }
    }

    private void let(ExecutorService threads) throws InterruptedException {
        onLoops(SoakMember::start);
        List<Future<Boolean>> kept = keepers.stream()
                .map(keeper -> threads.submit(() -> {
                    keeper.keep(names.getOrDefault(keeper.room(), List.of()), over);
                    return true;
                }))
                .toList();
        long end = System.nanoTime() + plan.length().toNanos();
        while ((System.nanoTime() - end < 0 || !enough.test(counts))
                && kept.stream().noneMatch(Future::isDone)) {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            progress.say(
                    "soaking",
                    String.format(
                            Locale.ROOT,
                            "%,d s to go, %,d messages, %,d drops, %,d bans, %d faults",
                            Math.max(0, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime())),
                            counts.acknowledged.sum(),
                            counts.drops.sum(),
                            counts.bans.sum(),
                            faults.total()));
        }
        over.countDown();
        for (Future<Boolean> one : kept) {
            await(one);
        }
    }

    /** Lets everybody finish, read everything and be looked at. */
    private void settle(ExecutorService threads) throws InterruptedException {
        onLoops(SoakMember::settle);
        awaitAll("settling", "for its messages to be acknowledged", SoakMember::isSilent);
        var heads = new LinkedHashMap<String, Position>();
        for (Future<Position> head : submit(threads, SoakKeeper::archive)) {
            heads.put(keepers.get(heads.size()).room(), await(head));
        }
        try {
            awaitAll("settling", "to have read its rooms to their ends", member -> member.hasRead(heads));
        } catch (BenchException e) {
            faults.add(Fault.STALL, e.line());
        }
        onLoops(member -> {
            member.finish(heads);
            member.close();
        });
        checker.end();
    }

    private void awaitAll(String topic, String what, Predicate<SoakMember> is) throws InterruptedException {
        long end = System.nanoTime() + plan.patience().toNanos();
        while (true) {
            long heard = checker.heard();
            List<SoakMember> missing = without(is);
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - end > 0) {
                throw new BenchException(plan.address() + ": "
                        + missing.getFirst().name() + " and "
                        + (missing.size() - 1) + " others waited " + Units.seconds(plan.patience()) + " in vain "
                        + what);
            }
            progress.say(topic, members.size() - missing.size() + "/" + members.size());
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
            if (checker.heard() > heard) {
                end = System.nanoTime() + plan.patience().toNanos();
            }
        }
    }

    private List<SoakMember> without(Predicate<SoakMember> is) throws InterruptedException {
        var missing = new ArrayList<SoakMember>();
        var answers = new ArrayList<Future<Boolean>>();
        members.forEach(member -> answers.add(member.loop().submit(() -> is.test(member))));
        for (int i = 0; i < answers.size(); i++) {
            if (!await(answers.get(i))) {
                missing.add(members.get(i));
            }
        }
        return missing;
    }

    private void onLoops(Consumer<SoakMember> action) throws InterruptedException {
        var all = new ArrayList<Future<?>>();
        members.forEach(member -> all.add(member.loop().submit(() -> action.accept(member))));
        for (Future<?> one : all) {
            await(one);
        }
    }

    private interface Duty<T> {
        T of(SoakKeeper keeper) throws InterruptedException;
    }

    private void each(ExecutorService threads, Duty<Boolean> duty) throws InterruptedException {
        for (Future<Boolean> one : submit(threads, duty)) {
            await(one);
        }
    }

    private <T> List<Future<T>> submit(ExecutorService threads, Duty<T> duty) {
        return keepers.stream()
                .map(keeper -> threads.submit((Callable<T>) () -> duty.of(keeper)))
                .toList();
    }

    private static <T> T await(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    private SoakOutcome outcome() {
        long recovered = 0;
        long unrecovered = 0;
        long replayed = 0;
        for (SoakMember member : members) {
            for (View view : member.views()) {
                recovered += view.recovered();
                unrecovered += view.unrecovered();
                replayed += view.replayed();
            }
        }
        return new SoakOutcome(
                plan, counts, checker.heard(), recovered, unrecovered, replayed, faults.counts(), faults.told());
    }

    /** Ends all connections. */
    @Override
    public void close() {
        over.countDown();
        dialer.close();
    }
}
