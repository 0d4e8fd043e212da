package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.EventSink;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.StoreType;
import io.flinkyarn.autoscaler.control.Archive;
import io.flinkyarn.autoscaler.control.AutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Absence;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.EventFanOut;
import io.flinkyarn.autoscaler.control.InMemoryAutoScalerStateStore;
import io.flinkyarn.autoscaler.control.InMemoryManualControl;
import io.flinkyarn.autoscaler.control.LoggingAutoScalerEventHandler;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.StandingOrders;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.Database.Connections;
import io.flinkyarn.autoscaler.jdbc.Database.Purpose;
import io.flinkyarn.autoscaler.jdbc.JdbcArchive;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerEventHandler;
import io.flinkyarn.autoscaler.jdbc.JdbcAutoScalerStateStore;
import io.flinkyarn.autoscaler.jdbc.JdbcManualControl;
import io.flinkyarn.autoscaler.jdbc.OpenApplications;
import io.flinkyarn.autoscaler.jdbc.Retention;
import io.flinkyarn.autoscaler.jdbc.StatusRecorder;
import io.flinkyarn.autoscaler.jdbc.StatusRecorder.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where states, decisions and events are put down: part of the object graph of the {@link Daemon}.
 *
 * @param stepEvents as {@link io.flinkyarn.autoscaler.control.Ports} has it
 * @param trouble why the status is not in the database; empty where it is, or where there is none
 * @param connections to the database; empty where there is none
 * @param archive the past; empty where there is no database
 * @param manual what people tell us to do
 * @param orders the same, as it was read last
 * @param openApplications by cluster, those that an earlier process has seen, and not seen ending
 */
record Records(
        AutoScalerStateStore store,
        AutoScalerEventHandler stepEvents,
        AutoScalerEventHandler events,
        List<Chore> chores,
        Supplier<Optional<Trouble>> trouble,
        Supplier<Optional<Connections>> connections,
        Optional<Archive> archive,
        ManualControl manual,
        StandingOrders orders,
        Map<String, Set<String>> openApplications) {

    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private static final Duration PURGE_INTERVAL = Duration.ofHours(1);

    /**
     * How the records stand, for the status.
     *
     * @param absence since when the store does not answer; empty while it does
     * @param unrecorded why the status is not in the database; empty where it is, or where there is none
     */
    record Standing(Optional<Absence> absence, Optional<Trouble> unrecorded) {}

    /** How they stand now. */
    Standing standing() {
        return new Standing(store.absence(), trouble.get());
    }

    /** @throws Refusal if a database is configured and cannot be opened */
    static Records open(
            ProcessConfiguration process, Surroundings surroundings, Board board, Clock clock, Closing closing)
            throws Refusal {
        boolean jdbcStore = process.store() == StoreType.JDBC;
        boolean jdbcEvents = process.events().contains(EventSink.JDBC);
        List<AutoScalerEventHandler> ofSteps = new ArrayList<>();
        List<AutoScalerEventHandler> ofAll = new ArrayList<>();
        if (process.events().contains(EventSink.LOGGING)) {
            AutoScalerEventHandler logging = closing.add(new LoggingAutoScalerEventHandler());
            ofSteps.add(logging);
            ofAll.add(logging);
        }
        Optional<Database> database =
                jdbcStore || jdbcEvents ? Optional.of(open(process.jdbc(), surroundings, closing)) : Optional.empty();
        if (jdbcEvents) {
            AutoScalerEventHandler handler = closing.add(new JdbcAutoScalerEventHandler(database.orElseThrow()));
            ofAll.add(handler);
            if (!jdbcStore) {
                ofSteps.add(handler);
            }
        }
        List<Chore> chores = new ArrayList<>();
        Supplier<Optional<Trouble>> trouble = Optional::empty;
        Map<String, Set<String>> openApplications = Map.of();
        if (database.isPresent()) {
            StatusRecorder recorder = closing.add(recorder(process, database.get(), board, clock));
            trouble = recorder::trouble;
            openApplications = openApplications(database.get());
            chores.add(new Chore("record", process.loop().interval(), recorder::run));
            Retention retention = new Retention(
                    database.get(), process.jdbc().historyTtl(), process.jdbc().metricsTtl());
            chores.add(new Chore("purge", PURGE_INTERVAL, () -> purge(retention, clock)));
        }
        AutoScalerStateStore store;
        if (jdbcStore) {
            JdbcAutoScalerStateStore kept = closing.add(new JdbcAutoScalerStateStore(
                    database.orElseThrow(), jdbcEvents, ProcessIdentity.text(surroundings.environment())));
            chores.add(new Chore("flush", process.loop().interval(), () -> kept.flush(clock.instant())));
            chores.add(new Chore("forget", PURGE_INTERVAL, () -> kept.forgetUnseen(clock.instant())));
            store = kept;
        } else {
            LOG.warn(
                    "states are kept in memory only (autoscaler.standalone.state-store.type: MEMORY): a restart begins with"
                            + " empty metrics windows");
            store = closing.add(new InMemoryAutoScalerStateStore());
        }
        ManualControl manual =
                jdbcStore ? new JdbcManualControl(database.orElseThrow()) : new InMemoryManualControl(board);
        StandingOrders orders = orders(manual);
        chores.add(new Chore("orders", process.loop().interval(), orders::refresh));
        return new Records(
                store,
                new EventFanOut(ofSteps),
                new EventFanOut(ofAll),
                chores,
                trouble,
                () -> database.map(Database::connections),
                database.map(JdbcArchive::new),
                manual,
                orders,
                openApplications);
    }

    /** Without them a job that somebody has paused might be rescaled. */
    private static StandingOrders orders(ManualControl manual) throws Refusal {
        try {
            StandingOrders orders = StandingOrders.open(manual);
            orders.all().forEach(order -> LOG.info("{} stands {}", order.what(), order.inWords()));
            return orders;
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** Without them nothing is wrong: what is not seen for long enough counts as ended, too. */
    private static Map<String, Set<String>> openApplications(Database database) {
        try {
            return OpenApplications.read(database);
        } catch (StoreException e) {
            LOG.warn("what has ended meanwhile is not asked for: {}", e.getMessage());
            return Map.of();
        }
    }

    private static StatusRecorder recorder(ProcessConfiguration process, Database database, Board board, Clock clock) {
        return new StatusRecorder(
                database,
                board,
                clock,
                process.loop().interval(),
                process.forgetAfter(),
                !process.jdbc().metricsTtl().isZero());
    }

    private static Database open(ProcessConfiguration.Jdbc jdbc, Surroundings surroundings, Closing closing)
            throws Refusal {
        Purpose purpose = jdbc.autoMigrate() ? Purpose.MIGRATE_AND_WRITE : Purpose.WRITE;
        Database database = closing.add(surroundings.database(jdbc, purpose));
        LOG.info(
                "keeps its records in {}; its tables {}",
                database,
                database.schema().sentence());
        return database;
    }

    private static void purge(Retention retention, Clock clock) {
        try {
            int deleted = retention.apply(clock.instant());
            if (deleted > 0) {
                LOG.info("deleted {} rows that were older than jdbc.event-handler.ttl or jdbc.metrics.ttl", deleted);
            }
        } catch (StoreException e) {
            LOG.warn("old history stays for now: {}", e.getMessage());
        }
    }
}
