package dev.confab.chatservice;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Value;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a request, each of which must be of the type that its reader asks for. */
record Arguments(List<Value> values) {

    Value any(int index) {
        return values.get(index);
    }

    String text(int index) {
        return any(index) instanceof Value.Text(String text) ? text : wrong(index);
    }

    boolean truth(int index) {
        return any(index) instanceof Value.Bool(boolean truth) ? truth : wrong(index);
    }

    List<String> texts(int index) {
        if (!(any(index) instanceof Value.Arr(List<Value> items))) {
            return wrong(index);
        }
        var texts = new ArrayList<String>(items.size());
        for (Value item : items) {
            texts.add(item instanceof Value.Text(String text) ? text : wrong(index));
        }
        return texts;
    }

    /** A number that is not below {@code least}, cut to its whole part: ids are whole, and so are counts. */
    long atLeast(long least, int index) {
        return any(index) instanceof Value.Num number && number.asDouble() >= least && Double.isFinite(number.asDouble())
                ? number.asLong()
                : wrong(index);
    }

    Body body(int index) {
        return any(index) instanceof Value.Obj fields ? Body.of(fields) : wrong(index);
    }

    private <T> T wrong(int index) {
        throw new ChatException(ChatError.badArgument(index, any(index)));
    }
}
