package dev.confab.tck;

import dev.confab.protocol.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain Java data, as tests like to write it, in values. */
final class Plain {

    private Plain() {}

    static List<Value> values(@Nullable Object... data) {
        var values = new ArrayList<Value>(data.length);
        for (Object item : data) {
            values.add(Value.of(item));
        }
        return values;
    }
}
