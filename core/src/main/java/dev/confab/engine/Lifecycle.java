package dev.confab.engine;

import dev.confab.Closing;
import dev.confab.Confab;
import dev.confab.Disconnect;
import dev.confab.Join;
import dev.confab.Leave;
import dev.confab.LifecycleHook;
import dev.confab.protocol.ChatException;
import java.util.List;

/** Runs the hooks of the life cycle, each with what its throw does. */
final class Lifecycle {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final Confab chat;
    private final Setup setup;
    private final HookRunner runner;

    Lifecycle(Confab chat, Setup setup, HookRunner runner) {
        this.chat = chat;
        this.setup = setup;
        this.runner = runner;
    }

    Confab chat() {
        return chat;
    }

    /** A throw stops the start. */
    void starting() {
        runAll("onStart", setup.onStart(), chat);
    }

    /** A throw is thrown in the end. */
    void closing(Closing closing) {
        runAll("onClose", setup.onClose(), closing);
    }

    /** A throw refuses the join. */
    void joining(Join join) {
        runAll("onJoin", setup.onJoin(), join);
    }

    /** A throw changes nothing. */
    void left(Leave leave) {
        runEach("onLeave", setup.onLeave(), leave);
    }

    /** A throw changes nothing. */
    void disconnected(Disconnect disconnect) {
        runEach("onDisconnect", setup.onDisconnect(), disconnect);
    }

    private <T> void runAll(String name, List<LifecycleHook<T>> hooks, T turn) {
        for (LifecycleHook<T> hook : hooks) {
            runner.run(name, () -> {
                hook.on(turn);
                return true;
            });
        }
    }

    private <T> void runEach(String name, List<LifecycleHook<T>> hooks, T turn) {
        for (LifecycleHook<T> hook : hooks) {
            try {
                runAll(name, List.of(hook), turn);
            } catch (ChatException e) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "{0} hook answered {1}, which nobody hears",
                        name,
                        e.error().code());
            }
        }
    }
}
