package io.flinkyarn.autoscaler.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The catalogue of metrics, in the order of the reference. What is not in here is not exposed, but for what the JVM library has. */
final class Metrics {

    private static final List<Section> DECLARED = new ArrayList<>();

    private static final List<String> JOB = List.of("cluster", "application_name", "job_name");
    private static final List<String> VERTEX = and(JOB, "vertex_name");
    private static final List<String> CLUSTER = List.of("cluster");
    private static final List<String> RECEIVER = List.of("receiver");
    private static final String RECORDS = "records";
    private static final String RECORDS_PER_SECOND = "records/s";
    private static final String SECONDS = "s";
    private static final String EPOCH = "s since 1970";
    private static final String RATIO = "0 to 1";

    /** A part of the reference. */
    record Section(String title, String text, List<Metric> metrics) {}

    static {
        section("Clusters", "Read off the latest listing of each cluster.");
    }

    static final Metric CLUSTER_UP = gauge(
            "cluster_up",
            "",
            CLUSTER,
            "1 where the ResourceManager, or Flink without YARN, answered the latest listing.");
    static final Metric CLUSTER_SINCE =
            gauge("cluster_since_timestamp_seconds", EPOCH, CLUSTER, "Since when the cluster answers, or does not.");
    static final Metric CLUSTER_LISTED = gauge(
            "cluster_listed_timestamp_seconds",
            EPOCH,
            CLUSTER,
            "When the latest listing ended, whether or not the cluster answered; it stands still where the loop does.");
    static final Metric CLUSTER_APPLICATIONS =
            gauge("cluster_applications", "", CLUSTER, "Applications that are looked after.");
    static final Metric CLUSTER_PROBLEMS = gauge(
            "cluster_problems", "", CLUSTER, "What the latest listing could not read: applications, or the cluster.");
    static final Metric JOBS = gauge(
            "jobs",
            "",
            and(CLUSTER, "mode"),
            "Jobs by what is done with them: SCALING, OBSERVING, OFF, INVALID, UNKNOWN.");
    static final Metric JOBS_UNSERVED =
            gauge("jobs_unserved", "", and(CLUSTER, "cause"), "Jobs whose latest cycle failed, by cause.");
    static final Metric JOBS_WITHHELD = gauge(
            "jobs_withheld",
            "",
            List.of("level"),
            "Jobs without series of their own (level job), or of their vertices (level vertex): there are too many, or one of the same names was"
                    + " served later.");

    static {
        section(
                "Jobs",
                "One series per job that is listed; those of a job that is gone are gone with the next scrape. More jobs than"
                        + " `autoscaler.standalone.metrics.job-series.max-jobs` have none at all.");
    }

    static final Metric JOB_STANDING = gauge(
            "job_standing",
            "",
            and(JOB, "mode", "reason"),
            "Always 1: what is done with the job, and why it is held, or RESCALED.");
    static final Metric JOB_STANDING_SINCE =
            gauge("job_standing_since_timestamp_seconds", EPOCH, JOB, "Since when that reason holds without a break.");
    static final Metric JOB_SERVED =
            gauge("job_served_timestamp_seconds", EPOCH, JOB, "When a cycle of the job last went through.");
    static final Metric JOB_UNSERVED =
            gauge("job_unserved", "", and(JOB, "cause"), "Always 1, and only there while the cycles of the job fail.");
    static final Metric JOB_PARALLELISM = gauge("job_parallelism", "", JOB, "Sum of the parallelism of its vertices.");
    static final Metric JOB_TARGET_PARALLELISM = gauge(
            "job_target_parallelism",
            "",
            JOB,
            "The same with what a rescale under way, or a recommendation, would change.");
    static final Metric JOB_LAG = gauge("job_lag_records", RECORDS, JOB, "Records that wait in front of its sources.");
    static final Metric JOB_RESCALE_PHASE = gauge(
            "job_rescale_phase",
            "",
            and(JOB, "phase"),
            "Always 1: how far the latest rescale has come: REQUESTED, ACCEPTED, RUNNING, NOT_REACHED, FAILED.");
    static final Metric JOB_RESCALES = counter(
            "job_rescales_total",
            and(JOB, "direction"),
            "Rescales that were decided since the daemon started: up, down, or mixed.");

    static {
        section(
                "Vertices",
                "One series per vertex. None where there are more jobs than `autoscaler.standalone.metrics.vertex-series.max-jobs`. The rates are"
                        + " means over the metrics window, as the latest decision had them, and missing while there is none.");
    }

    static final Metric VERTEX_PARALLELISM = gauge("vertex_parallelism", "", VERTEX, "Subtasks today.");
    static final Metric VERTEX_TARGET_PARALLELISM = gauge(
            "vertex_target_parallelism",
            "",
            VERTEX,
            "What a rescale under way, or a recommendation, gives it; else the same.");
    static final Metric VERTEX_REQUIRED_PARALLELISM =
            gauge("vertex_required_parallelism", "", VERTEX, "What its rates ask for, before any limit.");
    static final Metric VERTEX_LOWEST_PARALLELISM =
            gauge("vertex_lowest_parallelism", "", VERTEX, "The lowest that its limits allow.");
    static final Metric VERTEX_HIGHEST_PARALLELISM =
            gauge("vertex_highest_parallelism", "", VERTEX, "The highest that its limits allow.");
    static final Metric VERTEX_TRUE_PROCESSING_RATE = gauge(
            "vertex_true_processing_rate",
            RECORDS_PER_SECOND,
            VERTEX,
            "What it could process if it were always busy; missing while it receives nothing.");
    static final Metric VERTEX_TARGET_RATE =
            gauge("vertex_target_rate", RECORDS_PER_SECOND, VERTEX, "What arrives, with the growth of the lag.");
    static final Metric VERTEX_CATCH_UP_RATE = gauge(
            "vertex_catch_up_rate", RECORDS_PER_SECOND, VERTEX, "What is to be processed on top, to work off the lag.");
    static final Metric VERTEX_SCALE_UP_THRESHOLD = gauge(
            "vertex_scale_up_threshold",
            RECORDS_PER_SECOND,
            VERTEX,
            "A vertex whose true processing rate is below is scaled up.");
    static final Metric VERTEX_SCALE_DOWN_THRESHOLD = gauge(
            "vertex_scale_down_threshold",
            RECORDS_PER_SECOND,
            VERTEX,
            "A vertex whose true processing rate is above is scaled down.");
    static final Metric VERTEX_LAG = gauge(
            "vertex_lag_records",
            RECORDS,
            VERTEX,
            "Records that wait in front of it in the latest sample; sources only.");
    static final Metric VERTEX_BUSY =
            gauge("vertex_busy_ratio", RATIO, VERTEX, "Busy share of the time, aggregated over the subtasks.");
    static final Metric VERTEX_BACK_PRESSURE = gauge(
            "vertex_back_pressure_ratio",
            RATIO,
            VERTEX,
            "Back-pressured share of the time in the latest sample, mean over the subtasks.");

    static {
        section("Decisions", "Counted since the daemon started.");
    }

    static final Metric DECISIONS = counter(
            "decisions_total",
            and(CLUSTER, "outcome", "reason"),
            "Decisions that were saved, one per cycle: hold with its reason, or rescale with what triggered it.");
    static final Metric RESCALE_PHASES = counter(
            "rescale_phases_total",
            and(CLUSTER, "phase"),
            "How often a rescale came into this phase: FAILED and NOT_REACHED need a look.");
    static final Metric RESCALE_SECONDS =
            histogram("rescale_seconds", CLUSTER, "From the decision until the job was seen to run at its target.");
    static final Metric EVENTS =
            counter("events_total", and(CLUSTER, "type", "reason"), "Events before equal ones are merged.");

    static {
        section("The loop", "Every job has one cycle per `autoscaler.standalone.control-loop.interval`.");
    }

    static final Metric CYCLE_SECONDS = histogram("cycle_seconds", CLUSTER, "How long the cycle of one job took.");
    static final Metric CYCLE_LATENESS =
            histogram("cycle_lateness_seconds", CLUSTER, "How long after its moment the cycle of a job began.");
    static final Metric CYCLES_SKIPPED = counter(
            "cycles_skipped_total",
            CLUSTER,
            "Cycles that did not take place, as the one before them took too long or too many jobs were due.");
    static final Metric CYCLES_FAILED = counter(
            "cycles_failed_total", and(CLUSTER, "cause"), "Cycles in which a job could not be served, by cause.");
    static final Metric LAST_CYCLE =
            gauge("last_cycle_timestamp_seconds", EPOCH, CLUSTER, "When a cycle of any job last ended.");
    static final Metric CHORE_SECONDS = histogram(
            "chore_seconds",
            List.of("chore"),
            "How long it took to record the status, to flush samples, to purge old history, and so on.");

    static {
        section("Requests", "What the daemon asks of others.");
    }

    static final Metric REQUESTS = counter(
            "requests_total",
            and(CLUSTER, "way", "method", "route", "status"),
            "Requests over the proxy (PROXY), straight to the JobManager (DIRECT) or to the ResourceManager by Hadoop's protocol (RPC).");
    static final Metric REQUEST_SECONDS =
            histogram("request_seconds", and(CLUSTER, "way", "route"), "How long they took.");
    static final Metric RESOURCE_MANAGER_REQUESTS = counter(
            "resourcemanager_requests_total",
            CLUSTER,
            "Those that the ResourceManager has work with: through its proxy, or to itself.");

    static {
        section("Database", "");
    }

    static final Metric STORE_UP =
            gauge("store_up", "", List.of(), "0 while the store of states does not answer: jobs are only observed.");
    static final Metric STORE_WAITING =
            gauge("store_waiting_samples", "", List.of(), "Samples that wait until the store is back.");
    static final Metric STORE_SECONDS = histogram(
            "store_seconds",
            List.of("operation"),
            "How long it took to load a state, to save a step, or to save how far a rescale has come.");
    static final Metric STORE_FAILURES = counter(
            "store_failures_total",
            List.of("operation", "cause"),
            "Those that failed: AWAY, or CONFLICT with another process.");
    static final Metric STATUS_RECORDED =
            gauge("status_recorded", "", List.of(), "0 while the status tables cannot be written.");
    static final Metric POOL_CONNECTIONS = gauge(
            "database_connections",
            "",
            List.of("state"),
            "Connections of the pool: active, idle, and max, which it may have.");
    static final Metric POOL_WAITING =
            gauge("database_waiting_threads", "", List.of(), "Threads that wait for a connection.");

    static {
        section("Receivers", "Whom the daemon [tells of events](notifications.md).");
    }

    static final Metric RECEIVER_WAITING =
            gauge("receiver_waiting_messages", "", RECEIVER, "Messages that wait until the receiver takes them.");
    static final Metric RECEIVER_SENT =
            counter("receiver_sent_messages_total", RECEIVER, "Messages that the receiver has taken.");
    static final Metric RECEIVER_LOST = counter(
            "receiver_lost_messages_total",
            RECEIVER,
            "Messages that were given up, as the receiver did not take them in time or too many waited.");

    static {
        section("The process", "");
    }

    static final Metric BUILD = gauge("build_info", "", List.of("version"), "Always 1.");

    private Metrics() {}

    static List<Section> sections() {
        return List.copyOf(DECLARED);
    }

    static List<Metric> all() {
        return DECLARED.stream().flatMap(section -> section.metrics().stream()).toList();
    }

    private static void section(String title, String text) {
        DECLARED.add(new Section(title, text, new ArrayList<>()));
    }

    private static Metric gauge(String name, String unit, List<String> labels, String help) {
        return declare(new Metric(Metric.PREFIX + name, Metric.Type.GAUGE, unit, labels, help));
    }

    private static Metric counter(String name, List<String> labels, String help) {
        return declare(new Metric(Metric.PREFIX + name, Metric.Type.COUNTER, "", labels, help));
    }

    private static Metric histogram(String name, List<String> labels, String help) {
        return declare(new Metric(Metric.PREFIX + name, Metric.Type.HISTOGRAM, SECONDS, labels, help));
    }

    private static Metric declare(Metric metric) {
        DECLARED.get(DECLARED.size() - 1).metrics().add(metric);
        return metric;
    }

    private static List<String> and(List<String> labels, String... more) {
        List<String> all = new ArrayList<>(labels);
        all.addAll(Arrays.asList(more));
        return List.copyOf(all);
    }
}
