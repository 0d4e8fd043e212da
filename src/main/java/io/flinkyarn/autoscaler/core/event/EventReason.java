package io.flinkyarn.autoscaler.core.event;

/** What an event is about. The first ones carry the names that Flink's autoscaler gives them, so that existing alerts go on working. */
public enum EventReason {
    SCALING_REPORT("ScalingReport"),
    INEFFECTIVE_SCALING("IneffectiveScaling"),
    SCALING_LIMITED("ScalingLimited"),
    MEMORY_PRESSURE("MemoryPressure"),
    RESOURCE_QUOTA_REACHED("ResourceQuotaReached"),
    SCALING_VETOED("ScalingVetoed"),
    SCALING("Scaling"),
    AUTOSCALER_ERROR("AutoscalerError"),
    INVALID_OPTION("InvalidOption"),
    /** The job asks for more than an administrator allows. */
    OPTION_OVERRULED("OptionOverruled"),
    MEMORY_RECOMMENDATION("MemoryRecommendation"),
    /** A new run of a job has begun with what an earlier run has learnt. */
    LEARNED_FROM_EARLIER_RUN("LearnedFromEarlierRun"),
    /** The job cannot be rescaled in place: recommendations only. */
    NOT_RESCALABLE("NotRescalable"),
    /** The cluster cannot give all slots that a rescale needs, or does not tell whether it can. */
    NO_ROOM("NoRoom"),
    /** Metrics that a decision needs do not exist, or lie. */
    METRICS_MISSING("MetricsMissing"),
    /** The job runs at the parallelism that was decided. */
    RESCALE_COMPLETED("RescaleCompleted"),
    /** Flink refused the request, or never reached the parallelism that was decided. */
    RESCALE_FAILED("RescaleFailed");

    private final String text;

    EventReason(String text) {
        this.text = text;
    }

    /** As it is shown and stored. */
    public String text() {
        return text;
    }
}
