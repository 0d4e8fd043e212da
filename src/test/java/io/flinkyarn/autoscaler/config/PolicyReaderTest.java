package io.flinkyarn.autoscaler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.policy.AlignmentMode;
import io.flinkyarn.autoscaler.core.policy.BusyTimeAggregator;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Quota;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.TaskManagerSize;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy.Utilization;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final PolicyReader READER = PolicyReader.withoutDefaults(ZoneOffset.UTC);

    @Test
    void aJobThatSaysNothingGetsTheDefaultsOfTheSpecification() {
        ScalingPolicy policy = policyOf(Map.of());

        assertThat(policy.enabled()).isFalse();
        assertThat(policy.scalingEnabled()).isTrue();
        assertThat(policy.observation())
                .isEqualTo(new ScalingPolicy.Observation(
                        Duration.ofMinutes(15), Duration.ofMinutes(5), BusyTimeAggregator.MAX));
        assertThat(policy.utilization()).isEqualTo(new Utilization(0.7, 1.0, 0.7 - 0.3));
        assertThat(policy.limits()).isEqualTo(new ScalingPolicy.Limits(1, 200, 100_000, 0.6, Duration.ofHours(1)));
        assertThat(policy.backlog())
                .isEqualTo(new ScalingPolicy.Backlog(Duration.ofMinutes(30), Duration.ofMinutes(5)));
        assertThat(policy.restart())
                .isEqualTo(new ScalingPolicy.Restart(Duration.ofMinutes(5), false, Duration.ofMinutes(15)));
        assertThat(policy.observedRate()).isEqualTo(new ScalingPolicy.ObservedRate(Duration.ofSeconds(30), 0.15, 2));
        assertThat(policy.effectiveness()).isEqualTo(new ScalingPolicy.Effectiveness(false, 0.1));
        assertThat(policy.scalability()).isEqualTo(new ScalingPolicy.Scalability(false, 3, 0.5));
        assertThat(policy.memoryPressure()).isEqualTo(new ScalingPolicy.MemoryPressure(1, 1));
        assertThat(policy.history()).isEqualTo(new ScalingPolicy.History(3, Duration.ofHours(24)));
        assertThat(policy.alignment()).isEqualTo(AlignmentMode.BALANCED);
        assertThat(policy.eventInterval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(policy.quota().cpu()).isEmpty();
        assertThat(policy.quota().memoryBytes()).isEmpty();
        assertThat(policy.excludedPeriods().periods()).isEmpty();
    }

    @Test
    void otherKeysOfTheFlinkJobAreLeftAlone() {
        policyOf(Map.of("taskmanager.memory.process.size", "1 gb", "kubernetes.operator.reconcile.interval", "soon"));
    }

    @Test
    void theNewKeyWinsOverTheOldPrefixAndThatOverDeprecatedKeys() {
        Map<String, String> written = new TreeMap<>(Map.of(
                "job.autoscaler.utilization.target", "0.5",
                "kubernetes.operator.job.autoscaler.utilization.target", "0.6",
                "job.autoscaler.target.utilization", "0.8",
                "kubernetes.operator.job.autoscaler.target.utilization", "0.9"));

        assertThat(policyOf(written).utilization().target()).isEqualTo(0.5);
        written.remove("job.autoscaler.utilization.target");
        assertThat(policyOf(written).utilization().target()).isEqualTo(0.6);
        written.remove("kubernetes.operator.job.autoscaler.utilization.target");
        assertThat(policyOf(written).utilization().target()).isEqualTo(0.8);
        written.remove("job.autoscaler.target.utilization");
        assertThat(policyOf(written).utilization().target()).isEqualTo(0.9);
    }

    @Test
    void theJobWinsOverTheDaemonEvenWithADeprecatedKey() {
        PolicyReader reader = new PolicyReader(
                daemon(Map.of("job.autoscaler.utilization.target", "0.5", "job.autoscaler.metrics.window", "3 min")),
                NamedPolicies.NONE,
                ZoneOffset.UTC);

        ScalingPolicy policy = policy(reader, Map.of("job.autoscaler.target.utilization", "0.8"));

        assertThat(policy.utilization().target()).isEqualTo(0.8);
        assertThat(policy.observation().window()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void theBandIsTheTargetPlusAndMinusTheBoundaryWithinZeroAndOne() {
        assertThat(policyOf(Map.of("job.autoscaler.target.utilization.boundary", "0.8"))
                        .utilization())
                .isEqualTo(new Utilization(0.7, 1, 0));
        assertThat(policyOf(Map.of("job.autoscaler.utilization.max", "0.9", "job.autoscaler.utilization.min", "0.2"))
                        .utilization())
                .isEqualTo(new Utilization(0.7, 0.9, 0.2));
    }

    @Test
    void theDeprecatedAdjustModeCountsOnlyWhereTheNewKeyIsNotSet() {
        String deprecated = "job.autoscaler.scaling.key-group.partitions.adjust.mode";

        assertThat(policyOf(Map.of(deprecated, "maximize_utilisation")).alignment())
                .isEqualTo(AlignmentMode.ADJUST_MAXIMIZE_UTILISATION);
        assertThat(policyOf(Map.of(
                                deprecated,
                                "EVENLY_SPREAD",
                                "job.autoscaler.scaling.parallelism-alignment.mode",
                                "off"))
                        .alignment())
                .isEqualTo(AlignmentMode.OFF);
    }

    @Test
    void verticesAreExcludedByIdAndByName() {
        String id = "00000000000000000000000000000001";
        for (String ids :
                List.of(id + ";e0ee2155fd3d392f8aa146aa3e926050", "[" + id + ", 'E0ee2155fd3d392f8aa146aa3e926050']")) {
            ScalingPolicy policy = policyOf(Map.of(
                    "job.autoscaler.vertex.exclude.ids", ids, "job.autoscaler.vertex.exclude.names", "Sink: *;'a;b'"));

            assertThat(policy.excludedVertices().ids())
                    .containsExactlyInAnyOrder(new VertexId(id), new VertexId("e0ee2155fd3d392f8aa146aa3e926050"));
            assertThat(policy.excludedVertices().names())
                    .containsExactly(new NamePattern("Sink: *"), new NamePattern("a;b"));
        }
    }

    @Test
    void excludedPeriodsAreMeantInTheTimeZoneThatTheJobNamesOrElseInThatOfTheProcess() {
        Map<String, String> night = new TreeMap<>(Map.of("job.autoscaler.excluded.periods", "1:00-2:00"));
        PolicyReader tokyo = PolicyReader.withoutDefaults(ZoneId.of("Asia/Tokyo"));
        Instant inUtc = Instant.parse("2026-03-01T01:30:00Z");
        Instant inTokyo = Instant.parse("2026-03-01T16:30:00Z");

        assertThat(policy(tokyo, night).excludedPeriods().covering(inTokyo)).isPresent();
        assertThat(policy(tokyo, night).excludedPeriods().covering(inUtc)).isEmpty();
        night.put("job.autoscaler.excluded.time-zone", "UTC");
        assertThat(policy(tokyo, night).excludedPeriods().covering(inUtc)).isPresent();
    }

    @Test
    void policiesThatWereWrittenTheSameAreEqual() {
        Map<String, String> written =
                Map.of("job.autoscaler.excluded.periods", "[8:00-9:00, '* * * ? * MON', '1:00-2:00 && * * * ? * TUE']");

        assertThat(policyOf(written)).isEqualTo(policyOf(written));
        assertThat(policyOf(written).excludedPeriods().periods()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            metrics.window                      | soon           | expected a duration such as 10 s
            metrics.window                      | -5 s           | not negative
            metrics.window                      | 1.5 s          | whole
            metrics.window                      | 5 fortnights   | The unit 'fortnights' is none of
            metrics.window                      | 40000 d        | at most 36500 d
            enabled                             | yes            | expected true or false
            utilization.target                  | 1.01           | in [0.0, 1.0]
            utilization.target                  | NaN            | expected a number such as 0.7
            utilization.max                     | 0.5            | at least the target, which is 0.7
            utilization.min                     | 0.9            | at most the target, which is 0.7
            vertex.min-parallelism              | 0              | at least 1
            vertex.min-parallelism              | 201            | at most vertex.max-parallelism, which is 200
            vertex.max-parallelism              | 3000000000     | expected a whole number
            scale-up.max-factor                 | Infinity       | expected a number
            quota.memory                        | 1.5 gb         | expected a memory size
            quota.cpu                           | -1             | at least 0
            logical-name                        | ''             | of 1 to 255 characters
            metrics.busy-time.aggregator        | MEDIAN         | expected one of AVG, MAX, MIN
            scaling.parallelism-alignment.mode  | mine           | expected BALANCED, EVENLY_SPREAD, OFF, or the name of a plugin
            vertex.exclude.ids                  | abc            | 32 hexadecimal digits
            excluded.periods                    | 23:00-01:00    | write two: 23:00-23:59:59:999;00:00-01:00
            excluded.time-zone                  | Mars           | such as Europe/Berlin
            metrics.custom-evaluators           | mine           | in job.autoscaler.metrics.custom-evaluator.mine.class
            scaling.custom-executors            | mine           | in job.autoscaler.scaling.custom-executor.mine.class
            flink.rest-client.timeout           | 0              | more than 0
            memory.tuning.overhead              | 2              | in [0.0, 1.0]
            """)
    void aValueThatCannotBeUsedIsNamedWithItsKeyItsOriginAndWhatIsAllowed(String name, String value, String expected) {
        String key = "job.autoscaler." + name;

        List<Problem> problems = problemsOf(Map.of(key, value));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).key()).isEqualTo(key);
        assertThat(problems.get(0).message())
                .startsWith(key + " = '" + value + "' (configuration of the Flink job): ")
                .contains(expected)
                .doesNotContain("\n");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertThat(problemsOf(Map.of(
                        "job.autoscaler.enabled", "maybe",
                        "job.autoscaler.metrics.windo", "5 min",
                        "job.autoscaler.restart.time", "never",
                        "job.autoscaler.excluded.periods", "9:00;25:00-26:00")))
                .hasSize(5);
    }

    @Test
    void anUnknownKeyIsAnErrorThatNamesTheNearestKnownOne() {
        assertThat(problemsOf(Map.of("job.autoscaler.utilisation.target", "0.8")))
                .singleElement()
                .extracting(Problem::message)
                .isEqualTo(
                        "job.autoscaler.utilisation.target (configuration of the Flink job): there is no such option."
                                + " The nearest is job.autoscaler.utilization.target");
        assertThat(problemsOf(Map.of("kubernetes.operator.job.autoscaler.enable", "true"))
                        .get(0)
                        .message())
                .endsWith("The nearest is job.autoscaler.enabled");
    }

    @Test
    void keysOfPluginsThatAreNotUsedDoNoHarm() {
        policyOf(Map.of(
                "job.autoscaler.scaling.parallelism-alignment.mode.mine.class", "com.example.Mine",
                "job.autoscaler.metrics.custom-evaluator.mine.rate", "5"));
        assertThat(problemsOf(Map.of("job.autoscaler.scaling.parallelism-alignment.mode.mine", "x")))
                .hasSize(1);
    }

    @Test
    void aPluginIsFoundByItsClassWithItsParameters() {
        String prefix = "job.autoscaler.scaling.custom-executor.night.";
        Map<String, String> written = Map.of(
                "job.autoscaler.scaling.custom-executors",
                "night",
                prefix + "class",
                "io.flinkyarn.autoscaler.testing.TestPlugins$Refusing",
                "kubernetes.operator." + prefix + "limit",
                "4",
                prefix + "limit",
                "6");

        assertThat(policyOf(written).plugins().executors()).singleElement().satisfies(executor -> {
            assertThat(executor.name()).isEqualTo("night");
            assertThat(executor.parameters()).isEqualTo(Map.of("limit", "6"));
        });
    }

    @Test
    void aClassThatNoJarDeclaresIsNoPlugin() {
        String key = "job.autoscaler.scaling.custom-executor.night.class";

        assertThat(problemsOf(Map.of("job.autoscaler.scaling.custom-executors", "night", key, "java.lang.String")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .endsWith("class java.lang.String of plugin 'night' is in no jar of lib/ that declares it in"
                                + " META-INF/services/io.flinkyarn.autoscaler.core.plugin.ScalingExecutor"));
    }

    @Test
    void aJobMayHaveALogicalNameWhichIsNoDefaultForAllJobs() {
        assertThat(policyOf(Map.of()).resubmission())
                .isEqualTo(new ScalingPolicy.Resubmission(Optional.empty(), false));
        assertThat(policyOf(Map.of(
                                "job.autoscaler.logical-name", " orders ",
                                "job.autoscaler.restore-parallelism.enabled", "true"))
                        .resubmission())
                .isEqualTo(new ScalingPolicy.Resubmission(Optional.of("orders"), true));

        PolicyReader reader = new PolicyReader(
                daemon(Map.of("job.autoscaler.logical-name", "orders")), NamedPolicies.NONE, ZoneOffset.UTC);
        assertThat(reader.problems())
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .contains("logical-name", "'orders'", "not as a default for all");
    }

    @Test
    void memoryTuningSaysHowMemoryIsRecommended() {
        Map<String, String> written =
                Map.of("job.autoscaler.memory.tuning.enabled", "true", "job.autoscaler.memory.tuning.overhead", "0.1");

        assertThat(policyOf(Map.of()).memoryTuning())
                .isEqualTo(new ScalingPolicy.MemoryTuning(false, 0.2, false, true));
        assertThat(policyOf(written).memoryTuning()).isEqualTo(new ScalingPolicy.MemoryTuning(true, 0.1, false, true));
    }

    @Test
    void aQuotaKnowsWhatFlinkSaysATaskManagerCosts() {
        Map<String, String> written = new TreeMap<>(Map.of(
                "job.autoscaler.quota.cpu", "64",
                "job.autoscaler.quota.memory", "100 gb",
                "taskmanager.numberOfTaskSlots", "4",
                "taskmanager.memory.process.size", "1728m",
                "taskmanager.cpu.cores", "-1.0",
                "yarn.containers.vcores", "2"));

        assertThat(policyOf(written).quota())
                .isEqualTo(new Quota(
                        OptionalDouble.of(64),
                        OptionalLong.of(100L << 30),
                        new TaskManagerSize(4, OptionalDouble.of(2), OptionalLong.of(1728L << 20))));
        written.put("taskmanager.cpu.cores", "1.5");
        assertThat(policyOf(written).quota().taskManager().cpu()).hasValue(1.5);
        assertThat(policyOf(Map.of()).quota().taskManager()).isEqualTo(TaskManagerSize.UNKNOWN);
    }

    private static Settings daemon(Map<String, String> written) {
        Origin file = new Origin.File("conf/autoscaler.yaml", Optional.of(1));
        return new Settings(List.of(Layer.of(written.entrySet().stream()
                .map(entry -> new Setting(entry.getKey(), entry.getValue(), file))
                .toList())));
    }

    private static ScalingPolicy policyOf(Map<String, String> written) {
        return policy(READER, written);
    }

    private static ScalingPolicy policy(PolicyReader reader, Map<String, String> written) {
        return reader.read(written)
                .<ScalingPolicy>match(valid -> valid.policy(), invalid -> fail("refused: " + invalid.problems()));
    }

    private static List<Problem> problemsOf(Map<String, String> written) {
        return problems(READER, written);
    }

    private static List<Problem> problems(PolicyReader reader, Map<String, String> written) {
        return reader.read(written)
                .<List<Problem>>match(valid -> fail("accepted: " + written), invalid -> invalid.problems());
    }
}
