package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.JobListFetcher.Problem;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.yarn.ApplicationFilter;
import io.flinkyarn.autoscaler.yarn.Approach;
import io.flinkyarn.autoscaler.yarn.KerberosAccount;
import io.flinkyarn.autoscaler.yarn.YarnClusterSettings;
import io.flinkyarn.autoscaler.yarn.YarnJobListFetcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A secure YARN. The packaged daemon logs in from a keytab, finds the job of another user, and rescales it through the protected web proxy, after its
 * first ticket has expired; it serves a YARN without Kerberos beside it. The cookies of the proxy are good for some seconds only, so that it has to show a
 * ticket again and again, and each listing opens a connection of its own. Needs a JVM of its own: whoever has had Kerberos once has it for good.
 */
class KerberosIT {

    private static final int TICKET_SECONDS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ClusterJobs NO_JOBS = endpoint -> List.of();

    @TempDir
    private static Path folder;

    /** Of another KDC of this name that was there before. */
    private static Path outdated;

    private static Path ofElsewhere;
    private static Kdc kdc;
    private static Path own;
    private static SecureSite site;

    @BeforeAll
    static void start() throws Exception {
        try (Kdc before = Kdc.start(folder.resolve("kdc-before"))) {
            outdated = before.keytab("outdated", "autoscaler", "gone");
        }
        try (Kdc elsewhere = Kdc.start(folder.resolve("kdc-elsewhere"), "NOWHERE", "ORG")) {
            ofElsewhere = elsewhere.keytab("elsewhere", "autoscaler");
        }
        kdc = Kdc.start(folder.resolve("kdc"));
        own = kdc.keytab("autoscaler", "autoscaler");
        site = SecureSite.enter(kdc, folder.resolve("secrets"));
    }

    @AfterAll
    static void stop() {
        kdc.close();
    }

    @Test
    void whatIsWrongWithALoginIsSaidInOneLineWithItsRemedy() throws Exception {
        assertThat(problem("autoscaler@EXAMPLE.COM", folder.resolve("none.keytab")))
                .contains("the keytab cannot be read. Check login.keytab", "none.keytab");
        assertThat(problem("nobody@EXAMPLE.COM", own)).contains("the keytab has no key for the principal");
        assertThat(problem("gone@EXAMPLE.COM", outdated)).contains("the KDC does not know the principal");
        assertThat(problem("autoscaler@EXAMPLE.COM", outdated)).contains("Export the keytab again");
        assertThat(problem("autoscaler@NOWHERE.ORG", ofElsewhere)).contains("krb5.conf names no KDC for the realm");
    }

    /** What the listing of a secure cluster says. The ResourceManager is not there: it is not reached before the login. */
    private static String problem(String principal, Path keytab) throws Exception {
        Map<String, String> yarnSite = new HashMap<>(site.settings());
        yarnSite.put("yarn.resourcemanager.address", "localhost:1");
        Path conf = HadoopConf.write(folder.resolve("conf-of-nobody"), site.common(), yarnSite);
        YarnClusterSettings settings = new YarnClusterSettings(
                Optional.of("secure"),
                conf,
                new ApplicationFilter(Set.of("Apache Flink"), ApplicationSelection.ALL, Set.of(), Set.of()),
                Approach.PROXIED,
                Optional.of(new KerberosAccount(principal, keytab)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20));
        try (YarnJobListFetcher fetcher =
                YarnJobListFetcher.open(settings, NO_JOBS, new RequestLog(), Clock.systemUTC())) {
            List<Problem> problems = fetcher.fetch().problems();
            assertThat(problems).hasSize(1);
            String message = problems.get(0).message();
            assertThat(message)
                    .startsWith("no login at the ResourceManager at localhost:1: ")
                    .hasLineCount(1);
            return message;
        }
    }

    @Test
    void aJobIsRescaledThroughTheProtectedProxyAfterTheFirstTicketHasExpiredAndASimpleClusterIsServedToo()
            throws Exception {
        FlinkRig rig = FlinkRig.ofSystemProperty();
        RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
        schedule.setRate(60);
        Map<String, String> options = new HashMap<>(AutoscalerOnYarnIT.OPTIONS);
        options.put("security.kerberos.login.principal", kdc.qualified("alice"));
        Path ofAlice = kdc.keytab("alice", "alice");
        options.put("security.kerberos.login.keytab", ofAlice.toString());
        LoadJob job = new LoadJob("secured", Set.of("autoscale"), 4, Duration.ofMillis(10), options);
        try (SimpleYarn simple = SimpleYarn.start(folder.resolve("simple"));
                MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig, site.common(), site.settings());
                FlinkApplication flink = FlinkApplication.submit(yarn, rig, job, schedule, folder.resolve("secured"))) {
            Await.until("the simple YARN is up", PATIENCE, simple::isUp);
            try (AutoscalerProcess daemon = unpack(yarn, simple)) {
                daemon.start();
                Await.until("the job is found", PATIENCE, () -> count(daemon, "[secure] found secured") == 1);
                assertThat(daemon.doctor("--cluster", "secure"))
                        .contains("1 applications and 1 jobs to look after", "STARTED", "refused it as it should")
                        .contains("(user-limit-factor 1.0)")
                        .doesNotContain("FAILED", "not tried", "are not known");
                // The first time is before the ticket has expired, the second time after that.
                Await.until(
                        "the daemon has logged in twice again", PATIENCE, () -> count(daemon, "logged in again") >= 2);
                assertThat(flink.runningParallelism().orElseThrow()).containsEntry("work", 1);

                schedule.setRate(250);
                flink.awaitRunning(4, PATIENCE);

                assertThat(daemon.status()).contains("secured", "through the proxy, 401", "through the proxy, 200");
                assertThat(daemon.log())
                        .noneMatch(line -> line.contains(" ERROR ") || line.contains("no login at"))
                        .anyMatch(line -> line.contains("logged in as " + kdc.qualified("autoscaler")))
                        .anyMatch(line -> line.contains("cluster before answers"))
                        .anyMatch(line -> line.contains("cluster after answers"));
                DashboardByTicket.assertOpenToOperators(
                        daemon.dashboard(),
                        TicketHolder.login(kdc.qualified("alice"), ofAlice),
                        kdc.qualified("alice"),
                        TicketHolder.login(kdc.qualified("bob"), kdc.keytab("bob", "bob")));
            }
        }
    }

    private static long count(AutoscalerProcess daemon, String text) throws IOException {
        return daemon.log().stream().filter(line -> line.contains(text)).count();
    }

    /** With the cluster without Kerberos before and after the secure one: Hadoop's client keeps what it first sees. */
    private static AutoscalerProcess unpack(MiniYarn yarn, SimpleYarn simple) throws IOException {
        String withoutKerberos = ", hadoop-conf-dir: '" + simple.hadoopConfDir() + "'}";
        String clusters = "[{name: before" + withoutKerberos
                // Longer than a connection of Hadoop's protocol is kept.
                + ", {name: secure, list-interval: 11 s, hadoop-conf-dir: '" + yarn.hadoopConfDir()
                + "', login.principal: " + kdc.qualified("autoscaler") + ", login.keytab: '" + own + "'}"
                + ", {name: after" + withoutKerberos + "]";
        return AutoscalerProcess.unpack(
                        AutoscalerProcess.distribution(),
                        folder.resolve("autoscaler"),
                        yarn.hadoopConfDir(),
                        Map.of(
                                "autoscaler.standalone.control-loop.interval",
                                "2 s",
                                "clusters",
                                clusters,
                                "autoscaler.standalone.web.kerberos.principal",
                                kdc.qualified("HTTP/localhost"),
                                "autoscaler.standalone.web.kerberos.keytab",
                                site.keytabOfPages(),
                                "autoscaler.standalone.web.kerberos.operators",
                                kdc.qualified("alice")))
                .withJavaFlags("-Djava.security.krb5.conf=" + kdc.krb5Conf(TICKET_SECONDS));
    }
}
