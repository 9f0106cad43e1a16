package dev.confab.engine;

import dev.confab.protocol.Position;
import dev.confab.protocol.Replay;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client was told, in order, and whether that keeps what the server promises; throws where it doesn't. */
final class Account {

    private enum Phase {
        OUT,
        JOINING,
        IN
    }

    private final String who;
    private final List<String> told = new ArrayList<>();
    private final List<Long> brought = new ArrayList<>();
    private Phase phase = Phase.OUT;
    private @Nullable Position since;
    private long last;

    /** How much a join had brought when the loss of access came in between; -1 where it didn't. */
    private int shutOutAfter = -1;

    /** A promise that was not kept, with all that the client was told. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1L;

        Broken(String words) {
            super(words);
        }
    }

    Account(String who) {
        this.who = who;
    }

    boolean isIn() {
        return phase == Phase.IN;
    }

    boolean awaitsAnAnswer() {
        return phase == Phase.JOINING;
    }

    /** How far it has read. */
    long last() {
        return last;
    }

    void joins(@Nullable Position position) {
        note("asks to join since " + position);
        phase = Phase.JOINING;
        since = position;
        brought.clear();
        shutOutAfter = -1;
    }

    void message(long id) {
        note("id " + id);
        switch (phase) {
            case OUT -> throw broken("a message without being a member");
            case JOINING -> {
                if (since == null) {
                    throw broken("a message before the answer to a join without a position");
                }
                if (id <= last) {
                    throw broken("a join brought id " + id + " after " + last);
                }
                brought.add(id);
            }
            case IN -> {
                if (id != last + 1) {
                    throw broken("id " + id + " came after " + last);
                }
            }
        }
        last = id;
    }

    /** The answer to a join; without a replay where no position was given. */
    void joined(Position began, @Nullable Replay replay) {
        note("joined at " + began.id() + " " + replay);
        if (phase != Phase.JOINING) {
            throw broken("an answer to no join");
        }
        if (shutOutAfter > 0) {
            throw broken("let in although access was lost on the way");
        }
        if (replay != null) {
            boolean whole = since != null && began.id() - since.id() == brought.size();
            if (replay.recovered() != whole) {
                throw broken("recovered is not what was brought");
            }
            if (replay.missed() != brought.size() || (!brought.isEmpty() && brought.getLast() > began.id())) {
                throw broken("not as much was brought as was said");
            }
        }
        last = began.id();
        phase = Phase.IN;
    }

    void refused() {
        note("refused");
        if (shutOutAfter >= 0 && brought.size() > shutOutAfter) {
            throw broken("messages behind the loss of access");
        }
        phase = Phase.OUT;
    }

    void removed() {
        note("access removed");
        if (phase == Phase.JOINING) {
            shutOutAfter = brought.size();
        } else {
            phase = Phase.OUT;
        }
    }

    void left() {
        note("left");
        phase = Phase.OUT;
    }

    /** Nothing comes any more. */
    void ends(long head) {
        if (awaitsAnAnswer()) {
            throw broken("a join was never answered");
        }
        if (isIn() && last != head) {
            throw broken("ids after " + last + " never came, and the head is " + head);
        }
    }

    private void note(String what) {
        told.add(what);
    }

    private Broken broken(String words) {
        return new Broken(who + ": " + words + ", behind " + told);
    }
}
