package dev.confab.engine;

import dev.confab.protocol.Message;
import dev.confab.protocol.Position;
import dev.confab.protocol.Replay;
import dev.confab.spi.PresenceStore.Membership;
import dev.confab.spi.RoomStore.LogPage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A join that brings what was missed: a cursor from the client's position to the one that the membership began at. It
 * is answered once, when it has come there or its membership has ended.
 */
final class PendingJoin {

    private final Member member;
    private final Position began;
    private final long firstId;
    private final Consumer<Replay> arrived;
    private final Runnable expelled;
    private long position;
    private int brought;
    private boolean complete;
    private boolean answered;

    /**
     * A join on its way.
     *
     * @param limit how many messages to bring at most
     * @param arrived answers it with what was brought
     * @param expelled answers it where the membership has ended
     */
    PendingJoin(Arrival arrival, @Nullable Position since, int limit, Consumer<Replay> arrived, Runnable expelled) {
        Membership membership = arrival.membership();
        this.member = arrival.member();
        this.began = membership.position();
        this.firstId = membership.firstId();
        this.arrived = arrived;
        this.expelled = expelled;
        boolean isOfThisLog = since != null && since.epoch().equals(began.epoch()) && since.id() <= began.id();
        long from = since != null && isOfThisLog ? since.id() : began.id();
        this.position = membership.isNew() ? Math.max(from, Math.max(firstId - 1, began.id() - limit)) : began.id();
        this.complete = isOfThisLog && position == from;
    }

    Member member() {
        return member;
    }

    /** The epoch of the log, and the id to read on behind. */
    Position readsFrom() {
        return began.at(position);
    }

    /** Whether all was brought that is to be. */
    boolean isThere() {
        return position >= began.id();
    }

    /** Takes from a page what is to be brought, and notes whether something between was dropped already. */
    List<Message> take(LogPage page) {
        List<Message> messages = page.messages().stream()
                .filter(message -> message.id() <= began.id())
                .toList();
        long next = messages.isEmpty() ? began.id() + 1 : messages.getFirst().id();
        complete = complete && next == position + 1;
        position = messages.isEmpty() ? began.id() : messages.getLast().id();
        brought += messages.size();
        return messages;
    }

    /** The page that was taken can't be brought: another join of this connection was answered first, and is live. */
    void overtaken(int messages) {
        complete = false;
        brought -= messages;
        position = began.id();
    }

    /** Answers it, and lets its member go live. */
    void arrive() {
        var replay = new Replay(firstId, complete, brought);
        if (member.feed.goLive(member, () -> answer(() -> arrived.accept(replay)))) {
            member.session.settled(this);
        }
    }

    /** Answers it, where it is not answered yet: the membership, or the connection, has ended. */
    void abort() {
        answer(expelled);
    }

    private void answer(Runnable reply) {
        synchronized (this) {
            if (answered) {
                return;
            }
            answered = true;
        }
        reply.run();
    }
}
