package io.flinkyarn.autoscaler.week;

import io.flinkyarn.autoscaler.config.ConfigurationReader;
import io.flinkyarn.autoscaler.config.PolicyReader;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.EventFanOut;
import io.flinkyarn.autoscaler.control.Ports;
import io.flinkyarn.autoscaler.control.SteppedLoop;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.DatabaseAccess;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerEventHandler;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerStateStore;
import io.flinkyarn.autoscaler.jdbc.ManualActions;
import io.flinkyarn.autoscaler.jdbc.ManualActions.Action;
import io.flinkyarn.autoscaler.jdbc.ManualActions.Scope;
import io.flinkyarn.autoscaler.jdbc.StatusRecorder;
import io.flinkyarn.autoscaler.testing.FakeFlink;
import io.flinkyarn.autoscaler.testing.Journal;
import io.flinkyarn.autoscaler.testing.RecordingEventHandler;
import io.flinkyarn.autoscaler.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The week of the {@link Plan}, lived through by the real loop, store, event handler and recorder; only Flink, YARN and the clock are stand-ins.
 * Made once in a JVM, in an H2 in memory.
 */
final class Week {

    static final DatabaseAccess DATABASE =
            new DatabaseAccess("jdbc:h2:mem:week;DB_CLOSE_DELAY=-1", Optional.empty(), Optional.empty());

    private static final PolicyReader POLICIES = ConfigurationReader.read(
                    Path.of("src/test/resources/week/autoscaler.yaml"),
                    Map.of("HADOOP_CONF_DIR", "/etc/hadoop"),
                    List.of(),
                    ZoneOffset.UTC)
            .match(valid -> valid.policies(), invalid -> {
                throw new IllegalStateException("" + invalid.problems());
            });
    private static final Duration FORGET_AFTER = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock(Plan.START);
    private final FakeFlink flink = new FakeFlink(clock, new Journal());
    private final Map<PlannedJob, FakeFlink.Job> submitted = new HashMap<>();
    private final RecordingEventHandler events = new RecordingEventHandler();
    private final SlotBook slots = new SlotBook();
    private final Ledger ledger;
    private final Answers answers;

    private static final class Once {
        private static final Week WEEK = new Week();
    }

    /** The week when it is over. */
    static Week over() {
        return Once.WEEK;
    }

    private Week() {
        try (Database database = Database.open(DATABASE)) {
            try (JdbcAutoScalerStateStore store = new JdbcAutoScalerStateStore(database, true, "autoscaler@edge")) {
                ledger = new Ledger(store);
                live(database, store);
            }
            answers = new Answers(DATABASE);
        } catch (StoreException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void live(Database database, JdbcAutoScalerStateStore store) throws StoreException {
        Board board = new Board();
        Ports ports = new Ports(
                flink,
                ledger,
                flink,
                new EventFanOut(List.of()),
                new EventFanOut(List.of(new JdbcAutoScalerEventHandler(database), events)),
                (job, ofJob, ordered) -> POLICIES.read(job.description(), ofJob),
                board,
                clock,
                Plan.INTERVAL);
        SteppedLoop loop = new SteppedLoop(
                ports, List.of(new PlannedCluster(Plan.MAIN, clock), new PlannedCluster(Plan.OTHER, clock)));
        ManualActions people = new ManualActions(database);
        try (StatusRecorder recorder = new StatusRecorder(database, board, clock, Plan.INTERVAL, FORGET_AFTER, false)) {
            for (long second = 0; second < Plan.END; second += Plan.INTERVAL.toSeconds()) {
                clock.set(Plan.START.plusSeconds(second));
                happen(second);
                act(people, second);
                loop.list();
                loop.beat();
                store.flush(clock.instant());
                recorder.run();
                count();
            }
        }
    }

    static long second(Instant now) {
        return Duration.between(Plan.START, now).toSeconds();
    }

    private void happen(long second) {
        for (PlannedJob job : Plan.jobs()) {
            if (job.from() == second) {
                submit(job);
            }
        }
        submitted.forEach((job, fake) -> {
            fake.rate = job.load().at(second);
            fake.collectFails = Plan.answers(job, second)
                    ? Optional.empty()
                    : Optional.of(new UnreachableException(Category.NO_ANSWER, "GET /jobs: no answer within 10 s"));
            if (job.name().equals("reports")) {
                fake.realizeFails = Plan.REPORTS_IS_REFUSED.contains(second)
                        ? Optional.of(new UnreachableException(Category.REFUSED, "PUT was refused with 500: no leader"))
                        : Optional.empty();
                fake.slots = Plan.REPORTS_LACKS_SLOTS.contains(second) ? 6 : 100;
            }
        });
    }

    private void submit(PlannedJob job) {
        FakeFlink.Job fake = flink.start(job.context("RUNNING"));
        fake.configuration = job.options();
        fake.parallelism = job.parallelism();
        fake.restart = job.restart();
        fake.rescalable = Plan.isRescalable(job);
        submitted.put(job, fake);
    }

    private static void act(ManualActions people, long second) throws StoreException {
        Instant now = Plan.START.plusSeconds(second);
        if (second == 2 * Plan.DAY + 9 * Plan.HOUR) {
            people.record(Action.PAUSE, Scope.JOB, "clicks", "bob", Optional.of("release of the shop"), now);
        }
        if (second == 2 * Plan.DAY + 11 * Plan.HOUR) {
            people.record(Action.RESUME, Scope.JOB, "clicks", "bob", Optional.empty(), now);
        }
        if (second == 5 * Plan.DAY) {
            people.record(Action.PAUSE, Scope.CLUSTER, Plan.OTHER, "root", Optional.of("maintenance"), now);
        }
    }

    /** What each job really holds until the next cycle. */
    private void count() {
        Instant now = clock.instant();
        submitted.forEach((job, fake) -> {
            if (job.isThere(second(now))) {
                int recommended = ledger.recommended(job.key()).getOrDefault(FakeFlink.MAP, fake.parallelism);
                slots.add(new SlotBook.Cycle(job, now, fake.parallelism, recommended));
            }
        });
    }

    /** What its database says. It stays open as long as the JVM. */
    Answers answers() {
        return answers;
    }

    Ledger ledger() {
        return ledger;
    }

    SlotBook slots() {
        return slots;
    }

    /** What was told outside of steps. */
    RecordingEventHandler events() {
        return events;
    }
}
