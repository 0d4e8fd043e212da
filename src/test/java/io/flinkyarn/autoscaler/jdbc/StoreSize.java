package io.flinkyarn.autoscaler.jdbc;

import static io.flinkyarn.autoscaler.contract.StateStoreContract.job;

import io.flinkyarn.autoscaler.testing.DatabaseServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * How the tables answer when they are full: a program, started by {@code scripts/benchmark-database.sh}. It fills them with 90 days of 2,000 jobs by
 * {@link FullTables}, then asks what people and the dashboard ask, and deletes old history while others write.
 */
final class StoreSize {

    private static final int TIMES = 5;

    private final DatabaseServer server;
    private final Database database;

    private StoreSize(DatabaseServer server, Database database) {
        this.server = server;
        this.database = database;
    }

    /** @param arguments how many decisions each job has, 1000 for 10 million rows of vertices; then names of {@link DatabaseServer} */
    public static void main(String[] arguments) throws Exception {
        int decisions = Integer.parseInt(arguments[0]);
        for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
            DatabaseServer server = DatabaseServer.valueOf(name);
            try (Database database = Database.open(server.newDatabase())) {
                System.out.println("== " + name);
                StoreSize size = new StoreSize(server, database);
                long begin = System.nanoTime();
                new FullTables(server, database, decisions).fill();
                print("filled, s", Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
                size.ask();
                size.deleteWhileOthersWrite();
            }
        }
        System.exit(0);
    }

    private void ask() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        try (Stream<Path> files = Files.list(Path.of("scripts", "sql"))) {
            for (Path file : files.toList()) {
                queries.put(file.getFileName().toString(), query(Files.readString(file)));
            }
        }
        queries.put("(dashboard) latest rescales", RescaleHistory.LATEST.replace(":count", "20"));
        queries.put("(dashboard) how the jobs stand", "SELECT * FROM v_job_current ORDER BY job_name");
        queries.put(
                "(dashboard) history of one run",
                "SELECT * FROM v_rescales WHERE job_run_id = 77 ORDER BY decided_at DESC LIMIT 50");
        queries.put(
                "(dashboard) why nothing was done",
                "SELECT * FROM v_decisions WHERE job_run_id = 77 ORDER BY decided_at DESC LIMIT 50");
        queries.put(
                "(dashboard) events of one run",
                "SELECT * FROM v_events WHERE job_run_id = 77 ORDER BY last_seen DESC LIMIT 50");
        queries.forEach(this::measure);
    }

    /** Without its comments, and with names that are there; of slots, the week until the last day. */
    private static String query(String file) {
        return file.replaceAll("(?m)^--.*$", "")
                .replaceFirst(";\\s*$", "")
                .replace("day_utc >= '2026-03-02'", "day_utc >= '2026-02-24'")
                .replace("'orders'", "'job-77'")
                .replace("'clicks'", "'job-77'")
                .strip();
    }

    private void measure(String name, String sql) {
        List<Long> millis = new ArrayList<>();
        int rows = 0;
        for (int i = 0; i < TIMES; i++) {
            long begin = System.nanoTime();
            rows = rows(sql).size();
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
        Collections.sort(millis);
        System.out.printf(
                Locale.ROOT,
                "%-40s %6d rows %6d ms, at first %6d ms%n",
                name,
                rows,
                millis.get(TIMES / 2),
                millis.get(TIMES - 1));
        for (String line : plan(sql)) {
            System.out.println("      " + line);
        }
    }

    private List<String> rows(String sql) {
        return database.jdbi().<List<String>, RuntimeException>withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setQueryTimeout(600);
            return handle.createQuery(sql.replace(":", "\\:"))
                    .map((row, context) -> String.valueOf(row.getString(1)))
                    .list();
        });
    }

    /** Where the plan reads a large table from end to end. */
    private List<String> plan(String sql) {
        return database.jdbi()
                .<List<String>, RuntimeException>withHandle(handle -> handle
                        .createQuery("EXPLAIN " + sql.replace(":", "\\:"))
                        .map((row, context) -> {
                            StringBuilder line = new StringBuilder();
                            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                                line.append(row.getString(i)).append(' ');
                            }
                            return line.toString();
                        })
                        .list()
                        .stream()
                        .filter(line -> server == DatabaseServer.POSTGRESQL
                                ? line.matches(".*Seq Scan on (decision|vertex_change|event|slot_usage).*")
                                : line.matches(".* (ALL|index) .*") && line.matches(".*\\b\\d{5,}\\b.*"))
                        .toList());
    }

    private void deleteWhileOthersWrite() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Long> writes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "writer-" + i;
            Thread writer = new Thread(() -> write(name, done, writes), name);
            writers.add(writer);
            writer.start();
        }
        long begin = System.nanoTime();
        int deleted = new Retention(database, Duration.ofDays(88), Duration.ZERO).apply(FullTables.END);
        double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        done.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
        Collections.sort(writes);
        print("rows that retention deleted, of vertices apart", deleted);
        print("s that it took", seconds);
        print("decisions that were saved meanwhile", writes.size());
        print("ms for one of them, median", writes.get(writes.size() / 2));
        print("ms for one of them, 99 of 100", writes.get(writes.size() * 99 / 100));
        print("ms for one of them, longest", writes.get(writes.size() - 1));
    }

    private void write(String name, AtomicBoolean done, List<Long> writes) {
        JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "a benchmark");
        Instant now = FullTables.END;
        try {
            // The first one registers the job, and finds the program cold.
            long version = store.save(job(name), 0, Steps.rescale(4, now), now);
            do {
                now = now.plusSeconds(10);
                long begin = System.nanoTime();
                version = store.save(job(name), version, Steps.rescale(4, now), now);
                writes.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            } while (!done.get());
        } catch (Exception e) {
            System.out.println(name + " failed: " + e);
        }
    }

    private static void print(String what, double value) {
        System.out.printf(Locale.ROOT, "%-60s %12.1f%n", what, value);
    }
}
