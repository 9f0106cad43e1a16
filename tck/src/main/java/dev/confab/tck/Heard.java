package dev.confab.tck;

import dev.confab.protocol.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a client was told: an event, or the reply to one of its requests. */
public sealed interface Heard {

    /**
     * An event.
     *
     * @param name its name
     * @param args its arguments
     */
    record Event(String name, List<Value> args) implements Heard {
        /** Copies the arguments. */
        public Event {
            args = List.copyOf(args);
        }

        /**
         * An event of plain Java data, to compare with what was heard.
         *
         * @param name its name
         * @param args its arguments, as {@link Value#of(Object)} takes them
         * @return the event
         */
        public static Event of(String name, @Nullable Object... args) {
            return new Event(name, Plain.values(args));
        }

        /**
         * One of the arguments.
         *
         * @param index its place, from 0
         * @return the argument
         * @throws IndexOutOfBoundsException where there is none
         */
        public Value arg(int index) {
            return args.get(index);
        }

        @Override
        public String toString() {
            return name + args;
        }
    }

    /**
     * A reply.
     *
     * @param request the request's number: a client's first request that wants a reply is number 1
     * @param values {@code [error, result, …]}
     */
    record Reply(long request, List<Value> values) implements Heard {
        /** Copies the values. */
        public Reply {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return "reply " + request + values;
        }
    }
}
