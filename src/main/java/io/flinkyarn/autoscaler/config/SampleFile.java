package io.flinkyarn.autoscaler.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The sample conf/autoscaler.yaml, written from the catalogues: what an administrator sets first, all of it commented out. */
final class SampleFile {

    private static final int WIDTH = 120;

    private static final String HEAD = """
            # Configuration of the Flink autoscaler for YARN. Every line shows a default or an example: remove the leading '#' to use it.
            # All options, and the other places to write them: docs/options.md. `mvn test -Dtest=OptionReferenceTest -Dgenerate=true` writes this
            # file from the catalogue of options.
            #
            # To begin with, watch only: every Flink job of the cluster gets recommendations in the log and in the history, and none is rescaled.
            #
            #job.autoscaler.enabled: true
            #job.autoscaler.scaling.enabled: false
            #
            # Then let single jobs be rescaled, in their own Flink configuration, which wins over this file:
            #
            #   job.autoscaler.enabled: true
            #   job.autoscaler.scaling.enabled: true
            #   jobmanager.scheduler: adaptive
            """;

    private static final String CLUSTERS = """

            # Several clusters, in place of the autoscaler.standalone.fetcher keys above; docs/options.md has all that an entry may say.
            #
            #   clusters:
            #     - name: production
            #       hadoop-conf-dir: /etc/hadoop/production
            #       tags.any-of: [autoscale]
            #       queues: [root.streaming]
            #     - name: sessions
            #       host: flink.example.com
            #       port: 8081
            """;

    private static final String POLICIES = """

            # ---- Named policies: options, a mode and caps for some of the jobs; docs/policies.md explains them.
            #
            #   policies:
            #     - name: everyone
            #       mode: observe
            #       cap.vertex.max-parallelism: 64
            #     - name: streaming
            #       queues: [root.streaming]
            #       mode: scale
            #       job.autoscaler.utilization.target: 0.6
            """;

    private static final String RECEIVERS = """

            # ---- Who is told about events; docs/notifications.md explains it.
            #
            #   receivers:
            #     - name: ops
            #       type: SLACK
            #       url-file: /etc/autoscaler/slack-url
            #       event-types: [Warning]
            """;

    /** @param examples beside an option: what to show where it has no default that could be written */
    private record Section(String title, List<Example> examples) {}

    private record Example(Option<?> option, String value) {

        static Example of(Option<?> option) {
            return new Example(option, option.fallbackText());
        }
    }

    private static final List<Section> SECTIONS = List.of(
            new Section(
                    "The cluster, and which applications are looked after",
                    List.of(
                            new Example(ProcessOptions.HADOOP_CONF_DIR, "/etc/hadoop/conf"),
                            new Example(ProcessOptions.CLUSTER_NAME, "production"),
                            new Example(ProcessOptions.YARN_TAGS, "[autoscale]"),
                            Example.of(ProcessOptions.YARN_MAX_REQUESTS),
                            Example.of(ProcessOptions.YARN_MAX_REQUESTS_PER_SECOND),
                            Example.of(ProcessOptions.LIST_INTERVAL),
                            Example.of(ProcessOptions.LOOP_INTERVAL))),
            new Section(
                    "State and history",
                    List.of(
                            new Example(ProcessOptions.JDBC_URL, "jdbc:mysql://db.example.com:3306/autoscaler"),
                            new Example(ProcessOptions.JDBC_USERNAME, "autoscaler"),
                            Example.of(ProcessOptions.JDBC_PASSWORD_VARIABLE),
                            Example.of(ProcessOptions.EVENT_TTL))),
            new Section(
                    "Defaults for all jobs",
                    List.of(
                            Example.of(JobOptions.METRICS_WINDOW),
                            Example.of(JobOptions.STABILIZATION_INTERVAL),
                            Example.of(JobOptions.UTILIZATION_TARGET),
                            new Example(JobOptions.UTILIZATION_MAX, "0.9"),
                            new Example(JobOptions.UTILIZATION_MIN, "0.5"),
                            Example.of(JobOptions.MAX_PARALLELISM),
                            Example.of(JobOptions.SCALE_DOWN_INTERVAL),
                            Example.of(JobOptions.RESTART_TIME),
                            Example.of(JobOptions.RESTART_TIME_TRACKING),
                            Example.of(JobOptions.CATCH_UP_DURATION),
                            new Example(JobOptions.EXCLUDED_PERIODS, "['8:00-18:00 && * * * ? * MON-FRI']"),
                            new Example(JobOptions.EXCLUDED_TIME_ZONE, "Europe/Berlin"))));

    private SampleFile() {}

    static String yaml() {
        return HEAD
                + section(SECTIONS.get(0))
                + CLUSTERS
                + SECTIONS.stream().skip(1).map(SampleFile::section).collect(Collectors.joining())
                + POLICIES
                + RECEIVERS;
    }

    private static String section(Section section) {
        StringBuilder text = new StringBuilder("\n# ---- " + section.title() + "\n");
        for (Example example : section.examples()) {
            text.append('\n');
            wrap(example.option().meaning())
                    .forEach(line -> text.append("# ").append(line).append('\n'));
            text.append('#')
                    .append(example.option().key())
                    .append(": ")
                    .append(example.value())
                    .append('\n');
        }
        return text.toString();
    }

    private static List<String> wrap(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
