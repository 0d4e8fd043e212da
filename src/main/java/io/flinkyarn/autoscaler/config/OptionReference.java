package io.flinkyarn.autoscaler.config;

import java.util.List;
import java.util.stream.Collectors;

/** The reference of all options, docs/options.md, written from the catalogues. */
final class OptionReference {

    private static final String HEAD = """
            # Options

            <!-- Generated from the catalogue of options: edit JobOptions.java, ProcessOptions.java, ClusterOptions.java, NamedPolicyOptions.java or ReceiverOptions.java, then run
                 mvn test -Dtest=OptionReferenceTest -Dgenerate=true -->

            ## Where to write them

            | where | how | wins over |
            | --- | --- | --- |
            | configuration of a Flink job | `-Djob.autoscaler.enabled=true`, or in its Flink configuration file; `job.autoscaler.*` only | all below |
            | tag of a YARN application | `yarn.tags: autoscaler.mode=observe,autoscaler.restart.time=2min`: see [policies.md](policies.md) | all below |
            | `policies` in `conf/autoscaler.yaml` | for the jobs that a policy holds for: see [policies.md](policies.md) | all below |
            | command line | `bin/autoscaler.sh run --autoscaler.standalone.control-loop.interval 30s` (or `--key=value`) | all below |
            | environment | `AUTOSCALER_STANDALONE_CONTROL_LOOP_INTERVAL=30s`: the key in capitals, `_` for every dot and hyphen | all below |
            | `conf/autoscaler.yaml` | nested, or flat (`autoscaler.standalone.control-loop.interval: 30 s`) | the defaults |

            What no place may exceed are the caps of policies. `job.autoscaler.*` outside of a Flink job and of policies is a default for all jobs. Parameters of plugins have no environment variable.

            - **Old names.** `job.autoscaler.*` may also be written `kubernetes.operator.job.autoscaler.*`, and some options have deprecated
              names. In one place the new key wins, then the new key with the old prefix, then deprecated names; a place that wins over another
              does so with any of them.
            - **Mistakes.** An unknown key or a value that is not allowed ends the start of the daemon with exit code 2, after all of them have been
              named. In the configuration of a Flink job, or in its tags, it disables that job only, with an event.
            - **Durations**: `10 s`, `1min`, `30m`, `1 h`, `2 days`; a bare number is milliseconds; ISO as `PT5M`. Whole, not negative, at most 100 years.
            - **Memory**: `4g`, `512 mb`; a bare number is bytes; a kilobyte has 1024 bytes.
            - **Lists**: entries separated by `;`, in quotes where an entry holds one; or a YAML list. `[]` is the empty list.
            - **Booleans** are `true` or `false`. The case of booleans and of names in capitals is ignored.
            """;

    private static final String CLUSTERS = """

            ## The clusters: entries of `clusters`

            A daemon that serves several clusters lists them in `conf/autoscaler.yaml`; the `fetcher` options above are for one cluster, and not
            allowed beside the list. An application has to satisfy everything that is said about applications. Only in the file:

                clusters:
                  - name: production
                    hadoop-conf-dir: /etc/hadoop/production
                    tags:
                      any-of: [autoscale]
                    queues: [root.streaming]
                  - name: sessions
                    host: flink.example.com
                    port: 8081
            """;

    private static final String POLICIES = """

            ## Named policies: entries of `policies`

            Beside these an entry may set any option of a job, by its full key; [policies.md](policies.md) shows how. A job has to satisfy everything
            that is said about it. Only in the file.
            """;

    private static final String RECEIVERS = """

            ## Whom to tell: entries of `receivers`

            [notifications.md](notifications.md) shows how. Only in the file.
            """;

    private static final String COLUMNS = """

            | key | type | default | meaning | also accepted |
            | --- | --- | --- | --- | --- |
            """;

    private OptionReference() {}

    static String markdown() {
        return HEAD
                + "\n## The process: `" + ProcessOptions.PREFIX + "*`\n"
                + table(ProcessOptions.CATALOGUE)
                + CLUSTERS
                + table(ClusterOptions.CATALOGUE)
                + POLICIES
                + table(NamedPolicyOptions.CATALOGUE)
                + RECEIVERS
                + table(ReceiverOptions.CATALOGUE)
                + "\n## Per job: `" + JobOptions.PREFIX + "*`\n"
                + table(JobOptions.CATALOGUE)
                + "\nBelong to plugins, which [plugins.md](plugins.md) explains: "
                + JobOptions.CATALOGUE.open().stream()
                        .map(start -> "`" + start.substring(JobOptions.PREFIX.length()) + "NAME.*`")
                        .collect(Collectors.joining(", "))
                + ".\n";
    }

    private static String table(Catalogue catalogue) {
        return catalogue.options().stream()
                .map(option -> row(catalogue.prefix(), option))
                .collect(Collectors.joining("", COLUMNS, ""));
    }

    private static String row(String prefix, Option<?> option) {
        String type = (option.type().name() + " " + option.range().text()).strip();
        return List.of(
                        "`" + option.key().substring(prefix.length()) + "`",
                        type,
                        option.fallbackText(),
                        option.meaning(),
                        option.deprecatedKeys().stream()
                                .map(key -> "`" + key + "`")
                                .collect(Collectors.joining(", ")))
                .stream()
                .map(cell -> cell.replace("|", "\\|").replace("*", "\\*"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
