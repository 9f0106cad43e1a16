package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.netty.DoorSettings;
import dev.confab.netty.SocketIoDoor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table says of the door what the door says of itself. */
class DoorTableTest {

    private static final Pattern RANGE = Pattern.compile("a (?:whole number|duration|size) from (\\S+) to (\\S+)");

    /** What the program decides by itself, and what it calls otherwise. */
    private static final Map<String, String> SPECIAL =
            Map.of("path", "", "admissions", "", "content", "", "errorFormat", "useRawErrorObjects");

    @Test
    void everySettingOfTheDoorIsAnOption() {
        assertThat(DoorTable.ALL)
                .extracting(bound -> bound.option().name())
                .containsExactlyInAnyOrderElementsOf(Stream.of(DoorSettings.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> SPECIAL.getOrDefault(name, name))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void theDefaultsAreThoseOfTheDoor() {
        var door = SocketIoDoor.builder();
        Settings settings = Settings.read(Map.of());

        DoorTable.ALL.forEach(bound -> bound.apply(settings, door));

        assertThat(door.settings()).isEqualTo(SocketIoDoor.builder().settings());
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void aRangeEndsWhereThatOfTheDoorDoes(Bound<SocketIoDoor.Builder, ?> bound) {
        assertRange(bound);
    }

    private static <T> void assertRange(Bound<SocketIoDoor.Builder, T> bound) {
        Option<T> option = bound.option();
        Matcher range = RANGE.matcher(option.kind().allowed());
        assertThat(range.matches()).isTrue();
        T least = option.read(new Node.Text("test", range.group(1)));
        T most = option.read(new Node.Text("test", range.group(2)));

        assertThatCode(() -> set(bound, least)).doesNotThrowAnyException();
        assertThatCode(() -> set(bound, most)).doesNotThrowAnyException();
        assertThatThrownBy(() -> set(bound, next(least, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option.name() + " is ");
        assertThatThrownBy(() -> set(bound, next(most, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option.name() + " is ");
    }

    static Stream<Bound<SocketIoDoor.Builder, ?>> ranges() {
        return DoorTable.ALL.stream().filter(bound -> isNumber(bound.option().fallback()));
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number || value instanceof Duration;
    }

    private static <T> DoorSettings set(Bound<SocketIoDoor.Builder, T> bound, T value) {
        var door = SocketIoDoor.builder();
        bound.setter().accept(door, value);
        return door.settings();
    }

    @SuppressWarnings("unchecked") // a number of the same kind
    private static <T> T next(T value, int step) {
        return (T)
                switch (value) {
                    case Integer number -> number + step;
                    case Long number -> number + step;
                    case Duration time -> time.plusMillis(step);
                    default -> throw new IllegalArgumentException("no number: " + value);
                };
    }
}
