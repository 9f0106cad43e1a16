package dev.confab.bench;

import java.util.List;
import java.util.Map;

/**
 * What a soak found.
 *
 * @param plan what it was to do
 * @param happened what happened
 * @param heard how often a message was heard
 * @param recovered how many joins brought all that was missed since a position
 * @param unrecovered how many could not, because the room was another one by then or had forgotten too much
 * @param replayed how many messages joins brought
 * @param counts what was found wrong, how often
 * @param faults the first faults in words
 */
record SoakOutcome(
        SoakPlan plan,
        SoakCounts happened,
        long heard,
        long recovered,
        long unrecovered,
        long replayed,
        Map<Fault, Long> counts,
        List<String> faults) {

    boolean passed() {
        return counts.isEmpty();
    }

    /** A text for people. */
    String table() {
        var table = new TextTable();
        table.line(plan.address() + ": " + plan.members() + " members and " + plan.publishers() + " publishers in "
                + plan.rooms() + " rooms, " + Units.seconds(plan.length()) + ", seed " + plan.seed());
        table.line("");
        table.count("messages stored", happened.acknowledged.sum());
        table.count("  sent again", happened.repeated.sum());
        table.count("messages heard", heard);
        table.count("connections cut", happened.drops.sum());
        table.count("  by the server, of slow readers", happened.closed.sum());
        table.count("rooms left", happened.leaves.sum());
        table.count("pauses of slow readers", happened.pauses.sum());
        table.count("joins that recovered", recovered);
        table.count("  messages they brought", replayed);
        table.count("joins that could not", unrecovered);
        table.count("bans", happened.bans.sum());
        table.count("rooms deleted", happened.deletions.sum());
        table.count("refusals because of these", happened.refusals.sum());
        table.line("");
        table.verdict("every member got what it had to get, once and in order, and nothing else", counts, faults);
        return table.toString();
    }
}
