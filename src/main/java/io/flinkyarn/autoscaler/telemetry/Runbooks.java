package io.flinkyarn.autoscaler.telemetry;

import java.util.List;
import java.util.stream.Collectors;

/** What to do about each alert of conf/prometheus/alerts.yaml: a part of the reference, to which the rules point. */
final class Runbooks {

    /** @param remedy what to do, in the order in which to try it */
    record Runbook(String alert, String meaning, String remedy) {

        private String markdown() {
            return "### " + alert + "\n\n" + meaning + "\n\n" + remedy + "\n";
        }
    }

    static final List<Runbook> ALL = List.of(
            new Runbook(
                    "FlinkAutoscalerDown",
                    "Prometheus gets no answer. Jobs go on running as they are; none is rescaled.",
                    "`bin/autoscaler.sh status`; if it is not running, the end of `logs/autoscaler.log` says why. Then `bin/autoscaler.sh start`. If it"
                            + " runs, look at the address and the token that Prometheus has."),
            new Runbook(
                    "FlinkAutoscalerLoopStuck",
                    "The process answers, but the thread that lists the cluster has not come back for five minutes.",
                    "`bin/autoscaler.sh status` shows since when it waits for an answer. A thread dump (`jstack PID`) shows the thread `list-CLUSTER-1`. Check"
                            + " the ResourceManager with `bin/autoscaler.sh doctor`; a restart of the daemon loses nothing."),
            new Runbook(
                    "FlinkAutoscalerNoCycles",
                    "There are jobs, and no cycle of any of them has ended for five minutes.",
                    "A thread dump (`jstack PID`) shows what the threads `tick-*` wait for: a database, or a JobManager. Then restart the daemon."),
            new Runbook(
                    "FlinkAutoscalerCyclesLate",
                    "Cycles begin more than 5 s after their moment: too many jobs at once for `control-loop.parallelism`, or each takes too long.",
                    "Compare `flink_autoscaler_cycle_seconds` with `flink_autoscaler_request_seconds` and `flink_autoscaler_store_seconds`: whichever has grown"
                            + " is the cause. Where neither has, raise `control-loop.parallelism`, or the interval."),
            new Runbook(
                    "FlinkAutoscalerCyclesSkipped",
                    "Cycles do not take place, as the ones before them still run or wait for a place.",
                    "As for FlinkAutoscalerCyclesLate. Single jobs whose JobManager hangs do this for themselves alone, and show up as unserved."),
            new Runbook(
                    "FlinkAutoscalerClusterUnreachable",
                    "The ResourceManager, or Flink without YARN, has not answered for ten minutes.",
                    "`bin/autoscaler.sh doctor` tests address, login and rights one by one. While a ResourceManager fails over this is normal for a minute or two."),
            new Runbook(
                    "FlinkAutoscalerDatabaseAway",
                    "States cannot be saved, or the status tables cannot be written. Jobs are only observed.",
                    "The log names the database and what it answered. Nothing has to be done here when it is back: what waited is written then."),
            new Runbook(
                    "FlinkAutoscalerAnotherDaemon",
                    "The version of a state had changed in between: a second daemon works on the same jobs with the same database.",
                    "Find it by `bin/autoscaler.sh status` on the other edge nodes, and stop one of them. No job is decided upon twice meanwhile."),
            new Runbook(
                    "FlinkAutoscalerDefect",
                    "An exception that we did not expect. It costs its job a cycle, and the others nothing.",
                    "The log has the stack trace, once per job. Please report it."),
            new Runbook(
                    "FlinkAutoscalerJobUnserved",
                    "The cycles of a job have failed for 15 minutes. The label `cause` says how: NO_ANSWER, NOT_FLINK (a login page, or the page of a"
                            + " ResourceManager), REFUSED, MALFORMED, STORE, CONFLICT, DEFECT.",
                    "`bin/autoscaler.sh status` shows the address that was asked, what came back, and what to do."),
            new Runbook(
                    "FlinkAutoscalerRescaleFailed",
                    "FAILED: Flink refused the rescale, or never heard of it. NOT_REACHED: Flink lacks the slots.",
                    "`bin/autoscaler.sh history JOB` has the cause. For NOT_REACHED look at the room of the queue: [queues.md](queues.md)."),
            new Runbook(
                    "FlinkAutoscalerRescalesFailOften",
                    "More than five rescales of one cluster failed within an hour: rather the cluster than the jobs.",
                    "Look for what they have in common with `scripts/sql/failed-rescales-by-cause.sql`. Until it is found, `job.autoscaler.scaling.enabled: false`"
                            + " in `conf/autoscaler.yaml` makes them recommendations."),
            new Runbook(
                    "FlinkAutoscalerFlapping",
                    "A job was scaled up and down twice each within three hours.",
                    "Widen the band (`utilization.max`, `utilization.min`), lengthen `metrics.window` or `scale-down.interval`. `scripts/sql/flapping.sql` shows the pairs."),
            new Runbook(
                    "FlinkAutoscalerLagHeld",
                    "The lag of a job grows, and it is held for a reason that does not pass by itself: a switched-off mode, an excluded period, a quota, no room.",
                    "The label `reason` of `flink_autoscaler_job_standing`, or `bin/autoscaler.sh status`, names it."),
            new Runbook(
                    "FlinkAutoscalerAtLimit",
                    "A vertex needs more than `vertex.max-parallelism`, its key groups, or its source partitions allow.",
                    "`scripts/sql/at-limit.sql` tells which of them it is. Key groups need `pipeline.max-parallelism` and a restart without state of the old one."),
            new Runbook(
                    "FlinkAutoscalerInvalidOptions",
                    "Jobs have options that cannot be used, and are left alone.",
                    "Their events `InvalidOption` say which, and what was expected; so does `bin/autoscaler.sh status`."),
            new Runbook(
                    "FlinkAutoscalerMessagesLost",
                    "Messages to a receiver were given up: it has not taken them for too long, or too many wait. Rescaling does not wait for receivers.",
                    "The log has what the receiver answered. The events are in the database: `bin/autoscaler.sh events`."),
            new Runbook(
                    "FlinkAutoscalerSeriesWithheld",
                    "There are more jobs than `metrics.job-series.max-jobs`.",
                    "Raise it if Prometheus can take as many series; [above](#how-many-series) says how many."));

    private Runbooks() {}

    static String markdown() {
        return ALL.stream().map(Runbook::markdown).collect(Collectors.joining("\n"));
    }
}
