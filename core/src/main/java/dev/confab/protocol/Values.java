package dev.confab.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Java data into values, and values into JSON text. */
final class Values {

    private Values() {}

    static Value from(@Nullable Object data, int depth) {
        if (depth > Value.MAX_DEPTH) {
            throw new IllegalArgumentException("data is nested deeper than " + Value.MAX_DEPTH);
        }
        return switch (data) {
            case null -> Value.NULL;
            case Value value -> value;
            case Boolean truth -> Value.of(truth.booleanValue());
            case Number number -> number(number);
            case CharSequence text -> new Value.Text(text.toString());
            case byte[] bytes -> Value.Bytes.copyOf(bytes);
            case Object[] items -> array(Arrays.asList(items), depth);
            case Iterable<?> items -> array(items, depth);
            case Map<?, ?> map -> object(map, depth);
            default -> throw new IllegalArgumentException("no value can be made of " + data.getClass());
        };
    }

    private static Value number(Number number) {
        return switch (number) {
            case Double d when !Double.isFinite(d) -> throw new IllegalArgumentException("not a finite number: " + d);
            case Float f when !Float.isFinite(f) -> throw new IllegalArgumentException("not a finite number: " + f);
            case Byte _, Short _, Integer _, Long _, Double _, Float _, BigInteger _, BigDecimal _ ->
                new Value.Num(number.toString());
            default -> throw new IllegalArgumentException("no value can be made of " + number.getClass());
        };
    }

    private static Value array(Iterable<?> items, int depth) {
        var values = new ArrayList<Value>();
        for (Object item : items) {
            values.add(from(item, depth + 1));
        }
        return new Value.Arr(values);
    }

    private static Value object(Map<?, ?> map, int depth) {
        var object = Value.Obj.builder();
        map.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("an object's names are strings, not " + name);
            }
            object.put(text, from(value, depth + 1));
        });
        return object.build();
    }

    /** Adds weights, staying at the top instead of turning negative. */
    static int add(int sum, int more) {
        int total = sum + more;
        return total < 0 ? Integer.MAX_VALUE : total;
    }

    static String json(Value value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2);
        quote(text, out);
        return out.toString();
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Arr array -> writeArray(array, out);
            case Value.Obj object -> writeObject(object, out);
            case Value.Text text -> quote(text.text(), out);
            case Value.Null _, Value.Bool _, Value.Num _, Value.Bytes _ -> out.append(value);
        }
    }

    private static void writeArray(Value.Arr array, StringBuilder out) {
        char before = '[';
        for (Value item : array.items()) {
            out.append(before);
            write(item, out);
            before = ',';
        }
        out.append(array.items().isEmpty() ? "[]" : "]");
    }

    private static void writeObject(Value.Obj object, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < object.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            quote(object.name(i), out);
            out.append(':');
            write(object.value(i), out);
        }
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
