package dev.confab.engine;

import dev.confab.ChatOptions;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.DirectMessage;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomMessage;
import dev.confab.spi.Request;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what connections ask for, as far as their rate limits and their users' allow. Where no limit is set it keeps
 * nothing.
 */
final class RateGate {

    /** So many users at most are remembered who have left before their budgets were whole again. */
    private static final int MOST_GONE = 10_000;

    private final Rates ofConnections;
    private final @Nullable UserBudgets ofUsers;
    private final boolean closes;
    private final Clock clock;
    private final Counters counters;

    RateGate(ChatOptions options, Clock clock, Counters counters) {
        this.ofConnections = Rates.ofConnections(options);
        Rates users = Rates.ofUsers(options);
        this.ofUsers = users.areOff() ? null : new UserBudgets(users, MOST_GONE);
        this.closes = options.closeOverLimit();
        this.clock = clock;
        this.counters = counters;
    }

    /** A connection has logged in. */
    void enter(Session session, String user) {
        if (ofUsers != null) {
            session.limit(new Budget(ofConnections, ofUsers.enter(user, now())));
        } else if (!ofConnections.areOff()) {
            session.limit(new Budget(ofConnections, null));
        }
    }

    /** A connection that has logged in has ended. */
    void leave(String user) {
        if (ofUsers != null) {
            ofUsers.leave(user, now());
        }
    }

    /**
     * Lets a request through, or answers it, or ends its connection. On the session's queue.
     *
     * @return whether the request is to be carried out
     */
    boolean lets(Session session, Request request) {
        Budget budget = session.budget();
        if (budget == null) {
            return true;
        }
        long wait = budget.pay(isMessage(request), request.weight(), now());
        if (wait == 0) {
            return true;
        }
        counters.rateLimited();
        if (closes) {
            session.cutOff(CloseReason.RATE_LIMITED);
        } else {
            refuse(request, ChatError.rateLimited(Math.ceilDiv(wait, 1_000_000)));
        }
        return false;
    }

    private static boolean isMessage(Request request) {
        return request instanceof Request.Ask<?> ask
                && (ask.command() instanceof RoomMessage || ask.command() instanceof DirectMessage);
    }

    private static void refuse(Request request, ChatError error) {
        switch (request) {
            case Request.Ask<?> ask -> ask.reply().accept(Outcome.failure(error));
            case Request.Custom custom -> custom.reply().accept(Outcome.failure(error));
            case Request.Misfit misfit -> misfit.reply().accept(Outcome.failure(error));
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
