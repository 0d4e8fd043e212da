package io.flinkyarn.autoscaler;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.flinkyarn.autoscaler.core.job.VertexId;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;

/**
 * Who may know whom. A rule that fails names the class and the line; mend the dependency there, or change the picture of
 * the rooms together with the rule.
 */
@AnalyzeClasses(packages = "io.flinkyarn.autoscaler", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.flinkyarn.autoscaler";
    private static final String CORE = ROOT + ".core..";
    private static final String CONTROL = ROOT + ".control..";
    private static final String YARN = ROOT + ".yarn..";
    private static final String FLINK = ROOT + ".flink..";
    private static final String JDBC = ROOT + ".jdbc..";
    private static final String WEB = ROOT + ".web..";
    private static final String TELEMETRY = ROOT + ".telemetry..";
    private static final String NOTIFY = ROOT + ".notify..";
    private static final String CONFIG = ROOT + ".config..";
    private static final String CLI = ROOT + ".cli..";

    @ArchTest
    static final ArchRule adaptersKnowTheCoreAndThePortsAndNeverEachOther = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("core")
            .definedBy(CORE)
            .layer("control")
            .definedBy(CONTROL)
            .layer("yarn")
            .definedBy(YARN)
            .layer("flink")
            .definedBy(FLINK)
            .layer("jdbc")
            .definedBy(JDBC)
            .layer("web")
            .definedBy(WEB)
            .layer("telemetry")
            .definedBy(TELEMETRY)
            .layer("notify")
            .definedBy(NOTIFY)
            .layer("config")
            .definedBy(CONFIG)
            .layer("cli")
            .definedBy(CLI)
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("control")
            .mayOnlyAccessLayers("core")
            .whereLayer("yarn")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("flink")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("jdbc")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("web")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("telemetry")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("notify")
            .mayOnlyAccessLayers("core", "control")
            .whereLayer("config")
            .mayOnlyAccessLayers("core")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .ensureAllClassesAreContainedInArchitectureIgnoring(ROOT)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule configKnowsOfTheCoreOnlyItsPolicyItsPluginsAndTheIdOfAVertex = noClasses()
            .that()
            .resideInAPackage(CONFIG)
            .should()
            .dependOnClassesThat(resideInAPackage(CORE)
                    .and(not(resideInAPackage(ROOT + ".core.policy..")))
                    .and(not(resideInAPackage(ROOT + ".core.plugin..")))
                    .and(not(equivalentTo(VertexId.class))))
            .allowEmptyShould(true);

    // Inside core.

    @ArchTest
    static final ArchRule coreKnowsTheLanguageAndNothingElse = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage(CORE, "java.lang..", "java.util..", "java.time..", "org.jspecify.annotations"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreLogsNothing = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(System.Logger.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreReadsNoClock = noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .because("the time is an argument of every decision")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreHasNoCircles =
            slices().matching(ROOT + ".core.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule theStagesOfCoreKnowOnlyTheStagesBeforeThem = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("job")
            .definedBy(ROOT + ".core.job..")
            .layer("sample")
            .definedBy(ROOT + ".core.sample..")
            .layer("window")
            .definedBy(ROOT + ".core.window..")
            .layer("evaluate")
            .definedBy(ROOT + ".core.evaluate..")
            .layer("decide")
            .definedBy(ROOT + ".core.decide..")
            .whereLayer("job")
            .mayNotAccessAnyLayer()
            .whereLayer("sample")
            .mayOnlyAccessLayers("job")
            .whereLayer("window")
            .mayOnlyAccessLayers("job", "sample")
            .whereLayer("evaluate")
            .mayOnlyAccessLayers("job", "sample", "window")
            .whereLayer("decide")
            .mayOnlyAccessLayers("job", "sample", "window", "evaluate")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noPartOfCoreKnowsTheWhole = noClasses()
            .that()
            .resideInAPackage(ROOT + ".core.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".core")
            .allowEmptyShould(true);

    // Libraries stay in the room that needs them.

    @ArchTest
    static final ArchRule hadoopStaysInYarn = noClasses()
            .that()
            .resideOutsideOfPackage(YARN)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hadoop..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule sqlStaysInJdbc = noClasses()
            .that()
            .resideOutsideOfPackage(JDBC)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer.hikari..", "org.flywaydb..", "org.jdbi..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule prometheusStaysInTelemetry = noClasses()
            .that()
            .resideOutsideOfPackage(TELEMETRY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule mailStaysInNotify = noClasses()
            .that()
            .resideOutsideOfPackage(NOTIFY)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.mail..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule jsonAndYamlStayAtTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages(FLINK, JDBC, CONFIG, WEB, NOTIFY, CLI)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "org.yaml..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theCommandLineLibraryStaysInCli = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noFlinkClassIsInTheProduct = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .allowEmptyShould(true);

    // Everywhere.

    @ArchTest
    static final ArchRule everyPackageSaysWhatItHoldsAndWhatMayBeNull =
            classes().should(liveInANullMarkedPackage()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = noClasses()
            .should()
            .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Info|Data|Base)")
            .allowEmptyShould(true);

    private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return new ArchCondition<>("live in a package whose package-info.java is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        type,
                        type.getPackage().isAnnotatedWith(NullMarked.class),
                        type.getPackageName() + " has no package-info.java with @NullMarked"));
            }
        };
    }
}
