package dev.confab.server;

import dev.confab.protocol.Plain;

/** An option that can't be used as it was written. Its message is for whoever wrote it. */
final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String option;
    private final String place;
    private final String reason;

    private Unfit(String option, String place, String reason) {
        super("option " + option + " (" + place + "): " + reason, null, false, false);
        this.option = option;
        this.place = place;
        this.reason = reason;
    }

    /** A value that is none of what is allowed. */
    static Unfit value(Node node, String allowed) {
        String written = switch (node) {
            case Node.Text(var _, String text) -> Plain.quoted(text);
            case Node.Items _ -> "a list";
            case Node.Fields _ -> "a set of keys";
        };
        return because(node, written + " is not " + allowed);
    }

    /** A value that won't do for a reason of its own. */
    static Unfit because(Node node, String reason) {
        return new Unfit("", node.place(), reason);
    }

    /** The same complaint, said of a named option, or of a part of one. */
    Unfit about(String name) {
        return new Unfit(option.isEmpty() ? name : name + "." + option, place, reason);
    }
}
