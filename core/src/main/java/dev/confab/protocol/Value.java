package dev.confab.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value, or bytes: an immutable tree that clients send and get back equal. Numbers keep the text they were
 * written with, so {@code 1.0}, {@code 1} and a number of forty digits survive the journey; bytes are values of their
 * own at any depth.
 *
 * <p>{@code toString} is the value's JSON text, for messages and logs of errors; bytes are shown by their length.
 */
public sealed interface Value {

    /** JSON's {@code null}. */
    Value NULL = new Null();

    /** JSON's {@code true}. */
    Value TRUE = new Bool(true);

    /** JSON's {@code false}. */
    Value FALSE = new Bool(false);

    /** How deep a tree made by {@link #of(Object)} may nest. */
    int MAX_DEPTH = 512;

    /**
     * An estimate of the memory that this value holds, in bytes; what the limits on queues and histories count.
     *
     * @return at least 1
     */
    int weight();

    /**
     * The text of a JSON string.
     *
     * @param text the text
     * @return the value
     */
    static Value of(String text) {
        return new Text(text);
    }

    /**
     * A whole number.
     *
     * @param number the number
     * @return the value
     */
    static Value of(long number) {
        return new Num(Long.toString(number));
    }

    /**
     * A truth value.
     *
     * @param truth the truth
     * @return {@link #TRUE} or {@link #FALSE}
     */
    static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    /**
     * Strings as an array.
     *
     * @param names the strings, in order
     * @return the value
     */
    static Value ofStrings(Iterable<String> names) {
        var items = new ArrayList<Value>();
        names.forEach(name -> items.add(new Text(name)));
        return new Arr(items);
    }

    /**
     * Plain Java data as a value: {@code null}, {@link Boolean}, {@link Number}, {@link CharSequence}, {@code byte[]}
     * (copied), {@link Map} with string keys (in its order), {@link Iterable}, an array of objects, or a value itself.
     *
     * @param data the data
     * @return the value
     * @throws IllegalArgumentException for any other type, for a number that is not finite, or for data nested deeper
     *     than {@link #MAX_DEPTH}
     */
    static Value of(@Nullable Object data) {
        return Values.from(data, 0);
    }

    /** JSON's {@code null}; use {@link Value#NULL}. */
    record Null() implements Value {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /**
     * A truth value; use {@link Value#of(boolean)}.
     *
     * @param truth the truth
     */
    record Bool(boolean truth) implements Value {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public String toString() {
            return Boolean.toString(truth);
        }
    }

    /**
     * A number, as it was written. Two numbers are equal when they are written alike.
     *
     * @param text a JSON number
     */
    record Num(String text) implements Value {

        /**
         * The number, rounded to what a {@code double} can hold.
         *
         * @return the number; infinite where it is beyond a {@code double}
         */
        public double asDouble() {
            return Double.parseDouble(text);
        }

        /**
         * The number's whole part, or the nearest {@code long} where it is beyond one.
         *
         * @return the number as a {@code long}
         */
        public long asLong() {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException notPlain) {
                return (long) asDouble();
            }
        }

        @Override
        public int weight() {
            return 40 + text.length();
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A string.
     *
     * @param text the string
     */
    record Text(String text) implements Value {
        @Override
        public int weight() {
            return 40 + 2 * text.length();
        }

        @Override
        public String toString() {
            return Values.quoted(text);
        }
    }

    /** Bytes, at any place of a tree. Equal when their contents are. */
    final class Bytes implements Value {
        private final byte[] bytes;

        private Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * Bytes with the given content.
         *
         * @param bytes the content; copied
         * @return the value
         */
        public static Bytes copyOf(byte[] bytes) {
            return new Bytes(bytes.clone());
        }

        /**
         * The number of bytes.
         *
         * @return zero or more
         */
        public int length() {
            return bytes.length;
        }

        /**
         * A copy of the content.
         *
         * @return the bytes
         */
        public byte[] toArray() {
            return bytes.clone();
        }

        @Override
        public int weight() {
            return 40 + bytes.length;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "<" + bytes.length + " bytes"
                    + (bytes.length <= 8 ? " " + HexFormat.of().formatHex(bytes) : "") + ">";
        }
    }

    /**
     * An array.
     *
     * @param items its values, in order
     */
    record Arr(List<Value> items) implements Value {

        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public int weight() {
            int sum = 40;
            for (Value item : items) {
                sum = Values.add(sum, 8 + item.weight());
            }
            return sum;
        }

        @Override
        public String toString() {
            return Values.json(this);
        }
    }

    /** An object: names and their values, in the order in which they were written. Equal regardless of order. */
    final class Obj implements Value {

        /** The object without fields. */
        public static final Obj EMPTY = builder().build();

        private final Fields fields;

        private Obj(Fields fields) {
            this.fields = fields;
        }

        /**
         * Starts an object.
         *
         * @return an empty builder
         */
        public static Builder builder() {
            return new Builder();
        }

        /**
         * An object with one field.
         *
         * @param name its name
         * @param value its value
         * @return the object
         */
        public static Obj of(String name, Value value) {
            return builder().put(name, value).build();
        }

        /**
         * The value of a field.
         *
         * @param name the field's name
         * @return its value, or null where there is no such field
         */
        public @Nullable Value get(String name) {
            return fields.get(name);
        }

        /**
         * The number of fields.
         *
         * @return zero or more
         */
        public int size() {
            return fields.size();
        }

        /**
         * The name of a field by its place.
         *
         * @param index from 0 to {@link #size()} − 1
         * @return the name
         */
        public String name(int index) {
            return fields.name(index);
        }

        /**
         * The value of a field by its place.
         *
         * @param index from 0 to {@link #size()} − 1
         * @return the value
         */
        public Value value(int index) {
            return fields.value(index);
        }

        @Override
        public int weight() {
            int sum = 48;
            for (int i = 0; i < size(); i++) {
                sum = Values.add(sum, 48 + 2 * name(i).length());
                sum = Values.add(sum, value(i).weight());
            }
            return sum;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Obj that && fields.sameAs(that.fields);
        }

        @Override
        public int hashCode() {
            int sum = 0;
            for (int i = 0; i < size(); i++) {
                sum += name(i).hashCode() ^ value(i).hashCode();
            }
            return sum;
        }

        @Override
        public String toString() {
            return Values.json(this);
        }

        /** Collects fields; a name given twice keeps its place and takes the later value, as JSON readers do. */
        public static final class Builder {
            private final Fields.Collector collector = new Fields.Collector();

            private Builder() {}

            /**
             * Sets a field.
             *
             * @param name its name
             * @param value its value
             * @return this
             */
            public Builder put(String name, Value value) {
                collector.put(name, value);
                return this;
            }

            /**
             * The object.
             *
             * @return an object with what was put so far
             */
            public Obj build() {
                return new Obj(collector.collect());
            }
        }
    }
}
