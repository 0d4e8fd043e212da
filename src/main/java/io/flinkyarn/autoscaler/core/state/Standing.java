package io.flinkyarn.autoscaler.core.state;

import java.time.Instant;

/**
 * What holds for a job, and since when.
 *
 * @param reason name of the hold reason, or {@link #RESCALED}
 */
public record Standing(String reason, Instant since) {

    /** The standing of a job right after a rescale was decided. */
    public static final String RESCALED = "RESCALED";
}
