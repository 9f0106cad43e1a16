package dev.confab.tck.behaviour;

import dev.confab.protocol.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Messages of any shape. */
final class Bodies {

    private Bodies() {}

    static Stream<Value.Obj> anyObjects() {
        return Stream.of(
                        Map.of(),
                        Map.of("textMessage", 7),
                        Map.of("n", List.of(new Value.Num("1.0"), new Value.Num("-0"), new Value.Num("1e400"))),
                        Map.of("big", new Value.Num("1234567890123456789012345678901234567890")),
                        Map.of("flags", List.of(true, false, Value.NULL)),
                        Map.of("data", bytes(), "deep", Map.of("d", List.of(new byte[] {7}, new byte[0]))),
                        Map.of("text", "naïve 日本語 🙂 \u0000 \u2028 \" \\", "", "", "__proto__", Map.of()),
                        many())
                .map(data -> (Value.Obj) Value.of(data));
    }

    /** An object with more fields than it has. */
    static Value with(Value.Obj body, Object... namesAndValues) {
        var all = Value.Obj.builder();
        for (int i = 0; i < body.size(); i++) {
            all.put(body.name(i), body.value(i));
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            all.put((String) namesAndValues[i], Value.of(namesAndValues[i + 1]));
        }
        return all.build();
    }

    private static byte[] bytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Map<String, Object> many() {
        var fields = new HashMap<String, Object>();
        for (int i = 0; i < 100; i++) {
            fields.put("field" + i, i);
        }
        return fields;
    }
}
