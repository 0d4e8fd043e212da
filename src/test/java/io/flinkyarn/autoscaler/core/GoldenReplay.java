package io.flinkyarn.autoscaler.core;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.flinkyarn.autoscaler.core.decide.Decider;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.Decision.Rescale;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.evaluate.Evaluator;
import io.flinkyarn.autoscaler.core.event.DecisionEvents;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.RescaleHistory;
import io.flinkyarn.autoscaler.core.state.RestartTimes;
import io.flinkyarn.autoscaler.core.state.TrackedRestart;
import io.flinkyarn.autoscaler.core.window.Intake;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.UnbrokenWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/** A golden case run through our own code, and what came out otherwise. */
final class GoldenReplay {

    /** Events that the cases know; we have more of our own. */
    private static final Set<String> EVENTS =
            Set.of("ScalingReport", "IneffectiveScaling", "ScalingLimited", "MemoryPressure", "ResourceQuotaReached");

    private final GoldenCase golden;
    private final ScalingPolicy policy;

    GoldenReplay(GoldenCase golden, ScalingPolicy policy) {
        this.golden = golden;
        this.policy = policy;
    }

    /** One decision of a case: what we were given, what we decided, and what the original did. */
    record Decided(JobState before, JobSample sample, ScalingPolicy policy, Instant now, Step step, JsonNode expected) {

        JobGraph graph() {
            return sample.graph();
        }

        Optional<HoldReason> hold() {
            return step.decision().match(hold -> Optional.of(hold.reason()), rescale -> Optional.empty());
        }

        Map<String, Verdict> verdicts() {
            Map<String, Verdict> verdicts = new TreeMap<>();
            step.decision().verdicts().forEach(v -> verdicts.put(v.vertex().hex(), v));
            return verdicts;
        }

        /** The same decision under another policy. */
        Decided under(ScalingPolicy other) {
            return new Decided(before, sample, other, now, Autoscaler.step(before, sample, other, now), expected);
        }

        /** The same decision by the whole window, as the original takes it: a counter that falls has a negative rate. */
        Decided acrossFallingCounters() {
            Instant oldest = expected.path("windowFull").asBoolean()
                    ? now.minus(policy.observation().window())
                    : Instant.MIN;
            MetricsWindow whole = UnbrokenWindow.of(step.state().window(), oldest);
            Duration restartTime = new RestartTimes(before.restarts())
                    .within(policy.history(), now)
                    .expected(policy.restart());
            Proposal proposal = new Decider(
                            graph(),
                            policy,
                            new RescaleHistory(before.history())
                                    .within(policy.history(), now)
                                    .byVertex(),
                            before.pendingScaleDowns(),
                            now)
                    .decide(Evaluator.evaluate(graph(), whole, policy, restartTime, List.of()));
            DecisionEvents tell = new DecisionEvents(policy.eventInterval());
            JobState after = step.state().withWindow(whole);
            boolean rescales = proposal.justified() && proposal.plan().isPresent();
            return new Decided(
                    before,
                    sample,
                    policy,
                    now,
                    rescales
                            ? new Step(
                                    after.withPendingScaleDowns(Map.of()),
                                    new Rescale(proposal.plan().get(), proposal.verdicts(), proposal.trigger()),
                                    List.of(tell.rescaling(proposal.trigger(), proposal.verdicts())))
                            : new Step(
                                    after.withPendingScaleDowns(proposal.pendingScaleDowns()),
                                    new Hold(HoldReason.WITHIN_BAND, "", Optional.empty(), proposal.verdicts()),
                                    List.of()),
                    expected);
        }

        List<Difference> differences() {
            return new Comparison(this).differences();
        }
    }

    /**
     * One number or fact that is not as the original had it.
     *
     * @param field as the golden files name it
     * @param vertex id; empty for a fact about the job
     */
    record Difference(String field, String vertex, String expected, String actual, Decided decided) {

        boolean isAbout(Difference other) {
            return field.equals(other.field) && vertex.equals(other.vertex);
        }

        boolean isOfJob() {
            return vertex.isEmpty();
        }

        Verdict verdict() {
            return requireNonNull(decided.verdicts().get(vertex));
        }

        /** For instance "work 7, ours 8". */
        String inShort() {
            return (isOfJob() ? field : verdict().name()) + " " + expected + ", ours " + actual;
        }

        @Override
        public String toString() {
            String of = isOfJob() ? "" : " of vertex " + verdict().name() + " (" + vertex + ")";
            return decided.now() + ": " + field + of + ": expected " + expected + ", but was " + actual;
        }
    }

    List<Decided> decisions() {
        List<Decided> decisions = new ArrayList<>();
        JobState state = golden.initialState();
        Instant after = Instant.MIN;
        Instant runningSince = GoldenCase.instant(golden.json(), "runningSince");
        Map<String, Integer> parallelism = new HashMap<>();
        for (JsonNode moment : golden.moments()) {
            Instant now = GoldenCase.instant(moment, "now");
            if (moment.has("runningSince")) {
                runningSince = GoldenCase.instant(moment, "runningSince");
            }
            moment.path("parallelism")
                    .properties()
                    .forEach(p -> parallelism.put(p.getKey(), p.getValue().asInt()));
            List<JobSample> samples = golden.samples(after, now, runningSince, parallelism);
            for (JobSample sample : samples.subList(0, samples.size() - 1)) {
                state = state.withWindow(
                        Intake.of(state.window(), sample, policy, sample.at()).window());
            }
            JobSample last = samples.get(samples.size() - 1);
            Step step = Autoscaler.step(state, last, policy, now);
            decisions.add(new Decided(state, last, policy, now, step, moment.get("expected")));
            state = carriedOver(step.state());
            after = now;
        }
        return decisions;
    }

    /** Only the window and the waiting scale-downs go on: the job stays as it was, whatever was decided. */
    private static JobState carriedOver(JobState state) {
        return JobState.NEW.withWindow(state.window()).withPendingScaleDowns(state.pendingScaleDowns());
    }

    List<Difference> differences() {
        return decisions().stream()
                .flatMap(decided -> decided.differences().stream())
                .toList();
    }

    /** What is compared, and how exactly. */
    private static final class Comparison {

        private final Decided decided;
        private final JsonNode expected;
        private final List<Difference> differences = new ArrayList<>();

        Comparison(Decided decided) {
            this.decided = decided;
            this.expected = decided.expected();
        }

        List<Difference> differences() {
            if (expected.has("error")) {
                boolean quiet = expected.get("error").asText().startsWith("not ready");
                HoldReason reason = quiet ? HoldReason.METRICS_NOT_READY : HoldReason.METRICS_MISSING;
                same("error", Optional.of(reason), decided.hold());
                return differences;
            }
            compareJob();
            Map<String, Verdict> verdicts = decided.verdicts();
            expected.get("vertices").properties().forEach(vertex -> {
                Verdict verdict = verdicts.get(vertex.getKey());
                if (verdict != null) {
                    compareVertex(vertex.getKey(), vertex.getValue(), verdict);
                }
            });
            return differences;
        }

        private void compareJob() {
            MetricsWindow window = decided.step().state().window();
            Optional<HoldReason> hold = decided.hold();
            boolean waits = hold.equals(Optional.of(HoldReason.STABILIZING))
                    || hold.equals(Optional.of(HoldReason.WINDOW_FILLING));
            same("windowFull", expected.get("windowFull").asBoolean(), !waits);
            same("samplesKept", expected.get("samplesKept").asInt(), window.size());
            same("rescale", expected.get("rescale").asBoolean(), hold.isEmpty());
            same("events", texts(expected.get("events")), events(decided.step()));
            same(
                    "number of vertices",
                    expected.get("vertices").size(),
                    decided.verdicts().size());
            same("pendingScaleDowns", expectedToWait(), waiting());
            if (expected.has("processingBacklog") && window.size() > 1) {
                boolean backlog = Evaluator.evaluate(
                                decided.graph(), window.usable(), decided.policy(), Duration.ZERO, List.of())
                        .processingBacklog();
                same("processingBacklog", expected.get("processingBacklog").asBoolean(), backlog);
            }
            if (expected.has("restartTime")) {
                same("restartTime", Duration.parse(expected.get("restartTime").asText()), restartTime());
            }
        }

        /** The restart time that the step used: that of the state it yields, without the rescale that it decided. */
        private Duration restartTime() {
            List<TrackedRestart> before = decided.step().state().restarts().stream()
                    .filter(r -> !r.decidedAt().equals(decided.now()))
                    .toList();
            return new RestartTimes(before)
                    .within(decided.policy().history(), decided.now())
                    .expected(decided.policy().restart());
        }

        private Map<String, Instant> expectedToWait() {
            Map<String, Instant> waiting = new TreeMap<>();
            expected.path("pendingScaleDowns")
                    .properties()
                    .forEach(e ->
                            waiting.put(e.getKey(), Instant.parse(e.getValue().asText())));
            return waiting;
        }

        private Map<String, Instant> waiting() {
            Map<String, Instant> waiting = new TreeMap<>();
            decided.step()
                    .state()
                    .pendingScaleDowns()
                    .forEach((vertex, pending) -> waiting.put(vertex.hex(), pending.firstWish()));
            return waiting;
        }

        private static List<String> events(Step step) {
            return step.events().stream()
                    .map(event -> event.reason().text())
                    .filter(EVENTS::contains)
                    .sorted()
                    .toList();
        }

        private static List<String> texts(JsonNode array) {
            List<String> texts = new ArrayList<>();
            array.forEach(text -> texts.add(text.asText()));
            return texts;
        }

        private void compareVertex(String id, JsonNode of, Verdict verdict) {
            int wanted = of.get("newParallelism").asInt();
            if (wanted != verdict.newParallelism()) {
                add("newParallelism", id, wanted, verdict.newParallelism());
            }
            close("targetRate", id, of, verdict.targetRate(), 0);
            close("catchUpRate", id, of, verdict.catchUpRate(), 0);
            close("trueProcessingRate", id, of, verdict.trueProcessingRate(), 0);
            close("load", id, of, verdict.busyRatio(), 0);
            close("scaleUpThreshold", id, of, verdict.scaleUpThreshold(), 0.5);
            close("scaleDownThreshold", id, of, verdict.scaleDownThreshold(), 0.5);
            close("expectedProcessingRate", id, of, verdict.expectedProcessingRate(), 0);
        }

        /** @param atLeast how far apart the numbers may be whatever they are: the original rounds thresholds to whole numbers */
        private void close(String field, String id, JsonNode of, OptionalDouble actual, double atLeast) {
            OptionalDouble wanted = GoldenCase.number(of, field);
            if (!isClose(wanted.orElse(Double.NaN), actual.orElse(Double.NaN), atLeast)) {
                add(field, id, wanted, actual);
            }
        }

        private static boolean isClose(double expected, double actual, double atLeast) {
            if (Double.compare(expected, actual) == 0) {
                return true;
            }
            double apart = Math.abs(expected - actual);
            return apart <= Math.max(atLeast, Math.abs(expected) < 1 ? 0.0005 : 0) + Math.abs(expected) * 1e-3;
        }

        private void same(String field, Object wanted, Object actual) {
            if (!wanted.equals(actual)) {
                add(field, "", wanted, actual);
            }
        }

        private void add(String field, String vertex, Object wanted, Object actual) {
            differences.add(new Difference(field, vertex, wanted.toString(), actual.toString(), decided));
        }
    }
}
