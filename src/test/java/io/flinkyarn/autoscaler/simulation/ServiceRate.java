package io.flinkyarn.autoscaler.simulation;

/**
 * How fast the subtasks of a vertex are. The more there are, the more they may stand in each other's way (universal scalability law,
 * Gunther 1993):
 *
 * <pre>
 *   μ(p) = μ(1) / (1 + σ·(p − 1) + κ·p·(p − 1))      records/s of one subtask
 * </pre>
 *
 * @param alone μ(1), records/s of a subtask that is the only one
 * @param contention σ: what they queue for, such as a shared database
 * @param coherence κ: what each has to settle with each other; above 0 there is a parallelism beyond which more of them do less
 */
record ServiceRate(double alone, double contention, double coherence) {

    /** Twice the subtasks do twice the work. */
    static ServiceRate linear(double alone) {
        return new ServiceRate(alone, 0, 0);
    }

    double ofSubtask(int parallelism) {
        double others = parallelism - 1;
        return alone / (1 + contention * others + coherence * parallelism * others);
    }
}
