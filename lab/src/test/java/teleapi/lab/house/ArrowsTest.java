package teleapi.lab.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which module knows which. Maven holds most of it by what is on the class path; this also holds what comes along. */
final class ArrowsTest {
    private static final Set<String> MODULES =
            Set.of("runtime", "sip", "media", "rcml", "call", "rest", "store", "server", "lab");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("teleapi");

    @ParameterizedTest
    @CsvSource({
        "runtime, ''",
        "rcml, ''",
        "sip, 'runtime'",
        "media, 'runtime'",
        "call, 'runtime sip media rcml'",
        "rest, 'runtime sip media rcml call'",
        "store, 'runtime sip media rcml call'",
        "server, 'runtime sip media rcml call rest store'"
    })
    void modulesKnowOnlyThoseBelow(String module, String below) {
        // ARCHITECTURE, top level; ADR-0003.
        EvaluationResult result = arrows(module, Set.of(below.split(" ")));
        assertFalse(result.hasViolation(), result.getFailureReport().toString());
    }

    @ParameterizedTest
    @CsvSource({"sip, runtime", "media, runtime"})
    void anArrowThatIsNotAllowedIsSeen(String module, String known) {
        // sip and media do know runtime: forbidden, it must be found, or the rule above says nothing.
        assertTrue(arrows(module, Set.of()).hasViolation(), module + " knows " + known);
    }

    @Test
    void theClassesAreThere() {
        // A rule over no classes holds always.
        for (String module : Set.of("runtime", "sip", "media", "rcml", "call")) {
            assertTrue(
                    CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("teleapi." + module)),
                    "no classes of " + module);
        }
    }

    private static EvaluationResult arrows(String module, Set<String> below) {
        String[] forbidden = MODULES.stream()
                .filter(other -> !other.equals(module) && !below.contains(other))
                .map(other -> "teleapi." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("teleapi." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .evaluate(CLASSES);
    }
}
