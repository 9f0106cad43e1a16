package dev.confab.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.confab.ConfabBuilder;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md point down, in every module: this one sees them all. */
class ArchitectureTest {

    private static final JavaClasses CONFAB = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.confab");

    private static final String FACE = "dev.confab";
    private static final String VOCABULARY = "dev.confab.protocol";
    private static final String PORTS = "dev.confab.spi";
    private static final String CONTRACT = "dev.confab.chatservice";
    private static final String ENGINE = "dev.confab.engine";
    private static final String STORE = "dev.confab.memory..";
    private static final String DOORS = "dev.confab.netty..";
    private static final String KIT = "dev.confab.tck..";
    private static final String LOAD_TOOL = "dev.confab.bench..";
    private static final String PROGRAM = "dev.confab.server..";

    private static final String[] JAVA = {"java..", "org.jspecify.annotations"};
    private static final String[] WHOLE_CORE = {FACE, VOCABULARY, PORTS, CONTRACT, ENGINE};
    private static final String[] EXPORTED_CORE = {FACE, VOCABULARY, PORTS, CONTRACT};

    @Test
    void theVocabularyKnowsNothingElse() {
        holds(onlyKnows(VOCABULARY, VOCABULARY));
    }

    @Test
    void thePortsKnowTheVocabularyAndTheFaceOnly() {
        holds(onlyKnows(PORTS, PORTS, VOCABULARY, FACE));
    }

    @Test
    void theContractKnowsTheVocabularyAndThePortsOnly() {
        holds(onlyKnows(CONTRACT, CONTRACT, VOCABULARY, PORTS));
    }

    @Test
    void theCoreKnowsNoNettyNoJsonNoDatabase() {
        for (String part : WHOLE_CORE) {
            holds(onlyKnows(part, WHOLE_CORE));
        }
    }

    @Test
    void onlyTheBuilderKnowsTheEngine() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE)
                .and()
                .doNotBelongToAnyOf(ConfabBuilder.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ENGINE));
    }

    @Test
    void aStoreKnowsTheExportedCoreOnly() {
        holds(onlyKnows(STORE, and(EXPORTED_CORE, STORE)));
    }

    @Test
    void theTestKitKnowsTheExportedCoreAndItsToolsOnly() {
        holds(onlyKnows(KIT, and(EXPORTED_CORE, KIT, "org.junit.jupiter..", "org.assertj..")));
    }

    @Test
    void doorsKnowTheExportedCoreAndTheirToolsOnly() {
        String[] tools = {"io.netty..", "org.jctools..", "tools.jackson.core.."};
        holds(onlyKnows(DOORS, and(and(EXPORTED_CORE, DOORS), tools)));
    }

    @Test
    void theLoadToolKnowsItsToolsOnlyAndNothingOfTheServer() {
        String[] tools = {"io.netty..", "org.HdrHistogram..", "tools.jackson..", "picocli.."};
        holds(onlyKnows(LOAD_TOOL, and(tools, LOAD_TOOL)));
    }

    @Test
    void onlyTheProgramKnowsTheLoadTool() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(LOAD_TOOL, PROGRAM)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOAD_TOOL));
    }

    @Test
    void nothingKnowsTheProgram() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(PROGRAM)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(PROGRAM));
    }

    @Test
    void timeComesFromAClock() {
        holds(noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("time comes from a Clock that tests can move"));
    }

    @Test
    void nothingStaticChanges() {
        holds(fields().that().areStatic().should().beFinal().because("two servers run in one JVM"));
    }

    @Test
    void onlyTheProgramWritesToTheConsole() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages(PROGRAM)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    private static void holds(ArchRule rule) {
        rule.check(CONFAB);
    }

    private static ArchRule onlyKnows(String who, String... whom) {
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(JAVA, whom));
    }

    private static String[] and(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }
}
