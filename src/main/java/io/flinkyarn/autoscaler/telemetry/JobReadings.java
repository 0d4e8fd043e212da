package io.flinkyarn.autoscaler.telemetry;

import io.flinkyarn.autoscaler.control.JobView;
import io.flinkyarn.autoscaler.control.JobView.Trouble;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.ParallelismBounds;
import io.flinkyarn.autoscaler.core.decide.Verdict;
import io.flinkyarn.autoscaler.core.job.JobGraph;
import io.flinkyarn.autoscaler.core.job.JobVertex;
import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.VertexSample;
import io.flinkyarn.autoscaler.telemetry.JobTrails.Direction;
import io.flinkyarn.autoscaler.telemetry.JobTrails.Trail;
import io.flinkyarn.autoscaler.telemetry.NamedJobs.Named;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads the series of jobs and vertices off the board. */
final class JobReadings {

    private final JobTrails trails;
    private final SeriesLimits limits;

    JobReadings(JobTrails trails, SeriesLimits limits) {
        this.trails = trails;
        this.limits = limits;
    }

    void read(List<JobView> views, Readings readings) {
        NamedJobs named = NamedJobs.of(views);
        boolean jobs = views.size() <= limits.jobs();
        boolean vertices = jobs && views.size() <= limits.jobsWithVertices();
        readings.gauge(Metrics.JOBS_WITHHELD, jobs ? named.withheld() : views.size(), "job");
        readings.gauge(Metrics.JOBS_WITHHELD, vertices ? named.withheld() : views.size(), "vertex");
        if (jobs) {
            named.jobs().forEach(job -> read(job, vertices, readings));
        }
    }

    private void read(Named job, boolean withVertices, Readings readings) {
        JobView view = job.view();
        String[] labels = job.and();
        Trail trail = trails.of(view.job().key());
        readings.gauge(
                Metrics.JOB_STANDING,
                1,
                job.and(view.mode().name(), view.reason().orElse("NOT_DECIDED")));
        view.decided().ifPresent(decided -> readings.gauge(Metrics.JOB_STANDING_SINCE, decided.since(), labels));
        view.served().ifPresent(served -> readings.gauge(Metrics.JOB_SERVED, served, labels));
        view.trouble()
                .map(Trouble::cause)
                .ifPresent(cause -> readings.gauge(Metrics.JOB_UNSERVED, 1, job.and(cause.name())));
        view.rescale()
                .ifPresent(rescale -> readings.gauge(
                        Metrics.JOB_RESCALE_PHASE, 1, job.and(rescale.phase().name())));
        for (Direction direction : Direction.values()) {
            readings.counter(
                    Metrics.JOB_RESCALES,
                    trail.rescales().getOrDefault(direction, 0L),
                    job.and(direction.name().toLowerCase(Locale.ROOT)));
        }
        view.graph().ifPresent(graph -> read(job, graph, trail, withVertices, readings));
    }

    private static void read(Named job, JobGraph graph, Trail trail, boolean withVertices, Readings readings) {
        Map<VertexId, Integer> targets = job.view().targets();
        Map<VertexId, VertexSample> samples = samples(trail.sample());
        readings.gauge(
                Metrics.JOB_PARALLELISM,
                graph.vertices().stream().mapToInt(JobVertex::parallelism).sum(),
                job.and());
        readings.gauge(
                Metrics.JOB_TARGET_PARALLELISM,
                graph.vertices().stream().mapToInt(v -> target(v, targets)).sum(),
                job.and());
        readings.gauge(Metrics.JOB_LAG, lag(samples), job.and());
        if (!withVertices) {
            return;
        }
        Map<VertexId, Verdict> verdicts = verdicts(job.view());
        List<String> names = NamedJobs.distinct(
                graph.vertices().stream().map(JobVertex::name).toList());
        for (int i = 0; i < graph.size(); i++) {
            JobVertex vertex = graph.vertex(i);
            String[] labels = job.and(names.get(i));
            readings.gauge(Metrics.VERTEX_PARALLELISM, vertex.parallelism(), labels);
            readings.gauge(Metrics.VERTEX_TARGET_PARALLELISM, target(vertex, targets), labels);
            bounds(job.view(), graph, i).ifPresent(bounds -> {
                readings.gauge(Metrics.VERTEX_LOWEST_PARALLELISM, bounds.lower(), labels);
                readings.gauge(Metrics.VERTEX_HIGHEST_PARALLELISM, bounds.upper(), labels);
            });
            Optional.ofNullable(verdicts.get(vertex.id())).ifPresent(verdict -> read(verdict, labels, readings));
            Optional.ofNullable(samples.get(vertex.id())).ifPresent(sample -> {
                readings.gauge(Metrics.VERTEX_LAG, sample.pendingRecords(), labels);
                readings.gauge(Metrics.VERTEX_BACK_PRESSURE, sample.backPressuredRatio(), labels);
            });
        }
    }

    private static void read(Verdict verdict, String[] labels, Readings readings) {
        if (verdict.requiredCapacity().isPresent()) {
            readings.gauge(Metrics.VERTEX_REQUIRED_PARALLELISM, verdict.rawParallelism(), labels);
        }
        readings.gauge(Metrics.VERTEX_TRUE_PROCESSING_RATE, verdict.trueProcessingRate(), labels);
        readings.gauge(Metrics.VERTEX_TARGET_RATE, verdict.targetRate(), labels);
        readings.gauge(Metrics.VERTEX_CATCH_UP_RATE, verdict.catchUpRate(), labels);
        readings.gauge(Metrics.VERTEX_SCALE_UP_THRESHOLD, verdict.scaleUpThreshold(), labels);
        readings.gauge(Metrics.VERTEX_SCALE_DOWN_THRESHOLD, verdict.scaleDownThreshold(), labels);
        readings.gauge(Metrics.VERTEX_BUSY, verdict.busyRatio(), labels);
    }

    private static Optional<ParallelismBounds> bounds(JobView view, JobGraph graph, int position) {
        return view.options()
                .map(options -> ParallelismBounds.of(
                        graph.vertex(position),
                        graph.isSource(position),
                        options.policy().limits()));
    }

    private static int target(JobVertex vertex, Map<VertexId, Integer> targets) {
        return targets.getOrDefault(vertex.id(), vertex.parallelism());
    }

    private static Map<VertexId, Verdict> verdicts(JobView view) {
        Map<VertexId, Verdict> verdicts = new HashMap<>();
        view.decided()
                .map(JobView.Decided::decision)
                .map(Decision::verdicts)
                .ifPresent(all -> all.forEach(verdict -> verdicts.put(verdict.vertex(), verdict)));
        return verdicts;
    }

    private static Map<VertexId, VertexSample> samples(Optional<JobSample> latest) {
        Map<VertexId, VertexSample> samples = new HashMap<>();
        latest.ifPresent(sample -> {
            for (int i = 0; i < sample.graph().size(); i++) {
                samples.put(sample.graph().vertex(i).id(), sample.vertices().get(i));
            }
        });
        return samples;
    }

    /** Empty where no source tells it. */
    private static OptionalDouble lag(Map<VertexId, VertexSample> samples) {
        return samples.values().stream()
                .map(VertexSample::pendingRecords)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .reduce(Double::sum);
    }
}
