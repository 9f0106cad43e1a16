package dev.confab.engine;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What users have used up of their rate limits on this node, whichever of their connections they ask on. A user without
 * connections is remembered until everything is paid, so that coming back gives nobody more; but no more than so many of
 * them are. Any thread.
 */
final class UserBudgets {

    private final Rates rates;
    private final int mostGone;
    private final Map<String, Shared> here = new HashMap<>();
    private final LinkedHashMap<String, Budget> gone = new LinkedHashMap<>();

    /**
     * No users yet.
     *
     * @param mostGone how many users without connections are remembered; those who left first are forgotten first
     */
    UserBudgets(Rates rates, int mostGone) {
        this.rates = rates;
        this.mostGone = mostGone;
    }

    /** A connection of a user has come; {@link #leave} lets it go. */
    synchronized Budget enter(String user, long now) {
        Shared shared = here.get(user);
        if (shared == null) {
            Budget before = gone.remove(user);
            shared = new Shared(before == null ? new Budget(rates, null) : before);
            here.put(user, shared);
        }
        shared.connections++;
        forget(now);
        return shared.budget;
    }

    synchronized void leave(String user, long now) {
        Shared shared = here.get(user);
        if (shared != null && --shared.connections == 0) {
            here.remove(user);
            gone.put(user, shared.budget);
        }
        forget(now);
    }

    /** Of how many users something is known. */
    synchronized int size() {
        return here.size() + gone.size();
    }

    /** Forgets who has left and owes nothing, from the first on, up to one who still owes; and who is too many. */
    private void forget(long now) {
        Iterator<Budget> first = gone.values().iterator();
        while (first.hasNext() && (first.next().isWhole(now) || gone.size() > mostGone)) {
            first.remove();
        }
    }

    private static final class Shared {
        final Budget budget;
        int connections;

        Shared(Budget budget) {
            this.budget = budget;
        }
    }
}
