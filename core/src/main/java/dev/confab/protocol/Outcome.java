package dev.confab.protocol;

import java.util.List;

/**
 * How a command ended.
 *
 * @param <R> what a successful reply holds
 */
public sealed interface Outcome<R> {

    /**
     * Carried out.
     *
     * @param result the result
     * @param extras what a hook adds to the reply behind the result
     * @param <R> the type of the result
     */
    record Success<R>(R result, List<Value> extras) implements Outcome<R> {
        /** Copies the extras. */
        public Success {
            extras = List.copyOf(extras);
        }
    }

    /**
     * Answered by a hook in words of its own, in place of a result.
     *
     * @param values the whole reply behind the absence of an error
     * @param <R> what the command's own reply would hold
     */
    record Answered<R>(List<Value> values) implements Outcome<R> {
        /** Copies the values. */
        public Answered {
            values = List.copyOf(values);
        }
    }

    /**
     * Failed.
     *
     * @param error why
     * @param <R> what a successful reply would hold
     */
    record Failure<R>(ChatError error) implements Outcome<R> {}

    /**
     * A success.
     *
     * @param result the result
     * @param extras what to add to the reply behind it
     * @param <R> the type of the result
     * @return the outcome
     */
    static <R> Outcome<R> success(R result, Value... extras) {
        return new Success<>(result, List.of(extras));
    }

    /**
     * An answer in a hook's own words.
     *
     * @param values the whole reply
     * @param <R> what the command's own reply would hold
     * @return the outcome
     */
    static <R> Outcome<R> answered(Value... values) {
        return new Answered<>(List.of(values));
    }

    /**
     * A failure.
     *
     * @param error why
     * @param <R> what a successful reply would hold
     * @return the outcome
     */
    static <R> Outcome<R> failure(ChatError error) {
        return new Failure<>(error);
    }
}
