package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;

import io.flinkyarn.autoscaler.control.ShownBoard;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.testing.DatabaseServer;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What 1,000 jobs of five vertices cost a database in the steady state: a program, started by {@code scripts/benchmark-database.sh}. The clock of the
 * jobs is virtual, so that minutes take seconds; what the server counts is divided by virtual time. The status of the jobs is recorded, too.
 *
 * <p>Each job has a full window of a quarter of an hour. Once an hour the reason to hold it changes, once a day it is rescaled.
 */
final class StoreLoad {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int JOBS = 1000;
    private static final int WINDOW = 90;
    private static final int INTERVAL = 10;

    /** The dearest case: the metrics of each minute are not kept unless somebody asks for it. */
    private static final boolean KEEPS_METRICS = true;

    private static final int CYCLES_PER_HOUR = 3600 / INTERVAL;
    private static final int CYCLES_PER_DAY = 24 * CYCLES_PER_HOUR;

    private final Database database;
    private final ServerCounters counters;
    private final JdbcAutoScalerStateStore store;
    private final SettableClock clock = new SettableClock(START);
    private final ShownBoard shown = new ShownBoard();
    private final StatusRecorder recorder;
    private final String[] applications = IntStream.range(0, JOBS)
            .mapToObj(i -> "application_1795354922814_" + i)
            .toArray(String[]::new);
    private final LongAdder statements = new LongAdder();
    private final long[] versions = new long[JOBS];
    private final JobState[] states = new JobState[JOBS];

    private StoreLoad(Database database, ServerCounters counters) {
        this.database = database;
        this.counters = counters;
        this.store = new JdbcAutoScalerStateStore(database, true, "a benchmark");
        this.recorder = new StatusRecorder(
                database, shown.board, clock, Duration.ofSeconds(INTERVAL), Duration.ofHours(1), KEEPS_METRICS);
    }

    /** @param arguments how many minutes, then names of {@link DatabaseServer} */
    public static void main(String[] arguments) throws Exception {
        int minutes = Integer.parseInt(arguments[0]);
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            DatabaseServer server = DatabaseServer.valueOf(name);
            DatabaseAccess access = server.newDatabase();
            try (Database database = Database.open(access)) {
                System.out.println("== " + name);
                new StoreLoad(database, ServerCounters.of(server, database)).run(minutes);
            }
        }
        System.exit(0);
    }

    private void run(int minutes) throws Exception {
        for (int i = 0; i < JOBS; i++) {
            states[i] = Steps.window(WINDOW, 0, START);
            versions[i] = store.save(job(applications[i]), 0, Steps.holding(states[i], reason(i, 0)), START);
        }
        // Once around, until every statement has been prepared and the rare ones have had their turn.
        cycles(1, 7);
        database.jdbi().getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.increment();
            }
        });
        Map<String, Long> before = counters.read();
        long statementsBefore = statements.sum();
        Duration cpuBefore = cpu();
        long begin = System.nanoTime();
        int cycles = minutes * 60 / INTERVAL;
        cycles(8, 7 + cycles);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration cpu = cpu().minus(cpuBefore);
        long sent = statements.sum() - statementsBefore;
        Map<String, Long> after = counters.read();
        double seconds = cycles * INTERVAL;
        print("statements of ours per second", sent / seconds);
        new TreeMap<>(after)
                .forEach((name, value) ->
                        print(name + " per second", (value - before.getOrDefault(name, 0L)) / seconds));
        print("CPU of the daemon in % of a core", cpu.toMillis() / 10.0 / seconds);
        print("time that a cycle of all jobs took, ms", took.toMillis() / (double) cycles);
        store.close();
    }

    private void cycles(int first, int last) throws Exception {
        for (int cycle = first; cycle <= last; cycle++) {
            Instant now = START.plusSeconds((long) INTERVAL * cycle);
            clock.set(now);
            shown.show(Views.listing(now, applications));
            for (int i = 0; i < JOBS; i++) {
                observe(i, cycle, now);
                shown.show(StatusCostTest.view(applications[i], 4, now));
            }
            store.flush(now);
            recorder.run();
        }
    }

    private void observe(int i, int cycle, Instant now) throws Exception {
        MetricsWindow window = Steps.next(states[i].window(), cycle, START);
        boolean rescales = (cycle + i) % CYCLES_PER_DAY == 0;
        Step step = rescales ? Steps.rescale(4, now) : Steps.holding(states[i], reason(i, cycle));
        Step observed = new Step(step.state().withWindow(window), step.decision(), step.events());
        versions[i] = store.save(job(applications[i]), versions[i], observed, now);
        // A rescale has come to run by the next cycle.
        states[i] = (rescales ? JobState.NEW : step.state()).withWindow(window);
    }

    private static HoldReason reason(int i, int cycle) {
        return (cycle + i) / CYCLES_PER_HOUR % 2 == 0 ? HoldReason.WITHIN_BAND : HoldReason.NO_CHANGE;
    }

    private static Duration cpu() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Duration.ofNanos(system.getProcessCpuTime());
    }

    private static void print(String what, double value) {
        System.out.printf(Locale.ROOT, "%-60s %12.1f%n", what, value);
    }
}
