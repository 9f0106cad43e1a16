package dev.confab.tck;

import dev.confab.chatservice.ChatService;
import dev.confab.chatservice.Spoken;
import dev.confab.protocol.Event;
import dev.confab.protocol.Value;
import dev.confab.spi.Dialect;
import dev.confab.spi.Frame;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The contract in values, as a loopback client hears it; counts what it encodes. */
final class LoopbackDialect implements Dialect {

    private final ChatService contract;
    private final Map<String, LongAdder> encodings = new ConcurrentHashMap<>();

    LoopbackDialect(ChatService contract) {
        this.contract = contract;
    }

    @Override
    public Frame encode(Event event) {
        Spoken spoken = contract.spell(event);
        encodings.computeIfAbsent(spoken.name(), _ -> new LongAdder()).increment();
        return new Spelled(this, new Heard.Event(spoken.name(), spoken.args()));
    }

    /** How often events of a name were encoded. */
    long encodings(String event) {
        LongAdder count = encodings.get(event);
        return count == null ? 0 : count.sum();
    }

    /** The event in a frame, which must be one of this dialect's. */
    Heard.Event decode(Frame frame) {
        if (frame instanceof Spelled spelled && spelled.dialect == this) {
            return spelled.event;
        }
        throw new IllegalArgumentException("a frame of another dialect: " + frame);
    }

    private record Spelled(LoopbackDialect dialect, Heard.Event event) implements Frame {
        @Override
        public int weight() {
            return new Value.Arr(event.args()).weight();
        }
    }
}
