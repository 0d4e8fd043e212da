package io.flinkyarn.autoscaler.control;

import java.time.Duration;

/**
 * Something that the loop does again and again beside the jobs, each on a thread of its own.
 *
 * @param name of its thread, and in the log
 * @param every pause between two runs
 */
public record Chore(String name, Duration every, Runnable work) {}
