package dev.confab.bench;

/**
 * When a run does what, in {@link System#nanoTime}.
 *
 * @param start when the first message is due
 * @param measureFrom when measuring begins
 * @param stop when measuring ends and nothing more is due
 */
record Timeline(long start, long measureFrom, long stop) {

    boolean measures(long time) {
        return time - measureFrom >= 0 && time - stop < 0;
    }
}
