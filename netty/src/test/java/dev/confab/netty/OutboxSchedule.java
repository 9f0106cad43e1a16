package dev.confab.netty;

import dev.confab.spi.Follower;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lane with the connections of some rooms' members, who read, stop reading, come and go, while commands begin and end:
 * a door's own parts, run step by step in an order that is drawn from a seed, with time and network moved by hand. Every
 * packet carries the number of its hand-over.
 */
final class OutboxSchedule {

    private static final int MEMBERS = 4;
    private static final int ROOMS = 2;
    private static final int STEPS = 600;
    private static final int MOST_STEPS_TO_SETTLE = 10_000;
    private static final int PAGE = 3;

    private static final DoorSettings SETTINGS =
            SocketIoDoor.builder().outboxBytes(32 * 1024).settings();

    /** How what is written may be broken. */
    interface Plant {
        default NettyAudience audience(NettyLane lane) {
            return new NettyAudience(lane);
        }

        default void tell(NamespaceSocket socket, EncodedPacket packet) {
            socket.send(packet);
        }
    }

    /** A promise that was not kept. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1L;

        Broken(String words) {
            super(words);
        }
    }

    private final SplittableRandom random;
    private final Plant plant;
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final NettyLane lane;
    private final List<Long> commands = new ArrayList<>();
    private final List<Runnable> threads = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final List<Mate> mates = new ArrayList<>();
    private long handed;
    private long fellBehind;
    private long caughtUp;

    /** What was noticed first, on the network's side, where a throw would be taken for a failure to write. */
    private @Nullable Broken broken;

    OutboxSchedule(long seed, Plant plant) {
        random = new SplittableRandom(seed);
        this.plant = plant;
        loop.freezeTime();
        lane = new NettyLane(
                loop.eventLoop(), TimeUnit.DAYS.toMillis(1), new Pace(), null, 1 + random.nextInt(MEMBERS));
        for (int i = 0; i < ROOMS; i++) {
            rooms.add(new Room(i));
        }
        for (int i = 0; i < MEMBERS; i++) {
            mates.add(new Mate("mate" + i));
        }
    }

    /** Runs the schedule to its end; throws {@link Broken} where somebody wasn't told what was handed over. */
    OutboxSchedule run() {
        try {
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
            }
            settle();
            mates.forEach(Mate::ends);
            check();
            return this;
        } finally {
            mates.forEach(mate -> mate.wire.finishAndReleaseAll());
            loop.finishAndReleaseAll();
        }
    }

    long fellBehind() {
        return fellBehind;
    }

    long caughtUp() {
        return caughtUp;
    }

    /** How many were never closed for reading too slowly. */
    long stayed() {
        return mates.stream().filter(mate -> !mate.wire.isOver()).count();
    }

    private void check() {
        Broken first = broken;
        if (first != null) {
            throw first;
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> commands.add(lane.commandBegins());
            case 1 -> endCommand();
            case 2, 3 -> any(rooms).post();
            case 4 -> any(rooms).say();
            case 5 -> any(mates).tell();
            case 6 -> any(mates).comesOrGoes(any(rooms));
            case 7 -> runThread();
            case 8, 9 -> runLoop();
            default -> any(mates).reads();
        }
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private void endCommand() {
        if (!commands.isEmpty()) {
            lane.commandEnded(commands.remove(random.nextInt(commands.size())));
        }
    }

    private void runThread() {
        if (!threads.isEmpty()) {
            threads.remove(random.nextInt(threads.size())).run();
        }
    }

    private void runLoop() {
        loop.advanceTimeBy(random.nextInt(200), TimeUnit.MICROSECONDS);
        loop.runScheduledPendingTasks();
        loop.runPendingTasks();
    }

    /** Nobody does anything new, everybody reads, and what is under way comes to its end. */
    private void settle() {
        for (int quiet = 0, i = 0; quiet < 10; i++) {
            if (i == MOST_STEPS_TO_SETTLE) {
                throw new Broken("it doesn't come to an end");
            }
            quiet = threads.isEmpty() && commands.isEmpty() ? quiet + 1 : 0;
            endCommand();
            runThread();
            runLoop();
            mates.forEach(mate -> mate.wire.takeAll());
            check();
        }
    }

    private EncodedPacket packet(int room, long id, int size) {
        return EncodedPacket.of("4" + ++handed + ":" + room + ":" + id + ":" + "x".repeat(size));
    }

    /** A room; of its log only the head has to be known. */
    private final class Room {
        private final int number;
        private final NettyAudience audience = plant.audience(lane);
        private long head;

        Room(int number) {
            this.number = number;
        }

        private EncodedPacket message(long id) {
            return packet(number, id, id % 5 == 0 ? 9_000 : 200);
        }

        void post() {
            head++;
            audience.post(message(head), head);
        }

        void say() {
            EncodedPacket said = packet(number, 0, 10);
            mates.forEach(mate -> mate.isTold(this, handed));
            audience.send(said);
        }
    }

    /** A connection, and what it is to hear. */
    private final class Mate {
        private final String name;
        private final OutboxWire wire = new OutboxWire(SETTINGS.outboxBytes(), this::hears);
        private final NamespaceSocket socket;
        private final List<Stay> stays = new ArrayList<>();
        private final Deque<Long> due = new ArrayDeque<>();
        private long last;

        Mate(String name) {
            this.name = name;
            socket = LinkedMember.open(lane, wire, name, SETTINGS).socket();
        }

        void reads() {
            switch (random.nextInt(8)) {
                case 0, 1 -> wire.takeAll();
                case 2 -> wire.stop();
                default -> wire.take(random.nextInt(3));
            }
        }

        void tell() {
            EncodedPacket told = packet(-1, 0, 10);
            due.add(handed);
            plant.tell(socket, told);
        }

        void isTold(Room room, long number) {
            if (stay(room) != null) {
                due.add(number);
            }
        }

        /** Where it is a member now. */
        private @Nullable Stay stay(Room room) {
            return stays.stream()
                    .filter(stay -> stay.room == room && stay.isOn())
                    .findFirst()
                    .orElse(null);
        }

        void comesOrGoes(Room room) {
            Stay stay = stay(room);
            if (stay == null) {
                var begun = new Stay(this, room, Math.max(0, room.head - random.nextInt(5)));
                stays.add(begun);
                room.audience.add(socket);
                begun.readOn();
            } else if (random.nextInt(4) == 0) {
                stay.until = handed;
                room.audience.remove(socket);
            }
        }

        /** A packet has left for the client. */
        private void hears(long number, int room, long id) {
            if (number <= last) {
                noteBroken("hand-over " + number + " came behind " + last);
            }
            last = number;
            if (id > 0) {
                stays.stream()
                        .filter(stay -> stay.room.number == room && stay.since < number && number <= stay.until)
                        .findFirst()
                        .ifPresentOrElse(
                                stay -> stay.hears(id),
                                () -> noteBroken("hand-over " + number + " of a room that it isn't in"));
            } else if (!Long.valueOf(number).equals(due.poll())) {
                noteBroken("hand-over " + number + " was not due yet, or not at all");
            }
        }

        void ends() {
            if (wire.isOver()) {
                return;
            }
            if (!due.isEmpty()) {
                noteBroken("hand-over " + due.getFirst() + " never came");
            }
            stays.stream()
                    .filter(stay -> stay.isOn() && stay.heard != stay.room.head)
                    .forEach(stay -> noteBroken("messages after " + stay.heard + " never came"));
        }

        private void noteBroken(String words) {
            if (broken == null) {
                broken = new Broken(name + ": " + words);
            }
        }
    }

    /** A connection's time as a member of a room, and how far it has come in the room's log. */
    private final class Stay implements Follower {
        private final Mate mate;
        private final Room room;
        private final long since = handed;
        private long until = Long.MAX_VALUE;

        /** How far it was handed the log, and how far its client has heard it. */
        private long position;

        private long heard;

        Stay(Mate mate, Room room, long position) {
            this.mate = mate;
            this.room = room;
            this.position = position;
            this.heard = position;
        }

        boolean isOn() {
            return until == Long.MAX_VALUE;
        }

        void hears(long id) {
            if (id != heard + 1) {
                mate.noteBroken("message " + id + " came after " + heard);
            }
            heard = id;
        }

        @Override
        public void fellBehind(long id) {
            fellBehind++;
            threads.add(() -> {
                position = id - 1;
                readOn();
            });
        }

        /** Reads a page of the log, and the next one when this one has left; follows where it is at the head. */
        void readOn() {
            if (!isOn()) {
                return;
            }
            for (long end = Math.min(room.head, position + PAGE); position < end; ) {
                mate.socket.send(room.message(++position));
            }
            if (position == room.head) {
                caughtUp++;
                room.audience.follow(mate.socket, this);
            } else {
                long page = handed;
                mate.socket.whenWritten(() -> {
                    if (mate.last < page) {
                        mate.noteBroken("hand-over " + page + " is said to be written, and isn't");
                    }
                    threads.add(this::readOn);
                });
            }
        }
    }
}
