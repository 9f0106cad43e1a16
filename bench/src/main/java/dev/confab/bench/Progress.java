package dev.confab.bench;

import java.io.PrintStream;

/** One line that says how a run is going: drawn over and over on a terminal, now and then a new one elsewhere. */
final class Progress {

    private static final int WIDTH = 100;
    private static final long LINES_APART = 5_000_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private String topic = "";
    private long saidAt;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Says where the run is.
     *
     * @param newTopic what it does now
     * @param words how far it is with that
     */
    void say(String newTopic, String words) {
        long now = System.nanoTime();
        if (terminal) {
            String line = newTopic + " " + words;
            out.print("\r" + line.substring(0, Math.min(line.length(), WIDTH)) + "\u001b[K");
            out.flush();
        } else if (!newTopic.equals(topic) || now - saidAt > LINES_APART) {
            out.println(newTopic + " " + words);
            saidAt = now;
        }
        topic = newTopic;
    }

    /** Makes room for what follows. */
    void clear() {
        if (terminal) {
            out.print("\r\u001b[K");
            out.flush();
        }
    }
}
