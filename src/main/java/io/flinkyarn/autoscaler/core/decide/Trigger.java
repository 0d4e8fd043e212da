package io.flinkyarn.autoscaler.core.decide;

/** What made the autoscaler decide. */
public enum Trigger {
    /** What was measured. */
    METRICS("Rescaling the job", "its rates ask for it"),
    /** The job was submitted anew, and may run at once as it did before. */
    RESTORE("Rescaling the job to what was good for its run before", "an earlier run of the job ran well so");

    private final String headline;
    private final String sentence;

    Trigger(String headline, String sentence) {
        this.headline = headline;
        this.sentence = sentence;
    }

    /** How the report of a rescale begins. */
    public String headline() {
        return headline;
    }

    /** Why a rescale was decided, for people; lower case, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
