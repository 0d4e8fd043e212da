package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.testing.Declaration;
import io.flinkyarn.autoscaler.testing.Page;
import io.flinkyarn.autoscaler.testing.Page.Block;
import io.flinkyarn.autoscaler.yarn.LightApplication;
import io.flinkyarn.autoscaler.yarn.LightApplication.Submission;
import io.flinkyarn.autoscaler.yarn.LightYarn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.junit.jupiter.api.Test;

/**
 * What docs/install.md says, done: every block of commands is run in its order, from the tar.gz to the uninstallation, on a real YARN with an application
 * behind which a {@link StandInFlink} answers. Where the page says that the status tells something, it is asked until it does.
 */
class InstallPageIT {

    private static final Path PAGE = Path.of("docs/install.md");
    private static final String ACCOUNT = "flink-autoscaler";
    private static final String PROGRAM = "/opt/flink-yarn-autoscaler/bin/autoscaler.sh";
    private static final String NEXT_VERSION = "0.2.0";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** A decision after three cycles of the default length. They stand in the configuration of the job, so that nothing of the page has to change. */
    private static final Map<String, String> OPTIONS = Map.of(
            "job.autoscaler.metrics.window", "15 s",
            "job.autoscaler.stabilization.interval", "0",
            "job.autoscaler.utilization.max", "0.8",
            "job.autoscaler.scaling.parallelism-alignment.mode", "OFF",
            "metrics.fetcher.update-interval", "1 h");

    @Test
    void itLeadsFromTheTarGzToTheFirstDecisionAndBack() throws Exception {
        Path folder = Files.createTempDirectory("install-page");
        // the account has to come in, which JUnit's own folders do not allow
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (LightYarn yarn =
                        LightYarn.start(folder.resolve("yarn"), Map.of(YarnConfiguration.YARN_ACL_ENABLE, "false"));
                StandInFlink flink = new StandInFlink(1, OPTIONS, 0, 1);
                FreshAccount account = new FreshAccount(ACCOUNT, folder)) {
            flink.jobs().get(0).keepBusy(0.95);
            LightApplication.start(
                    yarn,
                    new Submission("wordcount", "Apache Flink", "alice", "*", Set.of()),
                    "http://127.0.0.1:" + flink.port());
            yarn.writeHadoopConf(account.path("/etc/hadoop/conf"));
            Path version = Files.copy(
                    AutoscalerProcess.distribution(),
                    folder.resolve(AutoscalerProcess.distribution().getFileName()));
            account.run("mkdir next && tar xzf " + version + " -C next && mv next/* next/flink-yarn-autoscaler-"
                    + NEXT_VERSION + " && tar czf flink-yarn-autoscaler-" + NEXT_VERSION + "-bin.tar.gz -C next .");
            try {
                follow(account, flink);
            } finally {
                account.run(
                        "! test -x " + PROGRAM + " || ! test -d /etc/flink-yarn-autoscaler || " + PROGRAM + " stop");
            }
        } finally {
            delete(folder);
        }
    }

    private static void follow(FreshAccount account, StandInFlink flink) throws Exception {
        List<String> expected = new ArrayList<>(Page.of(PAGE).blocks("text").stream()
                .map(block -> block.text().strip())
                .toList());
        assertThat(expected).as("what the status says at last").hasSize(2);
        long begin = System.nanoTime();
        for (Block block : Page.of(PAGE).blocks("sh")) {
            String lines = block.text();
            if (lines.strip().endsWith(PROGRAM + " status")) {
                Await.until("the first decision", PATIENCE, () -> expect(expected.get(1), run(account, block)));
                System.out.printf("from the tar.gz to the first decision: %.0f s%n", (System.nanoTime() - begin) / 1e9);
                continue;
            }
            String printed = run(account, block);
            if (lines.contains(PROGRAM + " doctor")) {
                assertThat(printed).contains("Flink 1.20").doesNotContain("FAILED");
            } else if (lines.contains(PROGRAM + " list")) {
                assertThat(printed).contains("wordcount", "recommendations only");
            } else if (lines.contains(PROGRAM + " start")) {
                assertThat(owner(account))
                        .isEqualTo(FreshAccount.isRoot() ? account.run("echo -n " + ACCOUNT) : user());
            } else if (lines.contains(PROGRAM + " stop")) {
                assertThat(account.path("/etc/systemd/system/flink-yarn-autoscaler.service"))
                        .hasSameTextualContentAs(Path.of("conf/systemd/flink-yarn-autoscaler.service"));
            }
        }
        assertThat(account.systemctl()).contains("enable --now flink-yarn-autoscaler", "daemon-reload");
        assertThat(flink.declarations()).as("nothing was rescaled").noneMatch(Declaration::changes);
        assertThat(account.run("ls /opt /etc /etc/systemd/system /var/lib /var/log /run"))
                .as("what is left")
                .doesNotContain("flink-yarn-autoscaler\n", "flink-yarn-autoscaler-", ".service");
    }

    /** @throws IOException with what was printed in its place */
    private static boolean expect(String text, String printed) throws IOException {
        if (!printed.contains(text)) {
            throw new IOException("expected '" + text + "' in\n" + printed);
        }
        return true;
    }

    private static String run(FreshAccount account, Block block) throws IOException {
        try {
            return account.run(block.text());
        } catch (IOException e) {
            throw new IOException(block + ": " + e.getMessage(), e);
        }
    }

    /** Whom the running daemon belongs to. */
    private static String owner(FreshAccount account) throws IOException {
        return account.run("stat -c %U /proc/$(cat /run/flink-yarn-autoscaler/autoscaler.pid)")
                .strip();
    }

    private static String user() {
        return System.getProperty("user.name");
    }

    private static void delete(Path folder) throws Exception {
        new ProcessBuilder("rm", "-rf", folder.toString()).inheritIO().start().waitFor();
    }
}
