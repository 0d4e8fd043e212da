package io.flinkyarn.autoscaler.it.demo;

import io.flinkyarn.autoscaler.it.AutoscalerProcess;
import io.flinkyarn.autoscaler.it.Await;
import io.flinkyarn.autoscaler.it.FlinkApplication;
import io.flinkyarn.autoscaler.it.FlinkRig;
import io.flinkyarn.autoscaler.it.LoadJob;
import io.flinkyarn.autoscaler.it.MiniYarn;
import io.flinkyarn.autoscaler.it.RateSchedule;
import io.flinkyarn.autoscaler.it.demo.Decisions.Decision;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The demo's story, in the order in which it happens. Everything in it is real: YARN, Flink, the packaged daemon, its
 * database. Ends with one line that a script can read, and exit code 0 or 1.
 */
final class Demo {

    private static final Duration COST = Duration.ofMillis(10);
    private static final double TARGET = 0.7;
    private static final Load LOW = new Load(60, COST, TARGET);
    private static final Load HIGH = new Load(250, COST, TARGET);
    private static final String VERTEX = "work";

    /** The owner of the job switches autoscaling on, in the job's own Flink configuration. */
    private static final Map<String, String> JOB_OPTIONS = Map.of(
            "job.autoscaler.enabled", "true",
            "job.autoscaler.utilization.target", Double.toString(TARGET),
            "job.autoscaler.stabilization.interval", "8 s",
            "job.autoscaler.metrics.window", "20 s",
            "job.autoscaler.scale-down.interval", "8 s",
            "job.autoscaler.scale-down.max-factor", "1.0",
            "job.autoscaler.catch-up.duration", "0 s",
            "job.autoscaler.restart.time", "5 s",
            // Flink's own rates are means over a minute, longer than this window.
            "job.autoscaler.metrics.busy-time.aggregator", "AVG");

    private static final Map<String, String> DAEMON_OPTIONS =
            Map.of("autoscaler.standalone.control-loop.interval", "3 s");

    private final Narrator tell = new Narrator();
    private final FlinkRig rig = FlinkRig.ofSystemProperty();
    private final Path distribution = AutoscalerProcess.distribution();
    private final Path folder;
    private final boolean keep;
    private final List<Integer> expected = new ArrayList<>();

    private Demo(Path folder, boolean keep) {
        this.folder = folder.toAbsolutePath();
        this.keep = keep;
    }

    /**
     * @param arguments the folder for everything that is written, and {@code --keep} to leave all running until Ctrl-C
     */
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            new Demo(Path.of(arguments[0]), List.of(arguments).contains("--keep")).run();
            exit = 0;
        } catch (IOException | SQLException | RuntimeException e) {
            System.out.println("demo: FAILED " + e.getMessage());
        }
        // The services of YARN would keep the JVM alive.
        System.exit(exit);
    }

    private void run() throws IOException, SQLException {
        introduce();
        try (MiniYarn yarn = MiniYarn.start(folder.resolve("yarn"), rig)) {
            tell.say("YARN runs: a ResourceManager at %s and two NodeManagers", yarn.web());
            RateSchedule schedule = RateSchedule.create(folder.resolve("rate"));
            LoadJob job = new LoadJob("demo", Set.of("autoscale"), 4, COST, JOB_OPTIONS);
            tell.say("submitting Flink %s in application mode …", rig.version());
            try (FlinkApplication flink = FlinkApplication.submit(yarn, rig, job, schedule, folder.resolve("flink"));
                    AutoscalerProcess daemon = AutoscalerProcess.unpack(
                            distribution, folder.resolve("autoscaler"), yarn.hadoopConfDir(), DAEMON_OPTIONS)) {
                flink.awaitRunning(1, Duration.ofSeconds(90));
                tell.say("%s runs: %s", flink.id(), flink.runningParallelism().orElse(Map.of()));
                tell.add("Flink's pages: %s", flink.trackingUrl());
                rescale(flink, daemon, schedule);
                String result = result(daemon);
                if (keep) {
                    waitForCtrlC(yarn, flink, daemon, result);
                }
                tell.blank();
                System.out.println(result);
            }
        }
    }

    private void introduce() {
        System.out.println("A record costs 10 ms in the vertex 'work': one subtask can do 100 of them per second, and");
        System.out.println("should be busy 0.7 of its time. So the job needs ⌈ rate × cost ÷ target ⌉ subtasks of it:");
        for (Load load : List.of(LOW, HIGH, LOW)) {
            System.out.println("    " + load.explained());
        }
        System.out.println("Everything that is written goes to " + folder);
        tell.blank();
    }

    private void rescale(FlinkApplication flink, AutoscalerProcess daemon, RateSchedule schedule)
            throws IOException, SQLException {
        schedule.setRate(LOW.recordsPerSecond());
        daemon.start();
        tell.say("our daemon runs: pid %d, bin/autoscaler.sh start", daemon.pid());
        Decisions decisions = new Decisions(daemon.jdbcUrl());
        settle("at the start", LOW, 0, flink, decisions);

        raise(schedule, HIGH);
        settle("after the load rose", HIGH, System.currentTimeMillis(), flink, decisions);

        restart(daemon);

        raise(schedule, LOW);
        settle("after the load fell", LOW, System.currentTimeMillis(), flink, decisions);
    }

    private void raise(RateSchedule schedule, Load load) throws IOException {
        tell.blank();
        schedule.setRate(load.recordsPerSecond());
        tell.say("LOAD     %.0f records/s; expected parallelism: %s", load.recordsPerSecond(), load.explained());
    }

    /**
     * Waits until the daemon has found, since the load changed, that nothing is left to do, and the job runs as
     * expected.
     */
    private void settle(String when, Load load, long changedAtMillis, FlinkApplication flink, Decisions decisions)
            throws IOException {
        Await.until(
                String.format(
                        "%s, the job settles at parallelism %d ± 1 of %s", when, load.expectedParallelism(), VERTEX),
                Duration.ofSeconds(150),
                () -> {
                    Decision latest = tellNew(decisions);
                    return latest.isSettled()
                            && latest.decidedAt() > changedAtMillis
                            && load.isMetBy(
                                    flink.runningParallelism().orElse(Map.of()).getOrDefault(VERTEX, 0));
                });
        int parallelism = flink.runningParallelism().orElse(Map.of()).getOrDefault(VERTEX, 0);
        tell.say("SETTLED  at parallelism %d, expected %d", parallelism, load.expectedParallelism());
        expected.add(load.expectedParallelism());
    }

    private Decision tellNew(Decisions decisions) throws IOException {
        try {
            List<Decision> all = decisions.all();
            tell.tell(all);
            if (all.isEmpty()) {
                throw new IOException("the daemon has decided nothing yet");
            }
            return all.get(all.size() - 1);
        } catch (SQLException e) {
            throw new IOException("the daemon's database cannot be read: " + e.getMessage(), e);
        }
    }

    private void restart(AutoscalerProcess daemon) throws IOException {
        tell.blank();
        daemon.stop();
        tell.say("our daemon is stopped, bin/autoscaler.sh stop; the job goes on");
        int lines = daemon.log().size();
        daemon.start();
        tell.say("our daemon runs again: pid %d", daemon.pid());
        Await.until("the restarted daemon goes on with its state", Duration.ofSeconds(30), () -> {
            List<String> news = daemon.log();
            return news.subList(lines, news.size()).stream().anyMatch(line -> line.contains(" continues "));
        });
        List<String> log = daemon.log();
        log.subList(lines, log.size()).stream()
                .filter(line -> line.contains(" continues "))
                .forEach(line -> tell.add("its log: %s", line));
    }

    private String result(AutoscalerProcess daemon) throws SQLException, IOException {
        Decisions decisions = new Decisions(daemon.jdbcUrl());
        tell.blank();
        tell.say("the history, read back with SQL:");
        Decisions.HISTORY.lines().forEach(line -> tell.add("%s", line));
        tell.blank();
        tell.table(decisions.history());
        tell.blank();
        tell.say("what bin/autoscaler.sh status says at the end:");
        daemon.status().lines().forEach(line -> tell.add("%s", line));
        tell.blank();
        tell.say("what bin/autoscaler.sh explain demo says:");
        daemon.explain("demo").lines().forEach(line -> tell.add("%s", line));
        List<Integer> steps = decisions.parallelismOf(VERTEX);
        if (steps.isEmpty()) {
            throw new IOException("the database knows of no rescale of " + VERTEX);
        }
        return String.format(
                "demo: OK rescales=%d parallelism=%s expected=%s seconds=%d",
                steps.size() - 1, joined("->", steps), joined(",", expected), tell.seconds());
    }

    private void waitForCtrlC(MiniYarn yarn, FlinkApplication flink, AutoscalerProcess daemon, String result)
            throws IOException {
        tell.blank();
        tell.say("everything runs on until Ctrl-C:");
        tell.add("ResourceManager  %s/cluster", yarn.web());
        tell.add("Flink            %s", flink.trackingUrl());
        tell.add("dashboard        %s", daemon.dashboard());
        tell.add("database         %s (user and password empty)", daemon.jdbcUrl());
        tell.add("log              %s", folder.resolve("autoscaler/logs/autoscaler.log"));
        tell.add("load             append a line '<epoch milliseconds> <records/s>' to %s", folder.resolve("rate"));
        tell.blank();
        System.out.println(result);
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String joined(String separator, List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(separator));
    }
}
