package dev.confab.bench;

/** An option that can't be understood, or doesn't fit the others. */
final class UnclearException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnclearException(String line) {
        super(line);
    }
}
