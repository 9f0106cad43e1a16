package dev.confab.server;

import java.util.List;
import java.util.Objects;

/** Settings that can't be used: a line for each thing that is wrong with them, naming the option and its place. */
public final class BadSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadSettings(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
    }

    BadSettings(String problem) {
        this(List.of(problem));
    }

    /**
     * What is wrong.
     *
     * @return one line for each problem; at least one
     */
    public List<String> problems() {
        return Objects.requireNonNull(getMessage()).lines().toList();
    }
}
