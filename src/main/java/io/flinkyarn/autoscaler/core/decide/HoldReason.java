package io.flinkyarn.autoscaler.core.decide;

/** Why a job is not rescaled now. The one reason that a person is told first; the verdicts of the vertices tell the rest. */
public enum HoldReason {
    /** {@code job.autoscaler.enabled} is not set for the job. */
    DISABLED("the autoscaler is not enabled for this job"),
    INVALID_OPTIONS("an option of this job is invalid"),
    NOT_RUNNING("the job is not running"),
    /** A person has said so, until somebody resumes it. */
    PAUSED("somebody has paused the job"),
    METRICS_NOT_READY("the metrics are not complete yet"),
    METRICS_STALE("Flink has not measured anew since the last sample"),
    METRICS_MISSING("a metric that the decision needs does not exist"),
    STABILIZING("the job has just (re)started"),
    WINDOW_FILLING("the metrics window is not full yet"),
    RESCALE_IN_PROGRESS("an earlier rescale has not completed yet"),
    WITHIN_BAND("every vertex runs inside its utilization band"),
    NO_CHANGE("no vertex would change its parallelism"),
    SCALE_DOWN_DELAYED("scale-downs wait for the scale-down interval"),
    INEFFECTIVE("the last scale-up did not help"),
    MEMORY_PRESSURE("the TaskManagers are short of memory"),
    SCALING_DISABLED("scaling is switched off: recommendations only"),
    MODE_CAPPED("an administrator allows recommendations only"),
    EXCLUDED_PERIOD("no rescale is allowed at this time"),
    NOT_RESCALABLE("Flink cannot rescale this job in place: recommendations only"),
    SESSION_NOT_ENABLED("the job runs in a session cluster: recommendations only"),
    SESSION_BUSY("another job of the same session cluster is being rescaled"),
    NO_ROOM("the cluster cannot give the slots that the plan needs"),
    QUOTA_REACHED("the plan would exceed a quota"),
    TARGET_NOT_REACHED("Flink has been asked for this parallelism before, and lacks the slots"),
    TARGET_REFUSED("Flink has refused this parallelism a while ago"),
    VETOED("a scaling executor refused the plan"),
    PLUGIN_FAILED("a plugin failed, and nothing is decided without it");

    private final String sentence;

    HoldReason(String sentence) {
        this.sentence = sentence;
    }

    /** For people; lower case, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
