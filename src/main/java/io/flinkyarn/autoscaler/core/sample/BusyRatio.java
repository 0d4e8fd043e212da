package io.flinkyarn.autoscaler.core.sample;

/**
 * Share of time in which the subtasks of a vertex were busy, aggregated over them; 1 is always busy. Values are as Flink reports them: NaN
 * or infinite for sources that cannot tell, and a little below 0 or above 1 now and then.
 */
public record BusyRatio(double min, double max, double average) {}
