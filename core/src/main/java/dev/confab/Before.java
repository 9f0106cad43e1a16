package dev.confab;

import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;

/**
 * What a before hook decides.
 *
 * @param <R> what a successful reply to the command holds
 */
public sealed interface Before<R> {

    /**
     * Goes on with a command.
     *
     * @param command the command: the one that was asked, or another of the same type in its place
     * @param <R> what a successful reply holds
     */
    record Proceed<R>(Command<R> command) implements Before<R> {}

    /**
     * Answers in the command's place: neither the command nor its after hooks run.
     *
     * @param outcome the answer
     * @param <R> what a successful reply to the command would hold
     */
    record Answer<R>(Outcome<R> outcome) implements Before<R> {}

    /**
     * Goes on.
     *
     * @param command the command to go on with, of the type that was asked
     * @param <R> what a successful reply holds
     * @return the decision
     */
    static <R> Before<R> proceed(Command<R> command) {
        return new Proceed<>(command);
    }

    /**
     * Answers with a result in the command's place.
     *
     * @param result the result
     * @param <R> what a successful reply holds
     * @return the decision
     */
    static <R> Before<R> answer(R result) {
        return new Answer<>(Outcome.success(result));
    }

    /**
     * Answers in words of the hook's own.
     *
     * @param values the whole reply behind the absence of an error; may be empty
     * @param <R> what a successful reply to the command would hold
     * @return the decision
     */
    static <R> Before<R> answerWith(Value... values) {
        return new Answer<>(Outcome.answered(values));
    }
}
