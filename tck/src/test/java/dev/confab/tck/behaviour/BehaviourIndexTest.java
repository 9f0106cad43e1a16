package dev.confab.tck.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Keeps docs/behaviour-index.md true. */
final class BehaviourIndexTest {

    private static final Path ROOT = Path.of("..");
    private static final Path INDEX = ROOT.resolve("docs").resolve("behaviour-index.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern ROW =
            Pattern.compile("^\\| (?!line|promise|---)(.+?) \\| (.*) \\|$", Pattern.MULTILINE);

    @Test
    void everyTestThatTheIndexNamesExists() {
        Set<String> known = behaviours().flatMap(BehaviourIndexTest::tests).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        TEST.matcher(index())
                .results()
                .filter(named -> !known.contains(named.group(1) + "." + named.group(2)))
                .filter(named -> !isSource(named.group(1), named.group(2)))
                .forEach(named -> missing.add(named.group()));
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLineOfTheIndexNamesATestOrSaysWhyNot() {
        List<String> untested = ROW.matcher(index())
                .results()
                .filter(row -> !TEST.matcher(row.group(2)).find())
                .map(row -> row.group(1))
                .toList();
        assertThat(ROW.matcher(index()).results().count()).isGreaterThan(150);
        assertThat(untested).isEmpty();
    }

    @Test
    void everyTopicIsInTheSuite() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/confab/tck/behaviour"))) {
            assertThat(sources.map(source -> source.getFileName().toString())
                            .filter(name -> name.endsWith("Behaviour.java") && !name.equals("Behaviour.java"))
                            .map(name -> name.replace(".java", "")))
                    .containsExactlyInAnyOrderElementsOf(
                            behaviours().map(Class::getSimpleName).toList());
        }
    }

    /** The topics of the suite: what its nested classes extend. */
    private static Stream<Class<?>> behaviours() {
        return Arrays.stream(BehaviourSuite.class.getDeclaredClasses())
                .filter(nested -> nested.isAnnotationPresent(Nested.class))
                .map(Class::getSuperclass);
    }

    private static Stream<String> tests(Class<?> behaviour) {
        return Arrays.stream(behaviour.getDeclaredMethods())
                .filter(BehaviourIndexTest::isTest)
                .map(test -> behaviour.getSimpleName() + "." + test.getName());
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class);
    }

    /** Whether another module's tests have such a method. */
    private static boolean isSource(String type, String method) {
        try (Stream<Path> files = Files.find(
                ROOT,
                12,
                (path, _) -> path.endsWith(type + ".java") && path.toString().contains("src/test/java"))) {
            return files.anyMatch(file -> read(file).contains(" void " + method + "("));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String index() {
        return read(INDEX);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
