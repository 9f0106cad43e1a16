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
        if (any(index) instanceof Value.Text(String text)) {
            return text;
        }
        throw wrong(index);
    }

    boolean truth(int index) {
        if (any(index) instanceof Value.Bool(boolean truth)) {
            return truth;
        }
        throw wrong(index);
    }

    List<String> texts(int index) {
        if (!(any(index) instanceof Value.Arr(List<Value> items))) {
            throw wrong(index);
        }
        var texts = new ArrayList<String>(items.size());
        for (Value item : items) {
            if (!(item instanceof Value.Text(String text))) {
                throw wrong(index);
            }
            texts.add(text);
        }
        return texts;
    }

    /** A number that is not below {@code least}, cut to its whole part: ids are whole, and so are counts. */
    long atLeast(long least, int index) {
        if (any(index) instanceof Value.Num number) {
            double given = number.asDouble();
            if (given >= least && Double.isFinite(given)) {
                return number.asLong();
            }
        }
        throw wrong(index);
    }

    Body body(int index) {
        if (any(index) instanceof Value.Obj fields) {
            return Body.of(fields);
        }
        throw wrong(index);
    }

    private ChatException wrong(int index) {
        return new ChatException(ChatError.badArgument(index, any(index)));
    }
}
