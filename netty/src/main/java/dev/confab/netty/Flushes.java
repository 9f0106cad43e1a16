package dev.confab.netty;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is yet to be flushed on a lane: sessions that were written to, and audiences that were told something. Where one
 * of these is large, a turn at a time: between turns the loop reads, and what that brings goes out with the rest to those
 * whose turn is still to come. So a large room keeps nobody from being read, and is written to as seldom as may be. On the
 * loop only.
 *
 * <p>A large audience that speaks while no other one does tells its members only as they are flushed, so that what is
 * known of each is fetched into the CPU's caches once. Whatever else is to be said to one of them in between has to
 * {@linkplain #tell let it know} first.
 */
final class Flushes {

    /** So many sessions are flushed at most, where an audience has more, before the loop looks for what clients have sent. */
    static final int TURN = 64;

    /** So many bytes said at most before a flush goes to its end, counted once where many share them. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** So many of them at most to one connection, or to one audience: what fills an outbox is noticed between flushes. */
    static final int SHARE_BYTES = 64 * 1024;

    private final EventLoop loop;
    private final int turn;
    private final Runnable next = this::flushNext;
    private final Deque<EngineSession> dirty = new ArrayDeque<>();
    private final List<NettyAudience> speaking = new ArrayList<>();
    private int unflushed;
    private boolean crowded;
    private boolean inTurns;
    private boolean underWay;

    /** So many at the head of what is dirty are flushed before the members who are yet to be told: they have answers. */
    private int ahead;

    /** The audience whose members are told as they are flushed. */
    private @Nullable NettyAudience telling;

    /** So often one of its members had to be told earlier, and was looked for. */
    private int lookedFor;

    Flushes(EventLoop loop, int turn) {
        this.loop = loop;
        this.turn = turn;
    }

    /** Whether something waits. */
    boolean any() {
        return !dirty.isEmpty() || !speaking.isEmpty();
    }

    /** Whether a turn is to come. */
    boolean isUnderWay() {
        return underWay;
    }

    // ---- what is to be flushed

    /** Notes that a session has something to flush. */
    void add(EngineSession session) {
        dirty.add(session);
    }

    /**
     * Notes that an audience is being told something, until everybody has been flushed.
     *
     * @param size how many it has
     * @return whether it tells its members as they are flushed; else all of them at once
     */
    boolean speaks(NettyAudience audience, int size) {
        tellRest();
        boolean large = size > turn;
        inTurns |= large;
        if (large && speaking.isEmpty()) {
            telling = audience;
            lookedFor = 0;
        }
        speaking.add(audience);
        return telling != null;
    }

    /** Lets one know what its audience has said, before something else is said to it. */
    void tell(NamespaceSocket member) {
        if (telling != null && lookedFor++ < turn) {
            telling.tell(member);
        } else {
            // looking for each would cost more
            tellRest();
        }
    }

    /** Lets everybody know what their audience has said. */
    void tellRest() {
        if (telling != null) {
            telling.tellRest();
            telling = null;
        }
    }

    /**
     * Notes that a session, or all of an audience, were told something.
     *
     * @param bytes how much it was
     * @param all how much they were told since a flush came to its end
     */
    void said(int bytes, int all) {
        unflushed += bytes;
        crowded |= all > SHARE_BYTES;
    }

    // ---- flushing

    /** Begins to flush whatever waits for it. */
    void begin() {
        if (!underWay) {
            ahead = dirty.size();
            takeTurn();
        }
    }

    /** Sessions may have something to flush again because they are flushed; they come behind the others. */
    private void takeTurn() {
        underWay = true;
        flush(inTurns ? turn : Integer.MAX_VALUE);
        underWay = hasMore();
        if (underWay) {
            loop.schedule(this::takeTurn, 1, TimeUnit.NANOSECONDS);
        }
    }

    /** Flushes to the end, without turns, where much waits. */
    void limit() {
        if (unflushed > MOST_BYTES || crowded) {
            finish();
        }
    }

    /** Flushes to the end, without turns. */
    void finish() {
        // before, since what is told when something has left may act on this lane within the flush
        crowded = false;
        unflushed = 0;
        flush(Integer.MAX_VALUE);
    }

    private void flush(int most) {
        for (int left = most; left > 0 && hasMore(); left--) {
            NettyLane.run(next);
        }
        if (!hasMore()) {
            settle();
        }
    }

    private void flushNext() {
        if (telling == null || ahead > 0) {
            ahead--;
            dirty.remove().flush();
        } else if (telling.hasUntold()) {
            telling.flushNext();
        } else {
            telling = null;
        }
    }

    private boolean hasMore() {
        return telling != null || !dirty.isEmpty();
    }

    /** Everybody has been flushed, or the loop has ended between two turns. */
    void settle() {
        telling = null;
        inTurns = false;
        crowded = false;
        unflushed = 0;
        for (int i = 0; i < speaking.size(); i++) {
            NettyLane.run(speaking.get(i)::settle);
        }
        speaking.clear();
    }
}
