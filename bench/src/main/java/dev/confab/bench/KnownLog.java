package dev.confab.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that anybody was told of one log, that is of one room in one epoch: which message has which id, which ones were
 * acknowledged, what the log was found to hold, and who was a member when, in ids. Any thread.
 */
final class KnownLog {

    private static final int SMALLEST = 64;

    private final String name;
    private final Position start;
    private final Faults faults;
    private final Map<String, Integer> authors = new HashMap<>();
    private final List<String> authorNames = new ArrayList<>();
    private final List<Stay> stays = new ArrayList<>();
    private final List<Ban> bans = new ArrayList<>();
    private final BitSet acknowledged = new BitSet();
    private long[] messages = new long[SMALLEST];
    private long archivedTo;
    private long heard;

    /** A membership: it began at an id, and had something of the room to do with a last one. */
    static final class Stay {
        private final String member;
        private final long began;
        private volatile long last;

        private Stay(String member, long began) {
            this.member = member;
            this.began = began;
            last = began;
        }

        void has(long id) {
            last = Math.max(last, id);
        }
    }

    /** A time without access, in ids that were surely before and surely after its two ends. */
    static final class Ban {
        private final String member;
        private final long before;
        private final long after;
        private volatile long lifted = Long.MAX_VALUE;

        private Ban(String member, long before, long after) {
            this.member = member;
            this.before = before;
            this.after = after;
        }

        /** The ban is about to be lifted, and the log has this id already. */
        void lifted(long id) {
            lifted = id;
        }
    }

    KnownLog(String room, Position start, Faults faults) {
        this.name = "room " + room + " (epoch " + start.epoch() + ")";
        this.start = start;
        this.faults = faults;
    }

    String epoch() {
        return start.epoch();
    }

    /** Somebody was told that a message has an id; it has to be the same for all. */
    synchronized void identify(long id, @Nullable Words words, String who) {
        if (words == null || id < 1 || id > Integer.MAX_VALUE - 1) {
            faults.add(Fault.MIX_UP, who + " was told what is no message of this run under id " + id + " of " + name);
            return;
        }
        heard++;
        int at = (int) id;
        if (at >= messages.length) {
            messages = Arrays.copyOf(messages, Math.max(at + 1, messages.length * 2));
        }
        long message = pack(words);
        if (messages[at] == 0) {
            messages[at] = message;
        } else if (messages[at] != message) {
            faults.add(
                    Fault.MIX_UP,
                    "id " + id + " of " + name + " is " + said(messages[at]) + ", but for " + who + " it is "
                            + said(message));
        }
    }

    /** The author was told that the message is stored. */
    synchronized void acknowledged(long id, Words words) {
        identify(id, words, "its acknowledgement");
        acknowledged.set((int) Math.max(0, id));
    }

    synchronized Stay stays(String member, long began) {
        var stay = new Stay(member, began);
        stays.add(stay);
        return stay;
    }

    /**
     * Somebody was banned.
     *
     * @param before an id that the log had when the ban was asked for
     * @param after an id that it had when the ban was acknowledged
     */
    synchronized Ban banned(String member, long before, long after) {
        var ban = new Ban(member, before, after);
        bans.add(ban);
        return ban;
    }

    /** Up to where the log was read. */
    synchronized long archivedTo() {
        return archivedTo;
    }

    /** How often somebody was told of a message of this log. */
    synchronized long heard() {
        return heard;
    }

    /**
     * The log was read on from where it was read to last.
     *
     * @param page what was read, in the order of ids
     * @param kept the first id that the log still held afterwards
     */
    synchronized void archived(List<Entry> page, long kept) {
        long due = archivedTo + 1;
        for (Entry entry : page) {
            if (entry.id() != due && (due != archivedTo + 1 || entry.id() > kept || entry.id() < due)) {
                faults.add(Fault.LOST_MESSAGE, name + " holds id " + entry.id() + " where id " + due + " should be");
            }
            identify(entry.id(), entry.words(), "the log");
            due = entry.id() + 1;
        }
        archivedTo = Math.max(archivedTo, due - 1);
    }

    /**
     * A message with its id.
     *
     * @param id the id
     * @param words the message; nothing where it is none of this run
     */
    record Entry(long id, @Nullable Words words) {}

    /** Looks at everything, once nothing is under way any more. */
    synchronized void end(boolean deleted) {
        int lost = acknowledged.nextSetBit((int) archivedTo + 1);
        if (!deleted && lost >= 0) {
            faults.add(
                    Fault.LOST_MESSAGE,
                    "id " + lost + " of " + name + " was acknowledged, but its log ends at " + archivedTo);
        }
        authorsSaidEachOnceInOrder();
        nobodyTrespassed();
    }

    private void authorsSaidEachOnceInOrder() {
        var numbers = new HashMap<Integer, Integer>();
        for (int id = 1; id < messages.length; id++) {
            if (messages[id] != 0) {
                Integer before = numbers.put(author(messages[id]), number(messages[id]));
                if (before != null && before >= number(messages[id])) {
                    faults.add(
                            Fault.REPEAT,
                            said(messages[id]) + " has id " + id + " of " + name + ", behind its author's number "
                                    + before);
                }
            }
        }
    }

    private void nobodyTrespassed() {
        for (Ban ban : bans) {
            for (Stay stay : stays) {
                if (!stay.member.equals(ban.member)) {
                    continue;
                }
                if (stay.began < ban.before && stay.last > ban.after) {
                    faults.add(
                            Fault.TRESPASS,
                            stay.member + " had to do with id " + stay.last + " of " + name + ", but was banned at id "
                                    + ban.after + " at the latest");
                }
                if (stay.began > ban.after && stay.began < ban.lifted) {
                    faults.add(
                            Fault.TRESPASS,
                            stay.member + " became a member of " + name + " at id " + stay.began
                                    + ", but was banned from id " + ban.after + " on");
                }
            }
        }
    }

    private long pack(Words words) {
        int author = authors.computeIfAbsent(words.author(), one -> {
            authorNames.add(one);
            return authorNames.size();
        });
        return (long) author << Integer.SIZE | words.number();
    }

    private static int author(long message) {
        return (int) (message >>> Integer.SIZE);
    }

    private static int number(long message) {
        return (int) message;
    }

    private String said(long message) {
        return "number " + number(message) + " of " + authorNames.get(author(message) - 1);
    }
}
