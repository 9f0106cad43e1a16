package dev.confab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ChatOptions;
import dev.confab.memory.MemoryStore;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void noTwoOptionsShareAName() {
        assertThat(Options.ALL).extracting(Option::name).doesNotHaveDuplicates();
        assertThat(Options.ALL).extracting(Option::flag).doesNotHaveDuplicates();
        assertThat(Options.ALL).extracting(Option::variable).doesNotHaveDuplicates();
    }

    @Test
    void everyDefaultIsAllowed() {
        for (Option<?> option : Options.ALL) {
            assertFallbackIsAllowed(option);
        }
    }

    @Test
    void namesTurnIntoFlagsAndVariables() {
        Option<?> option = Options.byKey("lockTTL").orElseThrow();

        assertThat(option.flag()).isEqualTo("--lock-ttl");
        assertThat(option.variable()).isEqualTo("CONFAB_LOCK_TTL");
    }

    @Test
    void everythingThatCanBeSetInTheCoreIsAnOption() {
        var renamed = Map.of("anyObject", "messageFormat", "lockLease", "lockTTL");
        var core = Arrays.stream(ChatOptions.class.getRecordComponents())
                .map(component -> renamed.getOrDefault(component.getName(), component.getName()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(ChatTable.ALL).extracting(bound -> bound.option().name()).containsExactlyInAnyOrderElementsOf(core);
    }

    @Test
    void eachOptionOfTheCoreSetsTheFieldOfItsName() {
        for (Bound<ChatOptions.Builder, ?> bound : ChatTable.ALL) {
            var untouched = ChatOptions.builder().build();
            var touched = with(bound);
            var changed = Arrays.stream(ChatOptions.class.getRecordComponents())
                    .filter(component -> !read(component, untouched).equals(read(component, touched)))
                    .map(RecordComponent::getName)
                    .toList();
            String name = bound.option().name();
            assertThat(changed)
                    .as(name)
                    .containsExactly(Map.of("messageFormat", "anyObject", "lockTTL", "lockLease")
                            .getOrDefault(name, name));
        }
    }

    @Test
    void everythingThatCanBeSetInTheStoreIsAnOptionWithItsDefault() throws ReflectiveOperationException {
        var builder = MemoryStore.builder();
        var fields = Arrays.stream(MemoryStore.Builder.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field ->
                        !field.getName().equals("clock") && !field.getName().equals("random"))
                .map(Field::getName)
                .toList();

        assertThat(MemoryTable.ALL)
                .extracting(bound -> bound.option().name())
                .containsExactlyInAnyOrderElementsOf(fields);
        for (var bound : MemoryTable.ALL) {
            Object fallback = bound.option().fallback();
            if (!fallback.equals(Kinds.AUTO)) {
                Field field = MemoryStore.Builder.class.getDeclaredField(
                        bound.option().name());
                field.setAccessible(true);
                assertThat(fallback).as(field.getName()).isEqualTo(field.get(builder));
            }
        }
    }

    private static ChatOptions with(Bound<ChatOptions.Builder, ?> bound) {
        String value = switch (bound.option().fallback()) {
            case Boolean _ -> "true";
            case ChatTable.MessageFormat _ -> "object";
            default -> "777";
        };
        var builder = ChatOptions.builder();
        apply(bound, builder, value);
        return builder.build();
    }

    private static <T> void apply(Bound<ChatOptions.Builder, T> bound, ChatOptions.Builder builder, String value) {
        bound.setter().accept(builder, bound.option().read(new Node.Text("test", value)));
    }

    private static Object read(RecordComponent component, ChatOptions options) {
        try {
            return component.getAccessor().invoke(options);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.getName(), e);
        }
    }

    private static <T> void assertFallbackIsAllowed(Option<T> option) {
        String shown = option.kind().show(option.fallback());
        assertThat(option.read(new Node.Text("test", shown))).as(option.name()).isEqualTo(option.fallback());
    }
}
