package io.flinkyarn.autoscaler.flink;

import io.flinkyarn.autoscaler.control.JobFacts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flink's version and configuration say about a job. */
final class FlinkFacts {

    private static final String SCHEDULER = "jobmanager.scheduler";
    private static final String UPDATE_INTERVAL = "metrics.fetcher.update-interval";
    private static final Duration DEFAULT_UPDATE_INTERVAL = Duration.ofSeconds(10);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");

    private FlinkFacts() {}

    static JobFacts of(Features features, Map<String, String> configuration) {
        boolean newEnough = FlinkVersion.of(features.flinkVersion())
                .map(FlinkVersion::hasResourceRequirements)
                .orElse(false);
        boolean adaptive = isAdaptive(Optional.ofNullable(configuration.get(SCHEDULER)));
        return new JobFacts(features.flinkVersion(), features.rescale() && newEnough && adaptive, configuration);
    }

    /** A batch job of a session cluster runs under a scheduler of its own; only the job itself tells, from Flink 2.3 on. */
    static boolean canRescale(JobFacts facts, JobDetails details) {
        boolean streaming = details.jobType().map("STREAMING"::equals).orElse(true);
        return facts.rescalable() && streaming && isAdaptive(details.schedulerType());
    }

    private static boolean isAdaptive(Optional<String> scheduler) {
        return scheduler.map("adaptive"::equalsIgnoreCase).orElse(true);
    }

    /** How old metrics may be before the JobManager fetches new ones. A number without a unit counts ms. */
    static Duration metricsUpdateInterval(JobFacts facts) {
        String text = facts.configuration()
                .getOrDefault(UPDATE_INTERVAL, "")
                .toLowerCase(Locale.ROOT)
                .strip();
        Matcher duration = DURATION.matcher(text);
        if (!duration.matches()) {
            return DEFAULT_UPDATE_INTERVAL;
        }
        return unit(duration.group(2))
                .map(unit -> Duration.of(Long.parseLong(duration.group(1)), unit))
                .orElse(DEFAULT_UPDATE_INTERVAL);
    }

    private static Optional<ChronoUnit> unit(String name) {
        return switch (name) {
            case "", "ms", "milli", "millis", "millisecond", "milliseconds" -> Optional.of(ChronoUnit.MILLIS);
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(ChronoUnit.SECONDS);
            case "m", "min", "minute", "minutes" -> Optional.of(ChronoUnit.MINUTES);
            case "h", "hour", "hours" -> Optional.of(ChronoUnit.HOURS);
            default -> Optional.empty();
        };
    }
}
