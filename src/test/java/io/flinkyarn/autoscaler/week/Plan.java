package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.simulation.Curve;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What happens in the week, in seconds from its beginning. A subtask can process 100 records/s, and a source is never scaled. */
final class Plan {

    static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    static final Duration INTERVAL = Duration.ofMinutes(5);

    static final long HOUR = 3600;
    static final long DAY = 24 * HOUR;
    static final long END = 7 * DAY;

    static final String MAIN = "hadoop-a";
    static final String OTHER = "hadoop-b";

    /** Seconds between which something is so. */
    record Span(long from, long to) {

        boolean contains(long second) {
            return second >= from && second < to;
        }
    }

    static final Span OTHER_IS_AWAY = new Span(4 * DAY + 2 * HOUR, 4 * DAY + 4 * HOUR);
    static final Span REPORTS_IS_REFUSED = new Span(3 * DAY + 8 * HOUR, 3 * DAY + 10 * HOUR);
    static final Span REPORTS_LACKS_SLOTS = new Span(5 * DAY, END);
    static final Span HOPPING_RESTARTS = new Span(6 * DAY + 20 * HOUR, END);
    static final Span LOST_IS_SILENT = new Span(6 * DAY + 22 * HOUR, END);
    static final Span LOCKED_IS_THERE = new Span(DAY + 6 * HOUR, END);

    /** Number of the application that may not be read. */
    static final int LOCKED = 66;

    static final long RESUBMITTED = 3 * DAY + 12 * HOUR;

    private Plan() {}

    static List<PlannedJob> jobs() {
        return List.of(
                orders(1).restartsIn(Duration.ofMinutes(4)).until(RESUBMITTED, "YARN: KILLED"),
                orders(21).restartsIn(Duration.ofMinutes(7)).startsWith(9).from(RESUBMITTED + 10 * 60),
                job(MAIN, 2, "clicks", "web", "bob", Set.of("team-web"), daily(50, 1500, 2))
                        .restartsIn(Duration.ofMinutes(8)),
                sessions(),
                job(
                                MAIN,
                                4,
                                "invoices",
                                "etl",
                                "alice",
                                Set.of("team-orders", "nightly"),
                                daily(100, 500, 4),
                                "scaling.enabled",
                                "false")
                        .startsWith(12),
                job(
                        MAIN,
                        5,
                        "search",
                        "web",
                        "carol",
                        Set.of("team-search"),
                        daily(100, 900, 4),
                        "vertex.max-parallelism",
                        "4"),
                job(MAIN, 6, "reports", "etl", "dave", Set.of(), daily(100, 1200, 4)),
                job(MAIN, 7, "typo", "etl", "dave", Set.of(), Curve.constant(50), "vertex.max-parallelism", "many"),
                job(MAIN, 8, "legacy", "etl", "erin", Set.of(), Curve.constant(50))
                        .with(Map.of()),
                job(MAIN, 9, "backfill", "adhoc", "erin", Set.of("nightly"), Curve.constant(1000))
                        .from(12 * HOUR)
                        .until(2 * DAY, "Flink: FINISHED"),
                job(MAIN, 10, "classic", "etl", "dave", Set.of(), daily(50, 190, 4)),
                job(MAIN, 11, "hopping", "web", "carol", Set.of(), Curve.constant(200)),
                job(MAIN, 12, "lost", "web", "carol", Set.of(), Curve.constant(200)),
                job(OTHER, 1, "payments", "default", "frank", Set.of("team-orders"), daily(100, 700, 6))
                        .restartsIn(Duration.ofSeconds(45)));
    }

    private static PlannedJob orders(int number) {
        return job(MAIN, number, "orders", "etl", "alice", Set.of("team-orders"), daily(100, 900, 4));
    }

    /** On one day its load goes up and down every half hour, and it follows. */
    private static PlannedJob sessions() {
        Curve swinging = second -> second / (HOUR / 2) % 2 == 0 ? 100 : 600;
        return job(
                MAIN,
                3,
                "sessions",
                "web",
                "bob",
                Set.of("team-web"),
                Curve.constant(100).during(DAY + 10 * HOUR, DAY + 16 * HOUR, swinging),
                "scale-down.interval",
                "0 s",
                "metrics.window",
                "5 min",
                "stabilization.interval",
                "1 min");
    }

    /** Whether Flink runs the job with the adaptive scheduler. */
    static boolean isRescalable(PlannedJob job) {
        return !job.name().equals("classic");
    }

    /** Whether it is worth the while to sample it: its options say so, and are right. */
    static boolean isSampled(PlannedJob job) {
        return !job.name().equals("typo") && !job.name().equals("legacy");
    }

    /** Whether a request to the job is answered. */
    static boolean answers(PlannedJob job, long second) {
        return !(job.name().equals("lost") && LOST_IS_SILENT.contains(second))
                && !(job.cluster().equals(OTHER) && OTHER_IS_AWAY.contains(second));
    }

    /** As Flink shows it. */
    static String status(PlannedJob job, long second) {
        return job.name().equals("hopping") && HOPPING_RESTARTS.contains(second) ? "RESTARTING" : "RUNNING";
    }

    /** @param options name and value in turns, without {@code job.autoscaler.} */
    private static PlannedJob job(
            String cluster,
            int number,
            String name,
            String queue,
            String user,
            Set<String> tags,
            Curve load,
            String... options) {
        Map<String, String> all = new HashMap<>(Map.of(
                "job.autoscaler.enabled", "true",
                "job.autoscaler.metrics.window", "15 min",
                "job.autoscaler.stabilization.interval", "5 min",
                "job.autoscaler.vertex.exclude.ids", FakeFlink.SOURCE.hex()));
        for (int i = 0; i < options.length; i += 2) {
            all.put("job.autoscaler." + options[i], options[i + 1]);
        }
        return new PlannedJob(
                cluster,
                number,
                new Application(name, queue, user, tags),
                all,
                load,
                2,
                Duration.ofSeconds(60),
                0,
                END,
                Optional.empty());
    }

    private static Curve daily(double lowest, double highest, long lowestHour) {
        return Curve.daily(lowest, highest, lowestHour * HOUR);
    }
}
