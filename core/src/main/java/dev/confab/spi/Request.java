package dev.confab.spi;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Command;
import dev.confab.protocol.Outcome;
import dev.confab.protocol.Value;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a connection asks, as its dialect understood it.
 *
 * <p>A request is answered exactly once, on any thread, by a call of its reply, unless the connection ended before.
 */
public sealed interface Request {

    /**
     * The memory that the request holds while it waits, in bytes.
     *
     * @return an estimate
     */
    int weight();

    /**
     * A command.
     *
     * @param command the command
     * @param rest what the client sent beyond the command's own arguments, for hooks
     * @param reply takes the outcome
     * @param weight the memory it holds while it waits, in bytes
     * @param <R> what a successful reply holds
     */
    record Ask<R>(Command<R> command, List<Value> rest, Consumer<Outcome<R>> reply, int weight) implements Request {
        /** Copies the rest. */
        public Ask {
            rest = List.copyOf(rest);
        }
    }

    /**
     * A request of the embedder's own, under a name that is no command.
     *
     * @param name its name
     * @param args its arguments
     * @param reply takes the outcome; {@code noCommand} where nobody handles the name
     * @param weight the memory it holds while it waits, in bytes
     */
    record Custom(String name, List<Value> args, Consumer<Outcome<Value>> reply, int weight) implements Request {
        /** Copies the arguments. */
        public Custom {
            args = List.copyOf(args);
        }
    }

    /**
     * Something that is no command, to be refused when its turn comes.
     *
     * @param error why
     * @param reply takes the refusal
     * @param weight the memory it holds while it waits, in bytes
     */
    record Misfit(ChatError error, Consumer<Outcome<?>> reply, int weight) implements Request {}
}
