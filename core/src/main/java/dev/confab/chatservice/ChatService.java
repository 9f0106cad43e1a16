package dev.confab.chatservice;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Command;
import dev.confab.protocol.Event;
import dev.confab.protocol.HistoryInfo;
import dev.confab.protocol.Joined;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.RoomHistoryInfo;
import dev.confab.protocol.Value;
import dev.confab.spi.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chat-service contract, version 1.0, in values. Source: chat-service 1.0.0's RPC documentation and recorded
 * exchanges.
 *
 * <p>Immutable; for use by any number of threads.
 */
public final class ChatService {

    private final ErrorFormat errors;

    /**
     * The contract with one way to spell errors.
     *
     * @param errors the way
     */
    public ChatService(ErrorFormat errors) {
        this.errors = errors;
    }

    /**
     * Understands what a client asks. What it asks wrongly becomes a request too, to be refused when its turn comes.
     *
     * @param name the request's name
     * @param args its arguments
     * @param weight the memory that the arguments hold, in bytes
     * @param ack takes the reply, {@code [error, result, …]}; null where the client wants none
     * @return the request
     */
    public Request read(String name, List<Value> args, int weight, @Nullable Consumer<List<Value>> ack) {
        Consumer<Outcome<?>> reply = outcome -> answer(outcome, ack);
        Verb verb = Verb.named(name);
        if (verb == null) {
            return new Request.Custom(name, args, reply::accept, weight);
        }
        try {
            Command<?> command = verb.read(args);
            boolean positioned = command instanceof RoomHistoryInfo && new Arguments(args).asksForPosition(1);
            return ask(command, verb.rest(args), positioned ? withPosition(reply) : reply, weight);
        } catch (ChatException wrong) {
            return new Request.Misfit(wrong.error(), reply, weight);
        }
    }

    /**
     * Spells a reply.
     *
     * @param outcome how the request ended
     * @return {@code [error, result, …]}
     */
    public List<Value> reply(Outcome<?> outcome) {
        var reply = new ArrayList<Value>(2);
        switch (outcome) {
            case Outcome.Success<?>(Object result, List<Value> extras) -> {
                reply.add(Value.NULL);
                reply.add(Results.spell(result));
                if (result instanceof Joined joined && joined.replay() != null) {
                    reply.add(Results.replay(joined.position(), joined.replay()));
                }
                reply.addAll(extras);
            }
            case Outcome.Answered<?>(List<Value> values) -> {
                reply.add(Value.NULL);
                reply.addAll(values);
            }
            case Outcome.Failure<?>(ChatError error) -> {
                reply.add(errors.spell(error));
                reply.add(Value.NULL);
            }
        }
        return reply;
    }

    /**
     * Spells an event.
     *
     * @param event the event
     * @return its name and arguments
     */
    public Spoken spell(Event event) {
        return event instanceof Event.LoginRejected(ChatError error)
                ? new Spoken("loginRejected", List.of(errors.spell(error)))
                : Events.spell(event);
    }

    /**
     * The contract's name for a command.
     *
     * @param command the command
     * @return its name
     */
    public static String nameOf(Command<?> command) {
        return Verb.of(command).verbName();
    }

    /** Adds where the head is to what a client is told of a history. */
    private static Consumer<Outcome<?>> withPosition(Consumer<Outcome<?>> reply) {
        return outcome -> {
            if (outcome instanceof Outcome.Success<?>(HistoryInfo info, List<Value> extras)) {
                var more = new ArrayList<Value>();
                more.add(Results.position(info.position()));
                more.addAll(extras);
                reply.accept(new Outcome.Success<>(info, more));
            } else {
                reply.accept(outcome);
            }
        };
    }

    private void answer(Outcome<?> outcome, @Nullable Consumer<List<Value>> ack) {
        if (ack != null) {
            ack.accept(reply(outcome));
        }
    }

    private static <R> Request ask(Command<R> command, List<Value> rest, Consumer<Outcome<?>> reply, int weight) {
        return new Request.Ask<>(command, rest, reply::accept, weight);
    }
}
