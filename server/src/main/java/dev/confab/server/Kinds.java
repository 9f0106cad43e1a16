package dev.confab.server;

import dev.confab.RateLimit;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The kinds of values that options have. */
final class Kinds {

    /** What {@link #sizeOrAuto} reads from {@code auto}. */
    static final long AUTO = -1;

    private Kinds() {}

    /** True or false. */
    static Kind<Boolean> yesNo() {
        return new YesNo();
    }

    /** A whole number, from least to most. */
    static Kind<Integer> whole(int least, int most) {
        return new Whole(least, most);
    }

    /** A duration, from least to most. */
    static Kind<Duration> span(Duration least, Duration most) {
        return new Span(least, most);
    }

    /** A number of bytes, from least to most. */
    static Kind<Long> size(long least, long most) {
        return new Size(least, most);
    }

    /** A rate limit: how many each second, and perhaps at once. */
    static Kind<RateLimit> rate() {
        return new RateKind(whole(1, RateLimit.MOST), "20:100");
    }

    /** A rate limit in bytes. */
    static Kind<RateLimit> byteRate() {
        return new RateKind(smallSize(1, RateLimit.MOST), "64KiB:1MiB");
    }

    /** A number of bytes that is kept in an int, from least to most. */
    static Kind<Integer> smallSize(int least, int most) {
        return new SmallSize(new Size(least, most));
    }

    /** A number of bytes, from least to most, or the word {@code auto}, which becomes {@link #AUTO}. */
    static Kind<Long> sizeOrAuto(long least, long most) {
        return new SizeOrAuto(new Size(least, most));
    }

    /** A text that passes a test. */
    static Kind<String> word(String label, String allowed, Predicate<String> test) {
        return new Word(label, allowed, test);
    }

    /** So many texts or more, each of which passes a test: a list in a file, elsewhere parted by commas. */
    static Kind<List<String>> words(String label, String allowed, int least, Predicate<String> test) {
        return new Words(new Word(label, allowed, test), least);
    }

    /** One of the constants of an enum, in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        return new Choice<>(type);
    }

    private record YesNo() implements Kind<Boolean> {
        @Override
        public Boolean read(Node node) {
            return switch (text(node, this)) {
                case "true" -> true;
                case "false" -> false;
                default -> throw Unfit.value(node, allowed());
            };
        }

        @Override
        public String show(Boolean value) {
            return value.toString();
        }

        @Override
        public String label() {
            return "true|false";
        }

        @Override
        public String allowed() {
            return "true or false";
        }
    }

    private record Whole(int least, int most) implements Kind<Integer> {
        @Override
        public Integer read(Node node) {
            try {
                int value = Integer.parseInt(text(node, this));
                if (least <= value && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, as for a number out of range
            }
            throw Unfit.value(node, allowed());
        }

        @Override
        public String show(Integer value) {
            return value.toString();
        }

        @Override
        public String label() {
            return "number";
        }

        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most;
        }
    }

    private record Span(Duration least, Duration most) implements Kind<Duration> {
        @Override
        public Duration read(Node node) {
            return Units.DURATION
                    .parse(text(node, this))
                    .filter(millis -> least.toMillis() <= millis && millis <= most.toMillis())
                    .map(Duration::ofMillis)
                    .orElseThrow(() -> Unfit.value(node, allowed()));
        }

        @Override
        public String show(Duration value) {
            return Units.DURATION.show(value.toMillis());
        }

        @Override
        public String label() {
            return "duration";
        }

        @Override
        public String allowed() {
            return "a duration from " + show(least) + " to " + show(most);
        }
    }

    private record Size(long least, long most) implements Kind<Long> {
        @Override
        public Long read(Node node) {
            return Units.SIZE
                    .parse(text(node, this))
                    .filter(bytes -> least <= bytes && bytes <= most)
                    .orElseThrow(() -> Unfit.value(node, allowed()));
        }

        @Override
        public String show(Long value) {
            return Units.SIZE.show(value);
        }

        @Override
        public String label() {
            return "size";
        }

        @Override
        public String allowed() {
            return "a size from " + show(least) + " to " + show(most);
        }
    }

    private record SmallSize(Size size) implements Kind<Integer> {
        @Override
        public Integer read(Node node) {
            return Math.toIntExact(size.read(node));
        }

        @Override
        public String show(Integer value) {
            return size.show(value.longValue());
        }

        @Override
        public String label() {
            return size.label();
        }

        @Override
        public String allowed() {
            return size.allowed();
        }
    }

    private record SizeOrAuto(Size size) implements Kind<Long> {
        @Override
        public Long read(Node node) {
            if (text(node, this).equals("auto")) {
                return AUTO;
            }
            try {
                return size.read(node);
            } catch (Unfit e) {
                throw Unfit.value(node, allowed());
            }
        }

        @Override
        public String show(Long value) {
            return value == AUTO ? "auto" : size.show(value);
        }

        @Override
        public String label() {
            return size.label() + "|auto";
        }

        @Override
        public String allowed() {
            return size.allowed() + ", or auto";
        }
    }

    private record Word(String label, String allowed, Predicate<String> test) implements Kind<String> {
        @Override
        public String read(Node node) {
            String text = text(node, this);
            if (!test.test(text)) {
                throw Unfit.value(node, allowed);
            }
            return text;
        }

        @Override
        public String show(String value) {
            return value;
        }
    }

    private record Words(Word word, int least) implements Kind<List<String>> {
        @Override
        public List<String> read(Node node) {
            List<String> words = parts(node).stream().map(word::read).distinct().toList();
            if (words.size() < least) {
                throw Unfit.value(node, allowed());
            }
            return words;
        }

        @Override
        public String show(List<String> value) {
            return String.join(",", value);
        }

        @Override
        public String label() {
            return word.label + ",…";
        }

        @Override
        public String allowed() {
            return "a list" + (least == 0 ? "" : " of " + least + " or more") + ", each part of it " + word.allowed;
        }

        private List<Node> parts(Node node) {
            return switch (node) {
                case Node.Items list -> list.items();
                case Node.Text(var _, String text) when text.isEmpty() -> List.of();
                case Node.Text(String place, String text) ->
                    Arrays.stream(text.split(",", -1))
                            .<Node>map(part -> new Node.Text(place, part.strip()))
                            .toList();
                case Node.Fields _ -> throw Unfit.value(node, allowed());
            };
        }
    }

    private record Choice<E extends Enum<E>>(Class<E> type) implements Kind<E> {
        @Override
        public E read(Node node) {
            String text = text(node, this);
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> show(constant).equals(text))
                    .findFirst()
                    .orElseThrow(() -> Unfit.value(node, allowed()));
        }

        @Override
        public String show(E value) {
            return value.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String label() {
            return joined("|");
        }

        @Override
        public String allowed() {
            return "one of " + joined(", ");
        }

        private String joined(String between) {
            return Arrays.stream(type.getEnumConstants()).map(this::show).collect(Collectors.joining(between));
        }
    }

    /** The text of a value that is nothing but text. */
    static String text(Node node, Kind<?> kind) {
        if (node instanceof Node.Text(var _, String text)) {
            return text;
        }
        throw Unfit.value(node, kind.allowed());
    }
}
