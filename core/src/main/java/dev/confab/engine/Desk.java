package dev.confab.engine;

import dev.confab.Confab;
import dev.confab.Hello;
import dev.confab.Login;
import dev.confab.LoginHook;
import dev.confab.RequestHandler;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.CloseReason;
import dev.confab.protocol.Command;
import dev.confab.protocol.Event;
import dev.confab.protocol.Names;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Plain;
import dev.confab.protocol.Value;
import dev.confab.spi.PresenceStore;
import dev.confab.spi.Request;
import dev.confab.spi.RoomStore;
import dev.confab.spi.Store;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where what connections ask is taken up: logins, requests and ends, each on the queue of its session. */
final class Desk {

    private static final System.Logger LOG = System.getLogger("dev.confab");

    /** Ends that the server brings about for what a client does, and that an operator may be asked about. */
    private static final Set<CloseReason> NOTED =
            EnumSet.of(CloseReason.TOO_SLOW, CloseReason.LEFT_BEHIND, CloseReason.RATE_LIMITED);

    private final Confab chat;
    private final LoginHook loginHook;
    private final HookRunner runner;
    private final Dispatcher dispatcher;
    private final Presence presence;
    private final PresenceStore store;
    private final Roster roster;
    private final RoomStore rooms;
    private final Counters counters;
    private final RateGate rates;
    private final Runnable pace;
    private final SerialQueue.Rules queues;
    private final Tally sessions = new Tally();
    private final Tally commands = new Tally();
    private volatile boolean closing;

    Desk(
            Confab chat,
            LoginHook loginHook,
            HookRunner runner,
            Dispatcher dispatcher,
            Presence presence,
            Store store,
            Roster roster,
            Counters counters,
            RateGate rates,
            Runnable pace,
            SerialQueue.Rules queues) {
        this.chat = chat;
        this.loginHook = loginHook;
        this.runner = runner;
        this.dispatcher = dispatcher;
        this.presence = presence;
        this.store = store.presence();
        this.rooms = store.rooms();
        this.roster = roster;
        this.counters = counters;
        this.rates = rates;
        this.pace = pace;
        this.queues = queues;
    }

    void login(Session session) {
        String name = null;
        try {
            Login login =
                    runner.run("login", () -> loginHook.login(new Hello(chat, session.id(), session.handshake())));
            name = login.user();
            if (name == null || name.isEmpty()) {
                throw new ChatException(ChatError.noLogin());
            }
            admit(session, Names.check(name), login.data());
        } catch (ChatException refused) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "login refused: {0}{1}",
                    refused.error().code(),
                    of(name, session));
            session.reject(refused.error());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "login failed" + of(name, session), e);
            session.reject(ChatError.internalError());
        }
    }

    private void admit(Session session, String user, Value.Obj data) {
        if (!session.isConnected()) {
            throw new ChatException(ChatError.noSocket("connection"));
        }
        session.named(user);
        roster.login(user, session);
        int connections;
        try {
            connections = store.connect(user, session.id());
        } catch (RuntimeException e) {
            roster.logout(user, session);
            throw e;
        }
        rates.enter(session, user);
        session.admitted();
        store.tell(user, new Event.ConnectEcho(session.id(), connections), session.id());
        session.confirm(new Event.LoginConfirmed(user, withId(data, session.id())));
    }

    /** Who it is about: the name, where the hook has given one, and the address, where there is one. */
    private static String of(@Nullable String name, Session session) {
        String user = name == null || name.isEmpty() ? "" : ", of " + Plain.quoted(name);
        String address = session.handshake().address();
        return address.isEmpty() ? user : user + ", from " + address;
    }

    private static Value.Obj withId(Value.Obj data, String id) {
        var told = Value.Obj.builder();
        for (int i = 0; i < data.size(); i++) {
            told.put(data.name(i), data.value(i));
        }
        return told.put("id", Value.of(id)).build();
    }

    /**
     * Answers a request; one of a connection that is not logged in or was cut off, or of a server that closes, goes
     * unanswered.
     */
    void serve(Session session, Request request) {
        pace.run();
        commands.enter();
        try {
            if (!session.isAdmitted() || session.isCutOff() || closing || !rates.lets(session, request)) {
                return;
            }
            switch (request) {
                case Request.Ask<?> ask -> answer(session, ask);
                case Request.Custom custom -> custom.reply().accept(handle(session, custom));
                case Request.Misfit misfit -> misfit.reply().accept(Outcome.failure(misfit.error()));
            }
        } finally {
            commands.exit();
        }
    }

    private <R> void answer(Session session, Request.Ask<R> request) {
        var asker = Asker.client(String.valueOf(session.userName()), session.id());
        dispatcher.carryOut(asker, request.command(), request.rest(), request.reply());
    }

    private Outcome<Value> handle(Session session, Request.Custom custom) {
        RequestHandler handler = session.handler(custom.name());
        if (handler == null) {
            return Outcome.failure(ChatError.noCommand(custom.name()));
        }
        try {
            List<Value> values = runner.run("request", () -> handler.handle(session, custom.args()));
            return new Outcome.Answered<>(values);
        } catch (ChatException refused) {
            return Outcome.failure(refused.error());
        }
    }

    /** Waits while doors have more to write than may wait. Holding no lock, and on no thread of a door's. */
    void pace() {
        pace.run();
    }

    /** How the queues of sessions are: each task may block, and none waits for that of another session. */
    SerialQueue.Rules queues() {
        return queues;
    }

    CatchUp catchUp(Session session) {
        return new CatchUp(session, rooms, counters);
    }

    /** The end of a connection: the last thing on its queue. */
    void end(Session session, CloseReason reason) {
        counters.closed(reason);
        String user = session.userName();
        if (NOTED.contains(reason)) {
            LOG.log(System.Logger.Level.INFO, "connection closed: {0}{1}", reason, of(user, session));
        }
        try {
            if (user != null && session.isAdmitted()) {
                rates.leave(user);
                roster.logout(user, session);
                presence.disconnect(session, user);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "clearing up after connection " + session.id() + " failed", e);
        } finally {
            roster.remove(session);
            sessions.exit();
        }
    }

    /** Takes a connection in; {@link #end} lets it go. */
    void welcome(Session session) {
        sessions.enter();
        roster.add(session);
        session.begin();
        if (closing) {
            session.connection().close(CloseReason.SERVER_SHUTDOWN);
        }
    }

    /** Gives a command in the server's name, on the calling thread. */
    <R> Outcome<R> call(Asker asker, Command<R> command, List<Value> rest) {
        pace.run();
        commands.enter();
        try {
            return dispatcher.call(asker, command, rest);
        } finally {
            commands.exit();
        }
    }

    /** Takes up no request of a client's any more, and waits for those that are under way. */
    boolean finishCommands(Duration patience) throws InterruptedException {
        closing = true;
        return commands.await(patience);
    }

    /** Waits until all sessions have ended. */
    boolean awaitSessions(Duration patience) throws InterruptedException {
        return sessions.await(patience);
    }
}
