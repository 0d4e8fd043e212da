package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.BusyRatio;
import io.flinkyarn.autoscaler.core.sample.ClusterSample;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.testing.Given;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every job, whatever its graph, load and options. Each seed is a run of random jobs. */
class AutoscalerPropertiesTest {

    private static final int JOBS = 150;

    /** A random job with a policy whose window is full after the sixth minute. */
    private record Case(SteadyJob job, ScalingPolicy policy) {

        static Case random(Random random) {
            int size = 1 + random.nextInt(6);
            List<JobVertex> vertices = new ArrayList<>();
            List<Edge> edges = new ArrayList<>();
            Map<String, Double> rates = new HashMap<>();
            Map<String, Double> perSubtask = new HashMap<>();
            for (int i = 0; i < size; i++) {
                String name = "v" + i;
                int max = List.of(16, 120, 128, 720).get(random.nextInt(4));
                int parallelism = 1 + random.nextInt(Math.min(max, 40));
                boolean source = i == 0 || random.nextInt(4) == 0;
                OptionalInt partitions =
                        source && random.nextBoolean() ? OptionalInt.of(1 + random.nextInt(60)) : OptionalInt.empty();
                vertices.add(vertex(name, parallelism, max, partitions));
                perSubtask.put(name, Math.exp(random.nextDouble() * 8));
                if (source) {
                    rates.put(name, random.nextInt(8) == 0 ? 0 : Math.exp(random.nextDouble() * 10));
                } else {
                    for (int input = 0; input < i; input++) {
                        if (input == i - 1 || random.nextInt(3) == 0) {
                            edges.add(new Edge(
                                    vertices.get(input).id(),
                                    vertices.get(i).id(),
                                    random.nextBoolean() ? ShipStrategy.HASH : ShipStrategy.OTHER));
                        }
                    }
                }
            }
            ScalingPolicy policy = Given.policy(
                    "stabilization.interval", "1 min",
                    "metrics.window", "5 min",
                    "utilization.target", List.of("0.5", "0.7", "0.9").get(random.nextInt(3)),
                    "scale-up.max-factor", List.of("0.5", "2", "100000").get(random.nextInt(3)),
                    "vertex.min-parallelism", List.of("1", "4").get(random.nextInt(2)),
                    "vertex.max-parallelism", List.of("20", "200").get(random.nextInt(2)),
                    "scaling.parallelism-alignment.mode",
                            List.of("BALANCED", "EVENLY_SPREAD", "OFF").get(random.nextInt(3)),
                    "restart.time", List.of("0 s", "3 min").get(random.nextInt(2)));
            return new Case(SteadyJob.of(JobGraph.of(vertices, edges), rates, perSubtask), policy);
        }

        /** The step with which the window is full. */
        Step decide(JobState before) {
            return decide(before, job);
        }

        Step decide(JobState before, SteadyJob running) {
            JobState state = before;
            Step step = null;
            for (int minute = 1; minute <= 6; minute++) {
                Instant at = running.runningSince().plus(Duration.ofMinutes(minute));
                step = Autoscaler.step(state, running.sample(at), policy, at);
                state = step.state();
            }
            return requireNonNull(step);
        }
    }

    private static Map<String, Integer> plan(Step step) {
        Map<String, Integer> plan = new TreeMap<>();
        step.decision().verdicts().forEach(v -> plan.put(v.name(), v.newParallelism()));
        return plan;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aDecisionStaysWithinEveryLimit(long seed) {
        Random random = new Random(seed);
        int changes = 0;
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            Step step = given.decide(JobState.NEW);
            assertThat(step.decision().verdicts())
                    .hasSameSizeAs(given.job().graph().vertices());
            for (Verdict v : step.decision().verdicts()) {
                JobVertex vertex = given.job().graph().vertex(v.vertex()).orElseThrow();
                int p = vertex.parallelism();
                int to = v.newParallelism();
                changes += v.changes() ? 1 : 0;
                assertThat(to).as("%s", v).isBetween(1, vertex.maxParallelism());
                assertThat(to)
                        .as("%s", v)
                        .isLessThanOrEqualTo(Math.max(p, given.policy().limits().maxParallelism()));
                assertThat(to)
                        .as("%s", v)
                        .isGreaterThanOrEqualTo(
                                Math.min(p, given.policy().limits().minParallelism()));
                if (given.job().graph().inputs(position(given, v)).isEmpty()) {
                    int most = vertex.sourcePartitions().orElse(Integer.MAX_VALUE);
                    assertThat(to).as("%s", v).isLessThanOrEqualTo(Math.max(p, most));
                }
            }
        }
        assertThat(changes).as("the property is about something").isGreaterThan(JOBS);
    }

    private static int position(Case given, Verdict verdict) {
        return given.job().graph().vertices().stream()
                .map(JobVertex::id)
                .toList()
                .indexOf(verdict.vertex());
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void moreLagNeverLowersAPlan(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            double lag = Math.exp(random.nextDouble() * 14);
            // alignment may jump to less for more: 33 is aligned to 43, 43 to 43
            Case less = new Case(given.job().withLag(lag), given.policy());
            Case more = new Case(given.job().withLag(lag * (1 + random.nextDouble())), given.policy());
            Map<String, Integer> planOfLess = plan(less.decide(JobState.NEW));
            plan(more.decide(JobState.NEW))
                    .forEach((name, parallelism) -> assertThat(parallelism)
                            .as("%s of %s", name, given)
                            .isGreaterThanOrEqualTo(requireNonNull(planOfLess.get(name))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void theOrderOfTheVerticesChangesNothing(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            List<JobVertex> vertices = new ArrayList<>(given.job().graph().vertices());
            List<Edge> edges = new ArrayList<>(given.job().graph().edges());
            Collections.shuffle(vertices, random);
            Collections.shuffle(edges, random);
            SteadyJob shuffled = SteadyJob.of(
                    JobGraph.of(vertices, edges),
                    given.job().rates(),
                    given.job().perSubtask());

            assertThat(plan(given.decide(JobState.NEW, shuffled))).isEqualTo(plan(given.decide(JobState.NEW)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12})
    void aConstantLoadComesToRest(long seed) {
        Random random = new Random(seed);
        int rescales = 0;
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            SteadyJob job = given.job();
            JobState state = JobState.NEW;
            int rounds = 0;
            for (; rounds < 20; rounds++) {
                Step step = given.decide(state, job);
                if (!(step.decision() instanceof Rescale rescale)) {
                    break;
                }
                rescales++;
                state = step.state();
                job = job.rescaled(
                        rescale.plan().targets(),
                        state.reconciliation().orElseThrow().decidedAt().plusSeconds(20));
            }
            assertThat(rounds).as("rescales of %s", given).isLessThan(20);
        }
        assertThat(rescales).as("the property is about something").isGreaterThan(JOBS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {13, 14, 15, 16})
    void numbersThatAreNoneNeverReachADecision(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            JobState state = JobState.NEW;
            for (int minute = 1; minute <= 12; minute++) {
                Instant at = START.plus(Duration.ofMinutes(minute));
                JobSample sample = spoilt(given.job().sample(at), random);
                Step step = Autoscaler.step(state, sample, given.policy(), at);
                step.decision().verdicts().forEach(AutoscalerPropertiesTest::assertIsWhole);
                state = step.state()
                        .withReconciliation(Reconciliation.requested(at, Map.of())
                                .with(Reconciliation.Phase.SUPERSEDED, at, Optional.empty()));
            }
        }
    }

    private static void assertIsWhole(Verdict v) {
        for (OptionalDouble number : List.of(
                v.targetRate(),
                v.catchUpRate(),
                v.lag(),
                v.busyRatio(),
                v.trueProcessingRate(),
                v.scaleUpThreshold(),
                v.scaleDownThreshold(),
                v.requiredCapacity(),
                v.scaleFactor(),
                v.expectedProcessingRate())) {
            assertThat(number.orElse(0)).as("%s", v).isNotNaN();
        }
        assertThat(v.newParallelism()).as("%s", v).isBetween(1, v.maxParallelism());
        assertThat(v.targetRate().orElse(0)).as("%s", v).isFinite();
    }

    /** The sample with some of its numbers replaced by what Flink reports now and then. */
    private static JobSample spoilt(JobSample sample, Random random) {
        List<VertexSample> vertices = sample.vertices().stream()
                .map(v -> new VertexSample(
                        v.busy()
                                .map(b -> new BusyRatio(
                                        spoilt(b.min(), random), spoilt(b.max(), random), spoilt(b.average(), random))),
                        spoilt(v.backPressuredRatio(), random),
                        spoilt(v.recordsInRate(), random),
                        spoilt(v.sourceRecordsInRate(), random),
                        spoilt(v.sourceRecordsIn(), random),
                        spoilt(v.sourceRecordsOut(), random),
                        spoilt(v.pendingRecords(), random),
                        spoilt(v.readRecords(), random),
                        spoilt(v.writeRecords(), random),
                        spoilt(v.accumulatedBusy(), random),
                        spoilt(v.taskTime(), random),
                        v.finished()))
                .toList();
        ClusterSample c = sample.cluster();
        ClusterSample cluster = new ClusterSample(
                spoilt(c.heapMax(), random),
                spoilt(c.heapUsed(), random),
                spoilt(c.gcRatio(), random),
                c.managedUsed(),
                c.metaspaceUsed(),
                c.taskSlotsTotal(),
                c.taskSlotsAvailable());
        return new JobSample(sample.at(), sample.runningSince(), sample.graph(), vertices, cluster, true);
    }

    private static OptionalDouble spoilt(OptionalDouble value, Random random) {
        return value.isPresent() ? OptionalDouble.of(spoilt(value.getAsDouble(), random)) : value;
    }

    private static double spoilt(double value, Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -value - 1;
            case 4 -> 0;
            case 5 -> Double.MAX_VALUE;
            default -> value;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {17, 18, 19})
    void timeThatGoesBackwardsOrJumpsDoesNoHarm(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);
            JobState state = JobState.NEW;
            Instant at = START.plusSeconds(60);
            for (int n = 0; n < 20; n++) {
                at = at.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(4000) - 2000 : 60);
                Instant time = at.isBefore(START) ? START : at;
                Step step = Autoscaler.step(state, given.job().sample(time), given.policy(), time);
                step.decision().verdicts().forEach(AutoscalerPropertiesTest::assertIsWhole);
                for (Verdict v : step.decision().verdicts()) {
                    double rate = given.job().rates().getOrDefault(v.name(), Double.NaN);
                    if (!Double.isNaN(rate)) {
                        assertThat(v.targetRate().orElse(rate)).as("%s", v).isCloseTo(rate, withPercentage(0.001));
                    }
                }
                state = step.state();
            }
            // the clock goes on as it should: within a window and the patience with a rescale the job is decided on
            // again
            Instant sane = at.isBefore(START) ? START : at;
            Step last = null;
            for (int minute = 1; minute <= 45; minute++) {
                Instant time = sane.plus(Duration.ofMinutes(minute));
                last = Autoscaler.step(state, given.job().sample(time), given.policy(), time);
                state = last.state();
            }
            assertThat(state.window().size()).isGreaterThanOrEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20, 21})
    void theSameStepTakenTwiceIsTheSameStep(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < JOBS; i++) {
            Case given = Case.random(random);

            assertThat(given.decide(JobState.NEW)).isEqualTo(given.decide(JobState.NEW));
        }
    }
}
