package io.flinkyarn.autoscaler.control;

/**
 * A job as its owners know it: what its runs have in common, over all applications and job ids that it has had. Made by the context of a run,
 * for the state stores.
 *
 * @param cluster name of the cluster
 * @param name as the option {@code job.autoscaler.logical-name} says; without it the name of the application, or its id where there is no YARN
 * @param jobName as Flink shows it
 */
public record LogicalJob(String cluster, String name, String jobName) {}
