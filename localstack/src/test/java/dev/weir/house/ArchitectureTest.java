package dev.weir.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may know whom. The arrows of the design, over the classes of all modules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {

    private static final String AWS_SDK = "software.amazon..";
    private static final String[] BUS_SDK = packages(
            "model",
            "graph",
            "pipeline",
            "flow",
            "port",
            "memory",
            "wire",
            "writer",
            "queue",
            "cron",
            "bot",
            "parking",
            "aws");
    private static final String[] BUS_SDK_BUT_AWS = packages(
            "model",
            "graph",
            "pipeline",
            "flow",
            "port",
            "memory",
            "wire",
            "writer",
            "queue",
            "cron",
            "bot",
            "parking");

    private final JavaClasses weir = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.weir");

    @BeforeAll
    void theClassesOfAllModulesAreSeen() {
        assertThat(weir.stream().map(type -> type.getPackageName())).contains("dev.weir.model", "dev.weir.port");
    }

    @Test
    void modelKnowsNothingOfOursButItself() {
        check(classes()
                .that(resideInAPackage("dev.weir.model.."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAPackage("dev.weir.model..").or(resideOutsideOfPackage("dev.weir.."))));
    }

    @Test
    void portKnowsNoneOfItsUsersAndAdapters() {
        forbid(
                packages("port"),
                packages("flow", "graph", "memory", "aws", "wire", "writer", "queue", "cron", "bot", "parking"));
    }

    @Test
    void graphKnowsNeitherTheSpineNorAdapters() {
        forbid(packages("graph"), packages("flow", "memory", "aws", "writer"));
    }

    @Test
    void pipelinesKnowNeitherTheSpineNorPortsNorAdapters() {
        forbid(
                packages("pipeline"),
                packages("flow", "port", "memory", "aws", "writer", "queue", "cron", "bot", "parking"));
    }

    @Test
    void queuesKnowNeitherTheSpineNorAdapters() {
        forbid(packages("queue"), packages("flow", "graph", "bot", "cron", "memory", "aws"));
    }

    @Test
    void flowKnowsNoAdapter() {
        forbid(packages("flow"), packages("memory", "aws", "pipeline"));
    }

    @Test
    void adaptersDoNotKnowTheSpine() {
        forbid(packages("memory", "aws", "wire"), packages("flow"));
    }

    @Test
    void onlyTheAwsPackageOfTheSdkKnowsAws() {
        forbid(BUS_SDK_BUT_AWS, AWS_SDK, "com.amazonaws..");
    }

    @Test
    void busSdkKnowsNoOtherModule() {
        forbid(BUS_SDK, packages("functions", "infra", "local", "testkit", "bench"));
    }

    @Test
    void functionsKnowNeitherInfraNorTheLocalRunner() {
        forbid(packages("functions"), packages("infra", "local", "testkit", "bench"));
    }

    @Test
    void theSimulatorKnowsNoBot() {
        forbid(
                packages("local.simulator", "local.audit", "local.kinesis", "local.mapping", "testkit"),
                packages("functions", "infra", "bench"));
    }

    @Test
    void infraDoesNotKnowTheLocalRunner() {
        forbid(packages("infra"), packages("local", "bench"));
    }

    @Test
    void packagesOfTheSdkFormNoCycle() {
        check(slices().matching("dev.weir.(*)..").should().beFreeOfCycles());
    }

    @Test
    void whatDecidesIsPure() {
        check(noClasses()
                .that(resideInAnyPackage(packages("model", "graph", "flow")))
                .should()
                .dependOnClassesThat(Impurity.TYPES)
                .orShould()
                .accessTargetWhere(Impurity.CALLS)
                .because("clocks, randomness, environment and threads are arguments"));
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = weir.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(type -> !type.isAnnotatedWith(NullMarked.class))
                .map(type -> type.getName())
                .sorted()
                .toList();
        assertThat(unmarked)
                .as("packages without a package-info.java that says @NullMarked")
                .isEmpty();
    }

    private void forbid(String[] from, String... to) {
        check(noClasses().that(resideInAnyPackage(from)).should().dependOnClassesThat(resideInAnyPackage(to)));
    }

    /** Packages that have no classes yet break no rule. */
    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(weir);
    }

    private static String[] packages(String... names) {
        return List.of(names).stream().map(name -> "dev.weir." + name + "..").toArray(String[]::new);
    }
}
