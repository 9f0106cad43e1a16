package dev.confab.engine;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Event;
import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.Resume;
import dev.confab.protocol.Value;
import dev.confab.spi.Departure;
import dev.confab.spi.Guard;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.RoomStore;
import dev.confab.spi.RoomStore.LogPage;
import dev.confab.spi.RoomStore.PageLimit;
import dev.confab.spi.Store;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A room's log, its announcements, and clients on two lanes who join, resume, leave, are thrown out and stop reading: the
 * engine's own parts, run step by step in an order that is drawn from a seed. Everything that a lock holds together is one
 * step; everything that threads, lanes and the store may do between two of them can happen between them here.
 */
final class HandOverSchedule {

    private static final String ROOM = "lobby";
    private static final int CLIENTS = 4;
    private static final int STEPS = 400;
    private static final int MOST_STEPS_TO_SETTLE = 20_000;
    private static final int DEEPEST = 3;

    /** How a member and its feed may be broken. */
    interface Plant {
        RoomFeed feed(String room, Executor later);

        /** Whether a join learns its position before it is held. */
        default boolean learnsPositionFirst() {
            return false;
        }
    }

    private final SplittableRandom random;
    private final boolean learnsPositionFirst;
    private final List<StepLane> lanes = List.of(new StepLane(), new StepLane());
    private final List<Runnable> threads = new ArrayList<>();
    private final List<Message> log = new ArrayList<>();
    private final Deque<Runnable> announcements = new ArrayDeque<>();
    private final Set<String> members = new HashSet<>();
    private final List<Guest> guests = new ArrayList<>();
    private final Roster roster = new Roster();
    private final Counters counters = new Counters();
    private final Delivery delivery;
    private final Desk desk;
    private int depth;
    private int connections;
    private int forgotten;

    HandOverSchedule(long seed, Plant plant) {
        random = new SplittableRandom(seed);
        learnsPositionFirst = plant.learnsPositionFirst();
        delivery = new Delivery(roster, room -> plant.feed(room, threads::add));
        desk = desk();
        for (int i = 0; i < CLIENTS; i++) {
            guests.add(new Guest("user" + i));
        }
    }

    /** Runs the schedule to its end; throws {@link Account.Broken} where somebody wasn't told what was promised. */
    HandOverSchedule run() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        settle();
        guests.forEach(guest -> guest.account.ends(log.size()));
        return this;
    }

    Counters counters() {
        return counters;
    }

    // Steps

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> post();
            case 1, 2 -> announce();
            case 3, 4 -> lanes.get(random.nextInt(lanes.size())).step();
            case 5, 6 -> runThread();
            case 7 -> any(guests).reads();
            case 8 -> any(guests).acts();
            default -> {
                if (random.nextInt(6) == 0) {
                    throwOut(any(guests));
                } else {
                    any(guests).acts();
                }
            }
        }
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    /** A message enters the log, and is announced later: once, twice, or never. */
    private void post() {
        var message = new Message(log.size() + 1L, null, Instant.EPOCH, Body.text("x"));
        log.add(message);
        Runnable announcement = () -> delivery.posted(ROOM, head().at(message.id()), message);
        int fate = random.nextInt(20);
        if (fate > 0) {
            announcements.add(announcement);
        }
        if (fate == 1) {
            announcements.add(announcement);
        }
        if (random.nextInt(60) == 0) {
            forgotten = Math.max(forgotten, log.size() - 8);
        }
    }

    private void announce() {
        Runnable next = announcements.poll();
        if (next != null) {
            next.run();
        }
    }

    private void runThread() {
        if (!threads.isEmpty()) {
            threads.remove(random.nextInt(threads.size())).run();
        }
    }

    private void throwOut(Guest guest) {
        if (members.remove(guest.user)) {
            String connection = guest.session.id();
            announcements.add(() -> {
                delivery.departed(ROOM, List.of(new Departure(guest.user, List.of(connection))));
                threads.add(() -> delivery.told(guest.user, new Event.RoomAccessRemoved(ROOM), null));
            });
        }
    }

    /** Nobody does anything new; what is under way comes to its end. */
    private void settle() {
        for (int i = 0; i < MOST_STEPS_TO_SETTLE; i++) {
            if (isQuiet()) {
                return;
            }
            announce();
            lanes.get(random.nextInt(lanes.size())).step();
            runThread();
            guests.forEach(guest -> guest.connection.readAll());
            guests.forEach(Guest::goesOn);
            if (announcements.isEmpty() && !isToldOfEverything()) {
                announcements.add(this::announceHead);
            }
        }
        throw new Account.Broken("it doesn't come to an end");
    }

    private boolean isQuiet() {
        return announcements.isEmpty()
                && threads.isEmpty()
                && lanes.stream().allMatch(StepLane::isIdle)
                && guests.stream().allMatch(Guest::isQuiet)
                && isToldOfEverything();
    }

    /** Whether the announcement of the last message came; that it was lost shows with the next one only. */
    private boolean isToldOfEverything() {
        return toldOf == log.size();
    }

    private long toldOf;

    private void announceHead() {
        toldOf = log.size();
        if (!log.isEmpty()) {
            delivery.posted(ROOM, head(), log.getLast());
        }
    }

    private Position head() {
        return new Position("epoch", log.size());
    }

    // The store

    private LogPage page(Guard guard, long after, PageLimit limit) {
        between();
        if (!(guard instanceof Guard.Reader(String user)) || !members.contains(user)) {
            throw new ChatException(ChatError.notJoined(ROOM));
        }
        int from = (int) Math.max(after, forgotten);
        int count = Math.min(Math.min(limit.messages(), 1 + random.nextInt(3)), Math.max(0, log.size() - from));
        var page = new LogPage("epoch", firstId(), log.size(), log.subList(from, from + count));
        between();
        return page;
    }

    private long firstId() {
        return Math.min(forgotten, log.size()) + 1L;
    }

    /** While one thread is in the store, others get on. */
    private void between() {
        if (depth < DEEPEST) {
            depth++;
            for (int i = random.nextInt(4); i > 0; i--) {
                step();
            }
            depth--;
        }
    }

    private RoomStore rooms() {
        return (RoomStore) Proxy.newProxyInstance(
                RoomStore.class.getClassLoader(), new Class<?>[] {RoomStore.class}, (_, method, args) -> {
                    if (method.getName().equals("readAfter")) {
                        return page((Guard) args[1], (Long) args[2], (PageLimit) args[3]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("NullAway") // nobody logs in here, and no command is carried out
    private Desk desk() {
        Store store = (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (_, method, _) -> method.getName().equals("rooms") ? rooms() : null);
        return new Desk(
                null,
                null,
                null,
                null,
                null,
                store,
                roster,
                counters,
                null,
                () -> {},
                new SerialQueue.Rules(threads::add, 64, 1024));
    }

    // Clients

    /** A client: does one thing after the other, and comes back when its connection has ended. */
    private final class Guest {
        private final String user;
        private final Account account;
        private Session session;
        private StepLane.Client connection;
        private Runnable next = this::hold;
        private boolean cameBack;
        private @Nullable Member member;
        private Membership membership = new Membership(new Position("epoch", 0), 1, 1, true, false, null);
        private @Nullable Position since;
        private boolean resumes;

        Guest(String user) {
            this.user = user;
            account = new Account(user);
            connection = any(lanes).connect("none", _ -> {}, _ -> {});
            session = new Session(connection, desk);
            connect();
        }

        private void connect() {
            var own = new StepLane.Client[1];
            connection = any(lanes).connect(user + "-" + connections++, event -> hears(own[0], event), this::ended);
            own[0] = connection;
            session = new Session(connection, desk);
            session.named(user);
            session.confirm(new Event.LoginConfirmed(user, Value.Obj.EMPTY));
            roster.add(session);
            roster.login(user, session);
            next = this::hold;
            cameBack = true;
        }

        private void hears(StepLane.Client on, Event event) {
            if (on != connection) {
                return;
            }
            switch (event) {
                case Event.RoomMessagePosted(var _, Message message) -> account.message(message.id());
                case Event.RoomAccessRemoved _ -> account.removed();
                default -> {}
            }
        }

        /** The end comes last in its session's queue, where it ends the membership. */
        private void ended(CloseReason reason) {
            Session last = session;
            account.left();
            next = () -> {};
            cameBack = false;
            last.closed(reason);
            threads.add(() -> {
                roster.logout(user, last);
                members.remove(user);
                announcements.add(() -> {
                    delivery.drop(ROOM, last.id());
                    threads.add(this::connect);
                });
            });
        }

        void reads() {
            switch (random.nextInt(8)) {
                case 0 -> connection.stopReading();
                case 1 -> connection.readAll();
                default -> connection.readOne();
            }
        }

        void acts() {
            if (random.nextInt(40) == 0 && cameBack) {
                connection.close(CloseReason.CONNECTION_LOST);
            }
            next.run();
        }

        /** Finishes what it has begun, and begins nothing. */
        void goesOn() {
            if (account.awaitsAnAnswer() || !isIdle) {
                next.run();
            }
        }

        private boolean isIdle = true;

        boolean isQuiet() {
            return cameBack && isIdle && !account.awaitsAnAnswer();
        }

        private void hold() {
            if (account.awaitsAnAnswer() || connection.isOver()) {
                return;
            }
            isIdle = false;
            resumes = random.nextInt(3) > 0;
            since = resumes && account.last() > 0 ? new Position("epoch", account.last()) : null;
            account.joins(since);
            if (learnsPositionFirst) {
                become();
                next = () -> {
                    member = delivery.hold(ROOM, session);
                    next = this::begins;
                };
            } else {
                member = delivery.hold(ROOM, session);
                next = () -> {
                    become();
                    next = this::begins;
                };
            }
        }

        /** The act of the store. */
        private void become() {
            members.add(user);
            membership = new Membership(head(), firstId(), 1, true, false, null);
        }

        /** Between the act of the store and this others get on too. */
        private void begins() {
            Member held = held();
            held.feed.began(held, membership.position());
            next = this::answer;
        }

        private Member held() {
            Member held = member;
            if (held == null) {
                throw new IllegalStateException("nothing is held");
            }
            return held;
        }

        private void answer() {
            Member held = held();
            StepLane.Client to = connection;
            next = this::leave;
            isIdle = true;
            if (resumes) {
                session.begins(new PendingJoin(
                        new Arrival(held, membership, new Resume(since)),
                        since,
                        12,
                        replay -> to.reply(() -> account.joined(membership.position(), replay)),
                        () -> to.reply(this::refused)));
            } else if (!held.feed.goLive(held, () -> to.reply(() -> account.joined(membership.position(), null)))) {
                to.reply(this::refused);
            }
        }

        private void refused() {
            account.refused();
        }

        /** Leaves where it is a member; where it was thrown out, it joins again some time. */
        private void leave() {
            if (account.awaitsAnAnswer()) {
                return;
            }
            if (!account.isIn()) {
                if (!isBeingThrownOut()) {
                    next = this::hold;
                }
                return;
            }
            if (random.nextInt(4) > 0 || !members.remove(user)) {
                return;
            }
            isIdle = false;
            next = () -> {};
            Session from = session;
            StepLane.Client to = connection;
            announcements.add(() -> {
                delivery.departed(ROOM, List.of(new Departure(user, List.of(from.id()))));
                threads.add(() -> {
                    from.expelled(ROOM);
                    to.reply(() -> {
                        account.left();
                        isIdle = true;
                        next = this::hold;
                    });
                });
            });
        }

        /** Whether it is no member in the store any more, but hasn't been told. */
        private boolean isBeingThrownOut() {
            return !members.contains(user) && account.isIn();
        }
    }
}
