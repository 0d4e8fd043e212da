package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.Commons;
import io.flinkyarn.autoscaler.control.ControlLoop;
import io.flinkyarn.autoscaler.control.EventFanOut;
import io.flinkyarn.autoscaler.control.Ports;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.flink.RescaleApiScalingRealizer;
import io.flinkyarn.autoscaler.flink.RestMetricsCollector;
import io.flinkyarn.autoscaler.notify.Notifier;
import io.flinkyarn.autoscaler.telemetry.DatabaseFigures;
import io.flinkyarn.autoscaler.telemetry.DatabaseFigures.Pool;
import io.flinkyarn.autoscaler.telemetry.ReceiverFigures;
import io.flinkyarn.autoscaler.telemetry.SeriesLimits;
import io.flinkyarn.autoscaler.telemetry.Telemetry;
import io.flinkyarn.autoscaler.web.Api;
import io.flinkyarn.autoscaler.web.Health;
import io.flinkyarn.autoscaler.web.Orders;
import io.flinkyarn.autoscaler.web.Pages;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon put together from its parts: each is made after those that it needs, and closed before them. Belongs to the thread that opens it.
 */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final ControlLoop loop;
    private final Closing closing;

    private Daemon(ControlLoop loop, Closing closing) {
        this.loop = loop;
        this.closing = closing;
    }

    /**
     * Opens everything, and starts nothing yet. A cluster that does not answer is no failure: the loop goes on asking.
     *
     * @throws Refusal if a part cannot be opened; the others are closed again
     */
    static Daemon open(Surroundings surroundings, Valid configuration, Clock clock) throws Refusal {
        LOG.info("Flink autoscaler for YARN {} starts", Version.text());
        Closing closing = new Closing();
        try {
            return wire(surroundings, configuration, clock, closing);
        } catch (Refusal | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Daemon wire(Surroundings surroundings, Valid configuration, Clock clock, Closing closing)
            throws Refusal {
        ProcessConfiguration process = configuration.process();
        Board board = new Board();
        StatusText text =
                new StatusText(Version.text(), ProcessHandle.current().pid(), clock.instant(), ZoneId.systemDefault());
        RequestLog requests = new RequestLog();
        Records records = Records.open(process, surroundings, board, clock, closing);
        StatusFile status = new StatusFile(
                surroundings.directories().statusFile(), text, board, requests, records::standing, clock);
        Clusters clusters = Clusters.open(
                process.clusters(), surroundings.environment(), records.openApplications(), requests, clock, closing);
        Notifier notifier = closing.add(Receivers.open(process.receivers(), surroundings.environment(), board, clock));
        Telemetry telemetry = new Telemetry(
                board,
                requests,
                () -> figures(records),
                () -> figures(notifier),
                limits(process.series()),
                Version.text());
        closing.add(telemetry.showByJmx());
        Ports ports = new Ports(
                telemetry.watch(new RestMetricsCollector(clusters.rest(), clock)),
                telemetry.watch(records.store()),
                new RescaleApiScalingRealizer(clusters.rest()),
                new EventFanOut(List.of(records.stepEvents(), telemetry.events(), notifier)),
                new EventFanOut(List.of(records.events(), telemetry.events(), notifier)),
                (job, ofJob, ordered) -> configuration.policies().read(job.description(), ofJob, ordered),
                board,
                clock,
                process.loop().interval(),
                new Commons(clusters.headroom(), process.loop().interval()),
                records.orders());
        List<Chore> chores = new ArrayList<>(records.chores());
        chores.add(new Chore("status", process.loop().interval(), status::write));
        chores.addAll(notifier.chores());
        closing.add(status::remove);
        ControlLoop loop = closing.add(new ControlLoop(
                ports,
                clusters.fetchers(),
                process.loop().parallelism(),
                chores.stream().map(telemetry::watch).toList(),
                telemetry.cycles()));
        if (process.web().isPresent()) {
            Pages pages = new Pages(
                    new Health(loop::lastBeat, process.loop().interval(), board, records.store()::absence, clock),
                    new Api(
                            board,
                            records.archive(),
                            new Orders(records.manual(), records.orders(), board, clock),
                            clock),
                    accept -> Web.metrics(telemetry.page(), accept));
            Web.start(process.web().get(), surroundings.environment(), pages).ifPresent(closing::add);
        }
        return new Daemon(loop, closing);
    }

    private static SeriesLimits limits(ProcessConfiguration.Series series) {
        return new SeriesLimits(series.jobs(), series.jobsWithVertices());
    }

    private static DatabaseFigures figures(Records records) {
        Records.Standing standing = records.standing();
        return new DatabaseFigures(
                standing.absence(),
                standing.unrecorded().isEmpty(),
                records.connections().get().map(c -> new Pool(c.active(), c.idle(), c.max(), c.waiting())));
    }

    private static List<ReceiverFigures> figures(Notifier notifier) {
        return notifier.figures().stream()
                .map(f -> new ReceiverFigures(f.receiver(), f.waiting(), f.sent(), f.lost()))
                .toList();
    }

    /** Returns at once. */
    void start() {
        loop.start();
    }

    /** Lets what is under way end, within some seconds, and closes all parts. */
    @Override
    public void close() {
        closing.close();
    }
}
