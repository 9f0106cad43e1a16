package dev.confab.bench;

/** A run that can't go on, for a reason that its user understands from one line. */
final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BenchException(String line) {
        super(line);
    }

    /** The reason. */
    String line() {
        return String.valueOf(getMessage());
    }
}
