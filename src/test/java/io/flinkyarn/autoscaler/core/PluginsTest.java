package io.flinkyarn.autoscaler.core;

import static io.flinkyarn.autoscaler.core.testing.Given.START;
import static io.flinkyarn.autoscaler.core.testing.Given.id;
import static io.flinkyarn.autoscaler.core.testing.Given.policy;
import static io.flinkyarn.autoscaler.core.testing.Given.vertex;
import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.decide.VertexOutcome;
import io.flinkyarn.autoscaler.core.evaluate.Estimator;
import io.flinkyarn.autoscaler.core.evaluate.Replaced;
import io.flinkyarn.autoscaler.core.evaluate.Replaced.Rate;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventText;
import io.flinkyarn.autoscaler.core.job.Edge;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.testing.SteadyJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What plugins do to the decisions about a keyed vertex that runs at 4 and is right at 8. */
class PluginsTest {

    private static final String PLUGINS = "io.flinkyarn.autoscaler.testing.TestPlugins$";
    private static final String MODE = "scaling.parallelism-alignment.mode";
    private static final String EXECUTORS = "scaling.custom-executors";
    private static final String EXECUTOR = "scaling.custom-executor.";

    private static final String EVALUATORS = "metrics.custom-evaluators";
    private static final String EVALUATOR = "metrics.custom-evaluator.";

    private static final JobVertex SOURCE = vertex("source", 4);
    private static final JobVertex WORK = vertex("work", 4);
    private static final SteadyJob JOB = SteadyJob.of(
            JobGraph.of(List.of(SOURCE, WORK), List.of(new Edge(SOURCE.id(), WORK.id(), ShipStrategy.HASH))),
            Map.of("source", 1000.0),
            Map.of("source", 500.0, "work", 250.0));

    private static Step step(String... options) {
        List<String> all = new ArrayList<>(
                List.of("stabilization.interval", "0 s", "metrics.window", "1 min", "utilization.target", "0.5"));
        all.addAll(List.of(options));
        JobState state = JobState.NEW;
        Step step = Step.holding(state, Hold.because(HoldReason.NOT_RUNNING, ""), List.of(), START);
        for (int second = 60; second <= 120; second += 30) {
            var sample = JOB.sample(START.plusSeconds(second));
            step = Autoscaler.step(state, sample, policy(all.toArray(String[]::new)), sample.at());
            state = step.state();
        }
        return step;
    }

    private static void assertRescale(Step step, int to) {
        assertRescale(step, Map.of(id("work"), to));
    }

    private static void assertRescale(Step step, Map<VertexId, Integer> targets) {
        assertThat(step.decision())
                .isInstanceOfSatisfying(
                        Rescale.class,
                        rescale -> assertThat(rescale.plan().targets()).isEqualTo(targets));
    }

    private static Hold hold(Step step) {
        assertThat(step.decision()).isInstanceOf(Hold.class);
        return (Hold) step.decision();
    }

    @Test
    void withoutPluginsItIsScaledToEight() {
        assertRescale(step(), 8);
    }

    @Test
    void aModeOfAPluginAligns() {
        assertRescale(step(MODE, "mine", MODE + ".mine.class", PLUGINS + "Multiples", MODE + ".mine.of", "5"), 10);
    }

    @Test
    void whatAModeOfAPluginAnswersIsCutToTheBounds() {
        assertRescale(
                step(
                        MODE,
                        "mine",
                        MODE + ".mine.class",
                        PLUGINS + "Multiples",
                        MODE + ".mine.of",
                        "50",
                        "vertex.max-parallelism",
                        "12"),
                12);
    }

    @Test
    void aPluginThatFailsHoldsTheJobAndIsNamed() {
        Step step = step(MODE, "mine", MODE + ".mine.class", PLUGINS + "Multiples");

        assertThat(hold(step).reason()).isEqualTo(HoldReason.PLUGIN_FAILED);
        assertThat(hold(step).detail()).startsWith("plugin 'mine' failed: java.lang.NumberFormatException");
        assertThat(step.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.AUTOSCALER_ERROR);
            assertThat(event.key()).isEqualTo("plugin mine");
            assertThat(event.mergeWithin()).isPresent();
        });
        assertThat(step.state().reconciliation()).isEmpty();
    }

    @Test
    void anExecutorRefuses() {
        Step step =
                step(EXECUTORS, "night", EXECUTOR + "night.class", PLUGINS + "Refusing", EXECUTOR + "night.limit", "6");

        assertThat(hold(step).reason()).isEqualTo(HoldReason.VETOED);
        assertThat(hold(step).detail()).isEqualTo("night: at most 6 after hours");
        assertThat(hold(step).recommended())
                .hasValueSatisfying(plan -> assertThat(plan.targets()).isEqualTo(Map.of(id("work"), 8)));
        assertThat(step.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.SCALING_VETOED);
            assertThat(event.message())
                    .isEqualTo("The job is not rescaled: scaling executor 'night' refuses, at most 6 after hours");
        });
    }

    @Test
    void executorsAreAskedInTheOrderOfTheirPriority() {
        // named first, asked last: it sees the 5 that the other one has made of 8
        Step step = step(
                EXECUTORS,
                "night;five",
                EXECUTOR + "night.class",
                PLUGINS + "Refusing",
                EXECUTOR + "night.limit",
                "6",
                EXECUTOR + "five.class",
                PLUGINS + "Setting",
                EXECUTOR + "five.to",
                "5");

        assertRescale(step, 5);
        assertThat(step.state().history().get(id("work")))
                .singleElement()
                .satisfies(past -> assertThat(past.expectedProcessingRate()).isEqualTo(1250));
    }

    @Test
    void anExecutorThatLeavesNothingHasRefused() {
        Step step = step(EXECUTORS, "same", EXECUTOR + "same.class", PLUGINS + "Setting", EXECUTOR + "same.to", "4");

        assertThat(hold(step).reason()).isEqualTo(HoldReason.VETOED);
        assertThat(hold(step).detail()).isEqualTo("same: it leaves nothing of the plan");
    }

    @Test
    void anExecutorThatAsksForTheImpossibleHasFailed() {
        Step step = step(EXECUTORS, "many", EXECUTOR + "many.class", PLUGINS + "Setting", EXECUTOR + "many.to", "721");

        assertThat(hold(step).reason()).isEqualTo(HoldReason.PLUGIN_FAILED);
        assertThat(hold(step).detail()).isEqualTo("plugin 'many' sets vertex work to 721, expected 1 to 720");
    }

    /** The options of an evaluator 'plan' that knows something of a vertex. */
    private static String[] knowing(String vertex, String... rates) {
        List<String> options = new ArrayList<>(List.of(
                EVALUATORS, "plan", EVALUATOR + "plan.class", PLUGINS + "Knowing", EVALUATOR + "plan.of", vertex));
        for (int i = 0; i < rates.length; i += 2) {
            options.addAll(List.of(EVALUATOR + "plan." + rates[i], rates[i + 1]));
        }
        return options.toArray(String[]::new);
    }

    private static Verdict verdict(Step step, String vertex) {
        return step.decision().verdicts().stream()
                .filter(v -> v.name().equals(vertex))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEvaluatorSetsTheTargetRateOfASourceAndOfAllBehindIt() {
        Step step = step(knowing("source", "target", "1500"));

        assertRescale(step, Map.of(id("source"), 6, id("work"), 12));
        Verdict source = verdict(step, "source");
        assertThat(source.targetRate()).hasValue(1500);
        assertThat(source.scaleUpThreshold()).as("1500 at a utilization of 0.8").hasValue(1875);
        assertThat(source.requiredCapacity()).hasValue(3000);
        assertThat(source.replaced()).containsExactly(new Replaced("plan", Rate.TARGET, OptionalDouble.of(1000), 1500));
        assertThat(EventText.reason(source))
                .isEqualTo(
                        "inside its utilization band, it goes along with the others: it needs 3000/s, with a target rate of"
                                + " 1500/s by custom evaluator 'plan' instead of 1000/s");
        assertThat(verdict(step, "work").targetRate()).hasValue(1500);
        assertThat(verdict(step, "work").replaced()).isEmpty();
    }

    @Test
    void anEvaluatorSetsTheCatchUpRateOfASourceAndOfAllBehindIt() {
        Step step = step(knowing("source", "catch-up", "250"));

        assertRescale(step, Map.of(id("source"), 5, id("work"), 9));
        assertThat(verdict(step, "source").catchUpRate()).hasValue(250);
        assertThat(verdict(step, "work").catchUpRate()).hasValue(250);
        assertThat(verdict(step, "work").requiredCapacity()).hasValue(2250);
    }

    @Test
    void anEvaluatorSetsTheTrueProcessingRateOfOneVertex() {
        Step step = step(knowing("work", "true", "500"));

        assertRescale(step, 16);
        assertThat(verdict(step, "work").estimator()).isEqualTo(Estimator.EVALUATOR);
        assertThat(verdict(step, "work").expectedProcessingRate()).hasValue(2000);
        assertThat(verdict(step, "source").replaced()).isEmpty();
    }

    @Test
    void aRateOfNothingIsARate() {
        assertThat(verdict(step(knowing("work", "target", "0")), "work").targetRate())
                .hasValue(0);
        assertThat(verdict(step(knowing("work", "catch-up", "0")), "work").catchUpRate())
                .hasValue(0);
    }

    @Test
    void aFullyBusyVertexIsNotScaledDownWhateverAnEvaluatorSays() {
        Step step = step(knowing("work", "true", "Infinity"));

        assertThat(verdict(step, "work").outcome()).isEqualTo(VertexOutcome.FULLY_BUSY);
        assertThat(step.decision()).isInstanceOf(Hold.class);
    }

    @Test
    void evaluatorsAreAskedInTheOrderInWhichTheyAreNamedEachAboutWhatTheOneBeforeLeft() {
        List<String> options = new ArrayList<>(List.of(knowing("source", "target", "750")));
        options.addAll(List.of(EVALUATOR + "twice.class", PLUGINS + "Doubling"));

        options.set(1, "plan;twice");
        assertThat(verdict(step(options.toArray(String[]::new)), "source").replaced())
                .containsExactly(
                        new Replaced("plan", Rate.TARGET, OptionalDouble.of(1000), 750),
                        new Replaced("twice", Rate.TARGET, OptionalDouble.of(750), 1500));
        options.set(1, "twice;plan");
        assertThat(verdict(step(options.toArray(String[]::new)), "source").targetRate())
                .hasValue(750);
    }

    @ParameterizedTest
    @CsvSource({
        "target, NaN, target rate, 'a finite number, at least 0'",
        "target, -0.5, target rate, 'a finite number, at least 0'",
        "target, Infinity, target rate, 'a finite number, at least 0'",
        "catch-up, -1.0, catch-up rate, 'a finite number, at least 0'",
        "true, 0.0, true processing rate, more than 0",
        "true, NaN, true processing rate, more than 0",
    })
    void aNumberThatIsNoRateHoldsTheJobAndIsNamed(String parameter, String number, String rate, String expected) {
        Step step = step(knowing("work", parameter, number));

        assertThat(hold(step).reason()).isEqualTo(HoldReason.PLUGIN_FAILED);
        assertThat(hold(step).detail())
                .isEqualTo("plugin 'plan' sets the " + rate + " of vertex work to " + number + " records/s, expected "
                        + expected);
        assertThat(step.events()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo(EventReason.AUTOSCALER_ERROR);
            assertThat(event.key()).isEqualTo("plugin plan");
        });
        assertThat(verdict(step, "work").targetRate())
                .as("what was measured is still told")
                .hasValue(1000);
        assertThat(verdict(step, "work").replaced()).isEmpty();
    }

    @Test
    void anEvaluatorThatThrowsHoldsTheJob() {
        Step step = step(knowing("work", "target", "many"));

        assertThat(hold(step).reason()).isEqualTo(HoldReason.PLUGIN_FAILED);
        assertThat(hold(step).detail()).startsWith("plugin 'plan' failed: java.lang.NumberFormatException");
    }
}
