package dev.confab.engine;

import dev.confab.Confab;
import dev.confab.ConfabListener.Inconsistency;
import dev.confab.ConfabListener.Kind;
import dev.confab.MessageCheck;
import dev.confab.engine.Presence.OwnTurnException;
import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Command;
import dev.confab.protocol.DirectMessage;
import dev.confab.protocol.Joined;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Replay;
import dev.confab.protocol.Resume;
import dev.confab.protocol.RoomCommand;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.UserCommand;
import dev.confab.protocol.Value;
import dev.confab.spi.UserStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries out commands: check, hooks, the command itself, exactly one reply. */
final class Dispatcher {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    private final Confab chat;
    private final HookChain hooks;
    private final HookRunner runner;
    private final RoomDesk rooms;
    private final UserDesk users;
    private final Listeners listeners;
    private final UserStore userStore;
    private final @Nullable MessageCheck roomCheck;
    private final @Nullable MessageCheck directCheck;
    private final boolean anyObject;
    private final int replayLimit;

    Dispatcher(Confab chat, Setup setup, HookRunner runner, RoomDesk rooms, UserDesk users, Listeners listeners) {
        this.chat = chat;
        this.hooks = new HookChain(setup, runner);
        this.runner = runner;
        this.rooms = rooms;
        this.users = users;
        this.listeners = listeners;
        this.userStore = setup.store().users();
        this.roomCheck = setup.roomCheck();
        this.directCheck = setup.directCheck();
        this.anyObject = setup.options().anyObject();
        this.replayLimit = setup.options().historyMaxGetMessages() == 0
                ? 0
                : setup.options().replayMaxMessages();
    }

    /** Carries out a client's command and replies, on whatever the command led to. */
    <R> void carryOut(Asker asker, Command<R> command, List<Value> rest, Consumer<Outcome<R>> reply) {
        var ask = new Ask<>(chat, asker, command, rest);
        settle(ask, outcome(ask), reply);
    }

    /** Carries out the server's command. */
    <R> Outcome<R> call(Asker asker, Command<R> command, List<Value> rest) {
        if (asker.user() != null && !userStore.exists(asker.user())) {
            return Outcome.failure(ChatError.noUser(asker.user()));
        }
        var ask = new Ask<>(chat, asker, command, rest);
        var answer = new CompletableFuture<Outcome<R>>();
        settle(ask, outcome(ask), answer::complete);
        return answer.join();
    }

    /** Checks what can be checked of a command without carrying it out. */
    void check(Command<?> command) {
        switch (command) {
            case RoomMessage message -> check(message.body(), roomCheck);
            case DirectMessage message -> check(message.body(), directCheck);
            default -> {}
        }
    }

    private void check(Body body, @Nullable MessageCheck check) {
        if (check != null) {
            runner.run("message check", () -> {
                check.check(body.withoutReserved());
                return true;
            });
        } else if (!anyObject && !body.isText()) {
            throw new ChatException(ChatError.badArgument(1, body.fields()));
        }
    }

    private <R> Outcome<R> outcome(Ask<Command<R>> ask) {
        try {
            check(ask.command());
            return hooks.around(ask, () -> run(ask));
        } catch (ChatException refused) {
            return Outcome.failure(refused.error());
        } catch (OwnTurnException misuse) {
            throw misuse;
        } catch (RuntimeException e) {
            return internalError(ask, e);
        }
    }

    private <R> Outcome<R> run(Ask<Command<R>> ask) {
        try {
            return Outcome.success(result(ask));
        } catch (ChatException refused) {
            return Outcome.failure(refused.error());
        } catch (OwnTurnException misuse) {
            throw misuse;
        } catch (RuntimeException e) {
            return internalError(ask, e);
        }
    }

    @SuppressWarnings("unchecked") // each desk answers a command with what the command's type says
    private <R> R result(Ask<Command<R>> ask) {
        return (R)
                switch (ask.command()) {
                    case RoomCommand<?> command -> rooms.run(ask, command);
                    case UserCommand<?> command -> users.run(ask, command);
                };
    }

    /**
     * Replies; a join that lost its membership while its hooks ran is refused after all. A connection that can't be made
     * to hear its room ends: it comes back better than deaf.
     */
    private <R> void settle(Ask<Command<R>> ask, Outcome<R> outcome, Consumer<Outcome<R>> reply) {
        Arrival arrival = ask.arrival();
        if (arrival == null) {
            reply.accept(outcome);
            return;
        }
        Member member = arrival.member();
        try {
            if (arrival.resume() != null && !(outcome instanceof Outcome.Failure)) {
                bring(arrival, arrival.resume(), outcome, reply);
            } else if (!member.feed.goLive(member, () -> reply.accept(outcome))) {
                reply.accept(outcome instanceof Outcome.Success ? Outcome.failure(ChatError.notAllowed()) : outcome);
            }
        } catch (RuntimeException e) {
            listeners.transportInconsistent(
                    e,
                    new Inconsistency(
                            Kind.TRANSPORT_CHANNEL,
                            String.valueOf(member.session.userName()),
                            ask.command() instanceof RoomCommand<?> command ? command.room() : null,
                            member.session.id()));
            member.session.connection().close(CloseReason.CONNECTION_LOST);
        }
    }

    /** Brings what a join has missed before it is answered, while the connection's other requests go on. */
    private <R> void bring(Arrival arrival, Resume resume, Outcome<R> outcome, Consumer<Outcome<R>> reply) {
        var join = new PendingJoin(
                arrival,
                resume.since(),
                replayLimit,
                replay -> reply.accept(with(replay, outcome)),
                () -> reply.accept(Outcome.failure(ChatError.notAllowed())));
        arrival.member().session.begins(join);
    }

    @SuppressWarnings("unchecked") // a reply to a join stays one
    private static <R> Outcome<R> with(Replay replay, Outcome<R> outcome) {
        return outcome instanceof Outcome.Success<R>(Joined joined, List<Value> extras)
                ? new Outcome.Success<>((R) joined.with(replay), extras)
                : outcome;
    }

    private static <R> Outcome<R> internalError(Ask<?> ask, RuntimeException cause) {
        LOG.log(System.Logger.Level.ERROR, ask.command().getClass().getSimpleName() + " failed", cause);
        return Outcome.failure(ChatError.internalError());
    }
}
