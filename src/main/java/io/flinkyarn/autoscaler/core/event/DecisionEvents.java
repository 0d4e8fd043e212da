package io.flinkyarn.autoscaler.core.event;

import io.flinkyarn.autoscaler.core.decide.Proposal;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.decide.Trigger;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.plugin.PluginFailure;
import io.flinkyarn.autoscaler.core.resources.MemoryRecommendation;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the step has to tell about a job. The same thing told again within the event interval is the same event.
 *
 * @param eventInterval within which events are merged
 */
public record DecisionEvents(Duration eventInterval) {

    /** A rescale that is carried out: never merged. */
    public JobEvent rescaling(Trigger trigger, List<Verdict> verdicts) {
        return new JobEvent(
                EventType.NORMAL,
                EventReason.SCALING_REPORT,
                "",
                EventText.executed(trigger, verdicts),
                Optional.empty());
    }

    /** A rescale that would be carried out if it were allowed: told once per interval for the same plan. */
    public JobEvent recommending(RescalePlan plan, List<Verdict> verdicts) {
        String key = Integer.toHexString(plan.targets().toString().hashCode());
        return merged(EventType.NORMAL, EventReason.SCALING_REPORT, key, EventText.recommended(verdicts));
    }

    /** What the decider noted on the way, whatever becomes of its proposal. */
    public List<JobEvent> notes(Proposal proposal) {
        List<JobEvent> events = new ArrayList<>(0);
        for (Verdict verdict : proposal.ineffective()) {
            events.add(
                    merged(
                            EventType.WARNING,
                            EventReason.INEFFECTIVE_SCALING,
                            verdict.vertex().hex(),
                            "The last scale-up of vertex " + verdict.name() + " to " + verdict.parallelism()
                                    + " brought too little of what was expected"
                                    + (verdict.changes()
                                            ? "; it is scaled up again"
                                            : "; another one is blocked, because scaling.effectiveness.detection.enabled is set")));
        }
        for (Verdict verdict : proposal.limitedByAlignment()) {
            events.add(merged(
                    EventType.WARNING,
                    EventReason.SCALING_LIMITED,
                    verdict.vertex().hex(),
                    "Vertex " + verdict.name() + " would need a parallelism of " + verdict.limitedParallelism()
                            + ", which its key groups or partitions do not fit: "
                            + (verdict.alignedParallelism() == verdict.parallelism() ? "it stays at " : "it is cut to ")
                            + verdict.alignedParallelism()));
        }
        return events;
    }

    public JobEvent memoryPressure(String finding) {
        return merged(
                EventType.WARNING,
                EventReason.MEMORY_PRESSURE,
                "",
                "The job is not rescaled while its TaskManagers are short of memory: " + finding);
    }

    public JobEvent noRoom(String finding) {
        return merged(EventType.WARNING, EventReason.NO_ROOM, "", "The job is not rescaled: " + finding);
    }

    public JobEvent cut(String finding) {
        return merged(
                EventType.WARNING,
                EventReason.NO_ROOM,
                "cut",
                "The rescale is cut to the room that there is: " + finding);
    }

    public JobEvent roomUnknown(String why) {
        return merged(
                EventType.WARNING,
                EventReason.NO_ROOM,
                "unknown",
                "The job is rescaled although it is not known whether there is room for it: " + why);
    }

    public JobEvent quotaReached(String finding) {
        return merged(EventType.WARNING, EventReason.RESOURCE_QUOTA_REACHED, "", "The job is not rescaled: " + finding);
    }

    public JobEvent memoryRecommendation(MemoryRecommendation memory) {
        return merged(EventType.NORMAL, EventReason.MEMORY_RECOMMENDATION, "", EventText.memoryRecommendation(memory));
    }

    /** @param executor its name in the configuration */
    public JobEvent vetoed(String executor, String why) {
        return merged(
                EventType.NORMAL,
                EventReason.SCALING_VETOED,
                executor,
                "The job is not rescaled: scaling executor '" + executor + "' refuses, " + why);
    }

    public JobEvent pluginFailed(PluginFailure failure) {
        return merged(
                EventType.WARNING,
                EventReason.AUTOSCALER_ERROR,
                "plugin " + failure.plugin(),
                "Nothing is decided about the job: " + failure.getMessage()
                        + ". Mend it, or remove it from the options");
    }

    /** @param metrics each as "metric of vertex" */
    public JobEvent metricsMissing(List<String> metrics) {
        return merged(
                EventType.WARNING,
                EventReason.AUTOSCALER_ERROR,
                "metrics",
                "Metrics that a decision needs do not exist: " + String.join(", ", metrics));
    }

    public JobEvent notRescalable() {
        return merged(
                EventType.WARNING,
                EventReason.NOT_RESCALABLE,
                "",
                "Flink cannot rescale this job in place, so it gets recommendations only."
                        + " Set jobmanager.scheduler: adaptive in its Flink configuration, and run it on Flink 1.18 or later");
    }

    /**
     * @param learnt the state of the new run, as it begins
     * @param tooLate until when it could have been restored; empty where that is not over, or is not wanted
     */
    public JobEvent learned(EarlierRun earlier, JobGraph graph, JobState learnt, Optional<Instant> tooLate) {
        return merged(
                EventType.NORMAL,
                EventReason.LEARNED_FROM_EARLIER_RUN,
                "",
                EarlierRunText.learned(earlier, graph, learnt)
                        + tooLate.map(EarlierRunText::notRestored).orElse(""));
    }

    public JobEvent completed(Duration seenAfter) {
        return new JobEvent(
                EventType.NORMAL,
                EventReason.RESCALE_COMPLETED,
                "",
                "The job runs at the parallelism that was decided, " + seenAfter.toSeconds() + " s after the decision",
                Optional.empty());
    }

    /** @param why for instance which vertex runs at what instead of what */
    public JobEvent failed(String why) {
        return merged(
                EventType.WARNING,
                EventReason.RESCALE_FAILED,
                "target",
                "The rescale did not come about, " + why
                        + ". Give the job free slots, or a lower job.autoscaler.vertex.max-parallelism");
    }

    private JobEvent merged(EventType type, EventReason reason, String key, String message) {
        return new JobEvent(type, reason, key, message, Optional.of(eventInterval));
    }
}
