package io.flinkyarn.autoscaler.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.it.KilledDaemon.Death;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.testing.Audit;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import io.flinkyarn.autoscaler.testing.Declaration;
import io.flinkyarn.autoscaler.testing.ExecutedDecision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the packaged daemon with SIGKILL at random moments, most of them around a request to Flink, while several jobs are rescaled all the time
 * and Flink answers late, badly or not at all. After each kill and at the very end, what {@link Audit} says must hold.
 *
 * <p>Another seed: {@code -Dkill.seed=…}; more kills: {@code -Dkill.kills=…}.
 */
class KillIT {

    private static final long SEED = Long.getLong("kill.seed", 20_260_504);
    private static final int KILLS = Integer.getInteger("kill.kills", 51);

    /** Daemons side by side, each with a Flink and a file of its own: a daemon that starts waits more than it works. */
    private static final int DAEMONS = 3;

    private static final int JOBS = 4;

    @TempDir
    Path folder;

    /** What a daemon has left when it is at rest. */
    private record Life(Audit audit, int kills, List<Duration> firstDecisions) {}

    @Test
    void no_decision_is_lost_and_none_applied_twice_however_often_the_daemon_is_killed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(DAEMONS);
        try {
            List<Future<Life>> running = new ArrayList<>();
            for (int i = 1; i <= DAEMONS; i++) {
                int number = i;
                running.add(threads.submit(() -> live(number, KILLS / DAEMONS, Optional.empty())));
            }
            List<Life> lives = new ArrayList<>();
            for (Future<Life> life : running) {
                lives.add(life.get());
            }
            report("H2", lives);
            assertThat(lives)
                    .allSatisfy(life -> assertThat(life.audit().decisions()).hasSizeGreaterThan(life.kills()));
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MARIADB", "POSTGRESQL"})
    void nor_on_a_server(DatabaseServer server) throws Exception {
        report(
                server.name(),
                List.of(live(server == DatabaseServer.MARIADB ? 11 : 12, 6, Optional.of(server.newDatabase()))));
    }

    private Life live(int number, int kills, Optional<DatabaseAccess> database) throws Exception {
        Random random = new Random(SEED + number);
        StandInFlink flink = new StandInFlink(JOBS, HASTY, 0.15, SEED + number);
        try (KilledDaemon daemon =
                KilledDaemon.unpack(folder.resolve("daemon-" + number), flink, database, Duration.ofMillis(250))) {
            for (int i = 0; i < kills; i++) {
                daemon.live(Death.random(random));
            }
            return new Life(daemon.settle(), daemon.kills(), daemon.firstDecisions());
        }
    }

    /** Options of the jobs: decisions that follow each other as fast as the job restarts. */
    private static final Map<String, String> HASTY = Map.ofEntries(
            Map.entry("job.autoscaler.enabled", "true"),
            Map.entry("job.autoscaler.metrics.window", "500 ms"),
            Map.entry("job.autoscaler.stabilization.interval", "0"),
            Map.entry("job.autoscaler.scale-down.interval", "0"),
            Map.entry("job.autoscaler.restart.time", "1 min"),
            Map.entry("job.autoscaler.utilization.max", "0.8"),
            Map.entry("job.autoscaler.utilization.min", "0.5"),
            Map.entry("job.autoscaler.scaling.parallelism-alignment.mode", "OFF"),
            // what Flink refused is tried again at once
            Map.entry("job.autoscaler.scaling.event.interval", "0 s"),
            // otherwise every tenth second would be spent on waiting for fresh metrics
            Map.entry("metrics.fetcher.update-interval", "1 h"));

    private static void report(String database, List<Life> lives) {
        List<ExecutedDecision> decisions = lives.stream()
                .flatMap(life -> life.audit().decisions().stream())
                .toList();
        Map<String, Integer> phases = new HashMap<>();
        decisions.forEach(d -> phases.merge(d.phase().orElseThrow().name(), 1, Integer::sum));
        List<Declaration> requests = lives.stream()
                .flatMap(life -> life.audit().declarations().stream())
                .toList();
        List<Duration> first = lives.stream()
                .flatMap(life -> life.firstDecisions().stream())
                .sorted()
                .toList();
        System.out.printf(
                "KillIT, %s, seed %d: %d kills, %d decisions %s, %d requests, %d of them not applied, %d repeated in vain;"
                        + " from start to first decision %s ms median, %s ms at most of %d%n",
                database,
                SEED,
                lives.stream().mapToInt(Life::kills).sum(),
                decisions.size(),
                phases,
                requests.size(),
                requests.stream().filter(r -> !r.applied()).count(),
                requests.stream().filter(r -> r.applied() && !r.changes()).count(),
                first.isEmpty() ? "?" : first.get(first.size() / 2).toMillis(),
                first.isEmpty() ? "?" : first.get(first.size() - 1).toMillis(),
                first.size());
    }
}
