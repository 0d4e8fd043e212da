package io.flinkyarn.autoscaler.it;

import io.flinkyarn.autoscaler.yarn.LightApplication;
import io.flinkyarn.autoscaler.yarn.LightApplication.Submission;
import io.flinkyarn.autoscaler.yarn.LightYarn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What the daemon costs a ResourceManager: with its default settings it looks after many applications of a real YARN, which are registered as real ones
 * and whose containers sleep; a {@link StandInFlink} answers for each. All services of that YARN are in this JVM, the daemon is a process of its own,
 * so that the processor time of the threads that serve calls and pages tells what is asked of the ResourceManager, first without the daemon and
 * then with it. Run by {@code scripts/benchmark-yarn.sh}.
 */
public final class ManyApplications {

    private static final int SUBMITTED_AT_ONCE = 8;
    private static final Duration CYCLE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ManyApplications() {}

    /** @param arguments a folder, how many applications, and how many seconds to measure for */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        Duration span = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        ContainerProcesses containers = new ContainerProcesses();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> containers.end(Duration.ZERO), "end-yarn-containers"));
        LightYarn yarn = LightYarn.start(
                folder.resolve("yarn"),
                Map.of(
                        "yarn.minicluster.yarn.nodemanager.resource.memory-mb",
                        "" + (count + 20) * 80,
                        "yarn.nodemanager.resource.cpu-vcores",
                        "" + (count + 20),
                        "yarn.nodemanager.container-monitor.enabled",
                        "false",
                        "yarn.resourcemanager.am.max-attempts",
                        "1"));
        long started = System.nanoTime();
        submit(yarn, count);
        say("%d applications run, %.0f s after the first was submitted", count, seconds(started));

        ResourceManagerTime before = ResourceManagerTime.until(span);
        say("without the daemon: %s", before);

        Path hadoopConf = yarn.writeHadoopConf(folder.resolve("hadoop-conf"));
        try (AutoscalerProcess daemon = AutoscalerProcess.unpack(
                AutoscalerProcess.distribution(), folder.resolve("autoscaler"), hadoopConf, Map.of())) {
            daemon.start();
            DaemonDatabase database = new DaemonDatabase(daemon.jdbcUrl());
            long found = System.nanoTime();
            Await.until("all jobs are sampled", PATIENCE, () -> sampled(database) == count);
            say("all jobs are sampled %.0f s after the start of the daemon", seconds(found));
            TimeUnit.SECONDS.sleep(30);
            long measured = System.currentTimeMillis();
            say("with the daemon: %s", ResourceManagerTime.until(span));
            lateness(database, measured);
            daemon.status()
                    .lines()
                    .filter(line -> line.contains("requests") || line.contains("through the proxy"))
                    .forEach(System.out::println);
        }
        // The services would take their time to stop.
        System.exit(0);
    }

    private static void submit(LightYarn yarn, int count) throws Exception {
        Map<String, String> options = Map.of("job.autoscaler.enabled", "true");
        ExecutorService submitters = Executors.newFixedThreadPool(SUBMITTED_AT_ONCE);
        List<Future<?>> submissions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            StandInFlink flink = new StandInFlink(1, options, 0, i);
            flink.calmDown();
            Submission submission = new Submission("app-" + i, "Apache Flink", "alice", "*", Set.of());
            submissions.add(submitters.submit(
                    () -> LightApplication.start(yarn, submission, "http://127.0.0.1:" + flink.port())));
        }
        for (Future<?> submission : submissions) {
            submission.get();
        }
        submitters.shutdown();
    }

    private static int sampled(DaemonDatabase database) throws IOException {
        return database.rows("SELECT DISTINCT job_run_id FROM metric_sample").size();
    }

    /** How much later than a cycle after the one before a job was sampled. */
    private static void lateness(DaemonDatabase database, long since) throws IOException {
        Map<Object, Long> previous = new HashMap<>();
        List<Long> late = new ArrayList<>();
        for (Map<String, Object> row : database.rows(
                "SELECT job_run_id, sampled_at FROM metric_sample WHERE sampled_at > ? ORDER BY job_run_id, sampled_at",
                since)) {
            long at = (long) DaemonDatabase.number(row, "sampled_at");
            Long before = previous.put(row.get("job_run_id"), at);
            if (before != null) {
                late.add(at - before - CYCLE.toMillis());
            }
        }
        late.sort(null);
        say(
                "%d cycles; a sample came later than a cycle after the one before by (ms): median %d, 99 %% %d, most %d",
                late.size(), late.get(late.size() / 2), late.get(late.size() * 99 / 100), late.get(late.size() - 1));
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    /**
     * Processor time of the threads by which a ResourceManager answers, as shares of one processor.
     *
     * @param calls of Hadoop's protocol
     * @param pages the proxy among them
     */
    private record ResourceManagerTime(double calls, double pages) {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        /** Waits for so long, and measures. */
        static ResourceManagerTime until(Duration span) throws InterruptedException {
            Map<Long, Long> before = nanos();
            long start = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(span.toMillis());
            double elapsed = System.nanoTime() - start;
            double calls = 0;
            double pages = 0;
            for (Map.Entry<Long, Long> now : nanos().entrySet()) {
                ThreadInfo thread = THREADS.getThreadInfo(now.getKey());
                double more = now.getValue() - before.getOrDefault(now.getKey(), 0L);
                if (thread != null && thread.getThreadName().startsWith("qtp")) {
                    pages += more;
                } else if (thread != null && isCall(thread.getThreadName())) {
                    calls += more;
                }
            }
            return new ResourceManagerTime(calls / elapsed, pages / elapsed);
        }

        private static boolean isCall(String thread) {
            return thread.startsWith("IPC Server") || thread.startsWith("Socket Reader");
        }

        private static Map<Long, Long> nanos() {
            Map<Long, Long> nanos = new HashMap<>();
            for (long id : THREADS.getAllThreadIds()) {
                nanos.put(id, THREADS.getThreadCpuTime(id));
            }
            return nanos;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.2f %% of a processor for pages and the proxy, %.2f %% for calls",
                    100 * pages,
                    100 * calls);
        }
    }
}
