package dev.confab.netty;

import dev.confab.protocol.ChatError;
import dev.confab.protocol.Value;

/** What a client that is kept out of a namespace is told. */
final class Errors {

    private Errors() {}

    static Value invalidNamespace() {
        return Value.Obj.of("message", Value.of("Invalid namespace"));
    }

    /** Protocol 5 wants an object; protocol 4 takes the arguments of the error, if there are any, or its text. */
    static Value spelled(ChatError error, boolean isV5) {
        Value data = error.args().isEmpty() ? null : new Value.Arr(error.args());
        if (!isV5) {
            return data == null ? Value.of(error.text()) : data;
        }
        var told = Value.Obj.builder().put("message", Value.of(error.text()));
        return data == null ? told.build() : told.put("data", data).build();
    }
}
