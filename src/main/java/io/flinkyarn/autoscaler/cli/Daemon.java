package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.FlinkCluster;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Yarn;
import io.flinkyarn.autoscaler.control.Board;
import io.flinkyarn.autoscaler.control.Chore;
import io.flinkyarn.autoscaler.control.ClusterJobs;
import io.flinkyarn.autoscaler.control.ControlLoop;
import io.flinkyarn.autoscaler.control.JobListFetcher;
import io.flinkyarn.autoscaler.control.Ports;
import io.flinkyarn.autoscaler.control.RequestLog;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.RestLogin;
import io.flinkyarn.autoscaler.flink.FlinkClusterJobListFetcher;
import io.flinkyarn.autoscaler.flink.FlinkRest;
import io.flinkyarn.autoscaler.flink.RescaleApiScalingRealizer;
import io.flinkyarn.autoscaler.flink.RestClusterJobs;
import io.flinkyarn.autoscaler.flink.RestLimits;
import io.flinkyarn.autoscaler.flink.RestMetricsCollector;
import io.flinkyarn.autoscaler.yarn.HadoopConfDirException;
import io.flinkyarn.autoscaler.yarn.YarnClusterSettings;
import io.flinkyarn.autoscaler.yarn.YarnJobListFetcher;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon put together from its parts: each is made after those that it needs, and closed before them. Belongs to the thread that opens it.
 */
final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** Name, in keys, of a Flink cluster that is given by host and port. */
    private static final String FLINK_CLUSTER = "flink";

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
        StatusFile status = new StatusFile(surroundings.directories().statusFile(), text, board, requests, clock);
        Records records = Records.open(process, surroundings.environment(), clock, closing);
        FlinkRest rest = new FlinkRest(limits(process), RestLogin.NONE, requests);
        JobListFetcher fetcher = closing.add(fetcher(process.fetcher(), new RestClusterJobs(rest), clock));
        Ports ports = new Ports(
                new RestMetricsCollector(rest, clock),
                records.store(),
                new RescaleApiScalingRealizer(rest),
                records.stepEvents(),
                records.events(),
                configuration.policies()::read,
                board,
                clock,
                process.loop().interval());
        List<Chore> chores = new ArrayList<>(records.chores());
        chores.add(new Chore("status", process.loop().interval(), status::write));
        closing.add(status::remove);
        ControlLoop loop = closing.add(
                new ControlLoop(ports, List.of(fetcher), process.loop().parallelism(), chores));
        return new Daemon(loop, closing);
    }

    private static RestLimits limits(ProcessConfiguration process) {
        RestLimits limits = RestLimits.DEFAULT.withTimeout(process.restTimeout());
        return process.fetcher() instanceof Yarn yarn ? limits.withInFlight(yarn.maxRequests()) : limits;
    }

    private static JobListFetcher fetcher(ProcessConfiguration.Fetcher where, ClusterJobs jobs, Clock clock)
            throws Refusal {
        if (where instanceof FlinkCluster flink) {
            URI address = URI.create("http://" + flink.host() + ":" + flink.port() + "/");
            LOG.info("looks for jobs at {}", address);
            return new FlinkClusterJobListFetcher(
                    new RestEndpoint(FLINK_CLUSTER, address), jobs, flink.listInterval(), clock);
        }
        Yarn yarn = (Yarn) where;
        try {
            JobListFetcher fetcher = YarnJobListFetcher.open(
                    new YarnClusterSettings(
                            yarn.clusterName(),
                            yarn.hadoopConfDir(),
                            Set.copyOf(yarn.applicationTypes()),
                            yarn.tags(),
                            yarn.listInterval(),
                            yarn.timeout()),
                    jobs,
                    clock);
            LOG.info("looks for jobs on the YARN cluster {} of {}", fetcher.cluster(), yarn.hadoopConfDir());
            return fetcher;
        } catch (HadoopConfDirException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        }
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
