package dev.confab.chatservice;

import dev.confab.protocol.Body;
import dev.confab.protocol.ChatError;
import dev.confab.protocol.ChatException;
import dev.confab.protocol.Position;
import dev.confab.protocol.Resume;
import dev.confab.protocol.RoomMessage;
import dev.confab.protocol.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * An extra argument that asks for what was missed: an object whose only field is {@code since}, null or a position.
     *
     * @return null where there is none
     */
    @Nullable
    Resume resume(int index) {
        Value since = extra(index, "since");
        if (since == null) {
            return null;
        }
        return new Resume(since.equals(Value.NULL) ? null : position(index, since));
    }

    /** Whether an extra argument asks for a position: an object whose only field is {@code since}, which is null. */
    boolean asksForPosition(int index) {
        Value since = extra(index, "since");
        if (since != null && !since.equals(Value.NULL)) {
            throw wrong(index);
        }
        return since != null;
    }

    /**
     * An extra argument that names a message: an object whose only field is {@code key}, a string of the length that
     * keys have.
     *
     * @return null where there is none
     */
    @Nullable
    String key(int index) {
        Value key = extra(index, "key");
        if (key == null) {
            return null;
        }
        if (key instanceof Value.Text(String text) && RoomMessage.isKey(text)) {
            return text;
        }
        throw wrong(index);
    }

    /** The only field of an extra argument, if it has that name and there is such an argument. */
    private @Nullable Value extra(int index, String name) {
        return index < values.size() && any(index) instanceof Value.Obj object && object.size() == 1
                ? object.get(name)
                : null;
    }

    private Position position(int index, Value value) {
        if (value instanceof Value.Obj fields
                && fields.size() == 2
                && fields.get("epoch") instanceof Value.Text(String epoch)
                && fields.get("id") instanceof Value.Num number) {
            long id = number.asLong();
            if (id >= 0 && number.asDouble() == id && number.asDouble() < Long.MAX_VALUE) {
                return new Position(epoch, id);
            }
        }
        throw wrong(index);
    }

    private ChatException wrong(int index) {
        return new ChatException(ChatError.badArgument(index, any(index)));
    }
}
