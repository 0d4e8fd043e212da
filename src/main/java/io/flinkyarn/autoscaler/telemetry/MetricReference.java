package io.flinkyarn.autoscaler.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The reference of all metrics, docs/metrics.md, written from the catalogue. */
final class MetricReference {

    private static final String HEAD = """
            # Metrics

            <!-- Generated from the catalogue of metrics: edit Metrics.java or MetricReference.java, then run
                 mvn test -Dtest=MetricReferenceTest -Dgenerate=true -->

            The daemon serves its metrics at `/metrics` beside the [dashboard](dashboard.md), in the text format of Prometheus, and in that of OpenMetrics to whoever asks for
            `application/openmetrics-text`. They are put together when somebody asks; while nobody does, nothing but counters is kept. On another address than
            loopback a scraper needs the [token](security.md#the-dashboard).

            - [conf/prometheus/alerts.yaml](../conf/prometheus/alerts.yaml): alert rules; what to do about each of them is [below](#alerts).
            - [conf/grafana/flink-autoscaler.json](../conf/grafana/flink-autoscaler.json): a dashboard to import. It asks for a data source of the type Prometheus.
            - Without Prometheus: [JMX](#jmx).

            Scraping every 30 s is enough: a job has one cycle per 10 s, and its rates are means over minutes.

            ## How many series

            A job has about 9 series, a vertex up to 13. A scrape of 1,000 jobs takes about 50 ms and 1.2 MB; with 5 vertices each it would be 74,000 series, 0.4 s and 12 MB. So series of
            vertices are switched off above 300 jobs, and series of jobs above 5,000; see `metrics.vertex-series.max-jobs` and `metrics.job-series.max-jobs` in
            [options.md](options.md). `flink_autoscaler_jobs_withheld` tells how many are missing. Names are cut to 120 characters. The labels hold no application id and no job id, so
            that a job that is submitted anew goes on in the same series; of two runs of the same names at the same time the one that was served last is shown. Where a job has two vertices of
            the same name, the second is called `name (2)`.
            """;

    private static final String COLUMNS = """

            | metric | type | unit | labels | meaning |
            | --- | --- | --- | --- | --- |
            """;

    private static final String TAIL = """

            The [JVM metrics](https://prometheus.github.io/client_java/instrumentation/jvm/) of the Prometheus library come with them: `jvm_*` and `process_*`.

            ## Alerts

            What the rules of [conf/prometheus/alerts.yaml](../conf/prometheus/alerts.yaml) mean, and what to do.

            """;

    private static final String JMX = """

            ## JMX

            Those who have no Prometheus find the key figures in the MBean `io.flinkyarn.autoscaler:type=Daemon`, for instance by
            `jconsole` on the same host:

            """;

    private MetricReference() {}

    static String markdown() {
        return HEAD
                + Metrics.sections().stream().map(MetricReference::section).collect(Collectors.joining())
                + TAIL
                + Runbooks.markdown()
                + JMX
                + Arrays.stream(DaemonFiguresMXBean.class.getMethods())
                        .map(method -> method.getName().replaceFirst("^(get|is)", ""))
                        .sorted()
                        .collect(Collectors.joining("`, `", "`", "`.\n"));
    }

    private static String section(Metrics.Section section) {
        String text = section.text().isEmpty() ? "" : "\n" + section.text() + "\n";
        return "\n## " + section.title() + "\n" + text
                + section.metrics().stream().map(MetricReference::row).collect(Collectors.joining("", COLUMNS, ""));
    }

    private static String row(Metric metric) {
        return List.of(
                        "`" + metric.name() + "`",
                        metric.type().name().toLowerCase(Locale.ROOT),
                        metric.unit(),
                        metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", ")),
                        metric.help())
                .stream()
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
