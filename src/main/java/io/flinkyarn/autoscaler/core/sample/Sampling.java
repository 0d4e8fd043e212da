package io.flinkyarn.autoscaler.core.sample;

import java.util.function.Function;

/** The outcome of an attempt to sample a job: a sample, or why there is none yet. A failed request is an exception, not this. */
public sealed interface Sampling {

    /** A complete sample. */
    record Taken(JobSample sample) implements Sampling {}

    /**
     * The job answers, but its metrics are no measurement yet.
     *
     * @param why a sentence for people that names the vertex and what is missing
     */
    record NotReady(String why) implements Sampling {}

    /** Calls the function that belongs to this outcome. */
    default <T> T match(Function<Taken, T> taken, Function<NotReady, T> notReady) {
        if (this instanceof Taken t) {
            return taken.apply(t);
        }
        return notReady.apply((NotReady) this);
    }
}
