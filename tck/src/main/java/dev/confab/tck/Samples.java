package dev.confab.tck;

import dev.confab.protocol.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values that wires and stores like to get wrong. */
final class Samples {

    private Samples() {}

    static Stream<Value> values() {
        return Stream.of(scalars(), texts(), binary(), trees()).flatMap(samples -> samples);
    }

    private static Stream<Value> scalars() {
        return Stream.concat(
                Stream.of(Value.NULL, Value.TRUE, Value.FALSE),
                Stream.of(
                                "0",
                                "-0",
                                "1.0",
                                "-12.50",
                                "1e3",
                                "1E-7",
                                "9007199254740993",
                                "1234567890123456789012345678901234567890",
                                "0.1234567890123456789012345678901234567890")
                        .map(Value.Num::new));
    }

    private static Stream<Value> texts() {
        return Stream.of(
                        "",
                        " ",
                        "plain",
                        "\"quoted\" \\ / \b\f\n\r\t",
                        "\u0000\u0001\u001f\u007f",
                        "\u2028\u2029\ufeff",
                        "naïve 日本語 🙂👩‍👩‍👧",
                        "</script><!--",
                        "null",
                        "42[\"a\"]",
                        "x".repeat(10_000))
                .map(Value::of);
    }

    private static Stream<Value> binary() {
        return Stream.of(
                Value.Bytes.copyOf(new byte[0]),
                Value.Bytes.copyOf(allBytes()),
                Value.of(List.of(new byte[] {1}, "between", new byte[] {2, 3})),
                Value.of(Map.of("deep", List.of(Map.of("er", allBytes())))));
    }

    private static Stream<Value> trees() {
        return Stream.of(
                Value.Obj.EMPTY,
                Value.of(List.of()),
                Value.of(List.of(List.of(), Map.of(), "")),
                Value.of(Map.of("", "no name", "__proto__", 1, "constructor", true, "a.b", "dot", "ключ", "key")),
                manyFields(),
                nested(100));
    }

    private static byte[] allBytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Value manyFields() {
        var fields = new HashMap<String, Object>();
        for (int i = 0; i < 300; i++) {
            fields.put("field" + i, i);
        }
        return Value.of(fields);
    }

    private static Value nested(int depth) {
        Value value = Value.of("core");
        for (int i = 0; i < depth; i++) {
            value = i % 2 == 0 ? new Value.Arr(List.of(value)) : Value.Obj.of("in", value);
        }
        return value;
    }
}
