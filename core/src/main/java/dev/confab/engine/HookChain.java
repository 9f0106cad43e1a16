package dev.confab.engine;

import dev.confab.AfterHook;
import dev.confab.Before;
import dev.confab.BeforeHook;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Before hooks, the command, after hooks. */
final class HookChain {

    private final Map<Class<?>, List<BeforeHook<?, ?>>> before;
    private final Map<Class<?>, List<AfterHook<?, ?>>> after;
    private final HookRunner runner;

    HookChain(Setup setup, HookRunner runner) {
        this.before = setup.before();
        this.after = setup.after();
        this.runner = runner;
    }

    /**
     * Carries out a command between its hooks.
     *
     * @param command the command itself; what it throws has become an outcome already
     */
    <R, C extends Command<R>> Outcome<R> around(Ask<C> ask, Supplier<Outcome<R>> command) {
        if (ask.asker().bypassesHooks()) {
            return command.get();
        }
        Class<?> type = ask.command().getClass();
        try {
            for (BeforeHook<?, ?> hook : before.getOrDefault(type, List.of())) {
                if (decide(ask, HookChain.<C, R>typed(hook)) instanceof Before.Answer<R>(Outcome<R> answer)) {
                    return answer;
                }
            }
            Outcome<R> outcome = command.get();
            for (AfterHook<?, ?> hook : after.getOrDefault(type, List.of())) {
                Outcome<R> soFar = outcome;
                outcome = runner.run("after", () -> HookChain.<C, R>typed(hook).after(ask, soFar));
            }
            return outcome;
        } catch (ChatException refused) {
            return Outcome.failure(refused.error());
        }
    }

    private <R, C extends Command<R>> Before<R> decide(Ask<C> ask, BeforeHook<C, R> hook) {
        Before<R> decision = runner.run("before", () -> hook.before(ask));
        if (decision instanceof Before.Proceed<R>(Command<R> command)) {
            if (command.getClass() != ask.command().getClass()) {
                throw new IllegalStateException(
                        "a before hook went on with a " + command.getClass().getSimpleName() + " in place of a "
                                + ask.command().getClass().getSimpleName());
            }
            @SuppressWarnings("unchecked") // the classes are the same
            C same = (C) command;
            ask.replace(same);
        }
        return decision;
    }

    /** Hooks are kept under the type that their builder method paired them with. */
    @SuppressWarnings("unchecked")
    private static <C extends Command<R>, R> BeforeHook<C, R> typed(BeforeHook<?, ?> hook) {
        return (BeforeHook<C, R>) hook;
    }

    /** As for before hooks. */
    @SuppressWarnings("unchecked")
    private static <C extends Command<R>, R> AfterHook<C, R> typed(AfterHook<?, ?> hook) {
        return (AfterHook<C, R>) hook;
    }
}
