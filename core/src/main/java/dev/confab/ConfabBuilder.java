package dev.confab;

import dev.confab.engine.Engine;
import dev.confab.engine.Setup;
import dev.confab.protocol.Command;
import dev.confab.spi.Store;
import dev.confab.spi.Transport;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

/**
 * Describes a server, and starts it. A store and a login are needed; doors, hooks and options as one likes.
 *
 * <p>Not for use by several threads at once.
 */
public final class ConfabBuilder {

    private final Setup.Collector setup = new Setup.Collector();

    ConfabBuilder() {}

    /**
     * Sets where rooms and users are kept. The server opens the store, and closes it in the end.
     *
     * @param store a store that is used by no other server
     * @return this
     */
    public ConfabBuilder store(Store store) {
        setup.store = store;
        return this;
    }

    /**
     * Adds a door. Doors open in the order in which they were added.
     *
     * @param door a door that is used by no other server
     * @return this
     */
    public ConfabBuilder door(Transport door) {
        setup.doors.add(door);
        return this;
    }

    /**
     * Sets who decides who a client is. Without it every login fails with {@code noLogin}.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder login(LoginHook hook) {
        setup.login = hook;
        return this;
    }

    /**
     * Sets the options.
     *
     * @param options all of them
     * @return this
     */
    public ConfabBuilder options(ChatOptions options) {
        setup.options = options;
        return this;
    }

    /**
     * Adds a hook before a type of commands. Several run in the order in which they were added, each with the command
     * that the one before left.
     *
     * @param type the type
     * @param hook the hook
     * @param <R> what a successful reply holds
     * @param <C> the type
     * @return this
     */
    public <R, C extends Command<R>> ConfabBuilder before(Class<C> type, BeforeHook<C, R> hook) {
        setup.before.computeIfAbsent(type, _ -> new ArrayList<>()).add(hook);
        return this;
    }

    /**
     * Adds a hook after a type of commands. Several run in the reverse of the order in which they were added, so that
     * hooks nest.
     *
     * @param type the type
     * @param hook the hook
     * @param <R> what a successful reply holds
     * @param <C> the type
     * @return this
     */
    public <R, C extends Command<R>> ConfabBuilder after(Class<C> type, AfterHook<C, R> hook) {
        setup.after.computeIfAbsent(type, _ -> new ArrayList<>()).addFirst(hook);
        return this;
    }

    /**
     * Adds a hook for the start: runs when the store is open and before any door is. A throw stops the start.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder onStart(LifecycleHook<Confab> hook) {
        setup.onStart.add(hook);
        return this;
    }

    /**
     * Adds a hook for the end: runs when all doors are closed and before the store is. A throw is thrown by
     * {@link Confab#close} in the end.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder onClose(LifecycleHook<Closing> hook) {
        setup.onClose.add(hook);
        return this;
    }

    /**
     * Adds a hook for joins: runs when the membership is stored, before anybody hears of it. A throw takes the join
     * back and becomes the reply. Never runs at the same time as another join or leave of the same user and room; to
     * join or leave that room as that user from inside it throws at once.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder onJoin(LifecycleHook<Join> hook) {
        setup.onJoin.add(hook);
        return this;
    }

    /**
     * Adds a hook for leaves: explicit ones, those of connections that end, and those of users who lose access. A throw
     * is logged. Never runs at the same time as another join or leave of the same user and room; to join or leave that
     * room as that user from inside it throws at once.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder onLeave(LifecycleHook<Leave> hook) {
        setup.onLeave.add(hook);
        return this;
    }

    /**
     * Adds a hook for connections that end after their login. Runs after everything else about them; a throw is logged.
     *
     * @param hook the hook
     * @return this
     */
    public ConfabBuilder onDisconnect(LifecycleHook<Disconnect> hook) {
        setup.onDisconnect.add(hook);
        return this;
    }

    /**
     * Sets which room messages are in order. Without it the options decide.
     *
     * @param check the check
     * @return this
     */
    public ConfabBuilder checkRoomMessages(MessageCheck check) {
        setup.roomCheck = check;
        return this;
    }

    /**
     * Sets which direct messages are in order. Without it the options decide.
     *
     * @param check the check
     * @return this
     */
    public ConfabBuilder checkDirectMessages(MessageCheck check) {
        setup.directCheck = check;
        return this;
    }

    /**
     * Adds someone who hears what happens to the server itself.
     *
     * @param listener the listener
     * @return this
     */
    public ConfabBuilder listener(ConfabListener listener) {
        setup.listeners.add(listener);
        return this;
    }

    /**
     * Sets the clock of timestamps. Default: the system's.
     *
     * @param clock the clock
     * @return this
     */
    public ConfabBuilder clock(Clock clock) {
        setup.clock = clock;
        return this;
    }

    /**
     * Sets where this node's id comes from. Default: a {@link SecureRandom}, and nothing less will do in production.
     *
     * @param random the source
     * @return this
     */
    public ConfabBuilder random(RandomGenerator random) {
        setup.random = random;
        return this;
    }

    /**
     * Starts the server: opens the store, runs {@code onStart}, opens the doors.
     *
     * @return the running server
     * @throws java.io.IOException where a door can't be opened; everything opened before is closed again
     * @throws IllegalStateException where there is no store, or {@code onStart} has failed
     */
    public Confab start() throws IOException {
        return Engine.start(setup.complete());
    }
}
