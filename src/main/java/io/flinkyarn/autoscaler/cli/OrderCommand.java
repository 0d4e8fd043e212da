package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.KnownJobs;
import io.flinkyarn.autoscaler.control.KnownJobs.UnclearTargetException;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderDesk;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.jdbc.Database;
import io.flinkyarn.autoscaler.jdbc.JdbcManualControl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** What the commands have in common that tell the autoscaler to do something with some jobs: whom they mean, who says so, and why. */
abstract class OrderCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "JOB|TAG:x|CLUSTER:x|ALL",
            description = "Which jobs: the logical name, job name, application id or job id of one, or a prefix that no"
                    + " other has; those with a YARN tag; those of a cluster; or all.")
    private String target = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why. It is shown with every job that it concerns.")
    private String reason = "";

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "Who says so (default: the account that runs the command).")
    private String user = System.getProperty("user.name", "unknown");

    @Unmatched
    private List<String> options = new ArrayList<>();

    OrderCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Refusal {
        if (needsReason() && reason.isBlank()) {
            throw new Refusal(
                    Refusal.MISUSED, "--reason is missing: whoever wonders about the job will want to read it");
        }
        try (Database database = surroundings.databaseOfDaemon(options)) {
            ManualControl control = new JdbcManualControl(database);
            KnownJobs jobs = control.jobs();
            OrderDesk desk = new OrderDesk(control, jobs, user, reason, Instant.now());
            act(desk, target(jobs)).forEach(spec.commandLine().getOut()::println);
        } catch (StoreException e) {
            throw new Refusal(Refusal.FAILED, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    boolean needsReason() {
        return true;
    }

    /** Does it, and returns what is to be said about it. */
    abstract List<String> act(OrderDesk desk, OrderTarget meant) throws StoreException, Refusal;

    private OrderTarget target(KnownJobs jobs) throws Refusal {
        try {
            return jobs.target(target);
        } catch (UnclearTargetException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        }
    }

    /** Has jobs observed, and not rescaled. */
    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Has no rescale started for these jobs until they are resumed; they are still observed. The daemon obeys in"
                            + " its next cycle, or when it starts. Takes every option as --key value, as run does.")
    static final class Pause extends OrderCommand {
        Pause(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<String> act(OrderDesk desk, OrderTarget meant) throws StoreException {
            return desk.pause(meant);
        }
    }

    /** Takes a pause back. */
    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Takes back a pause that was ordered for the same job, tag, cluster, or for all. Says which other pauses still"
                            + " hold. Takes every option as --key value, as run does.")
    static final class Resume extends OrderCommand {
        Resume(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        boolean needsReason() {
            return false;
        }

        @Override
        List<String> act(OrderDesk desk, OrderTarget meant) throws StoreException {
            return desk.resume(meant);
        }
    }

    /** Has forgotten what was learnt. */
    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Has the daemon forget what it has learnt about these jobs in its next cycle; the history stays. Takes every"
                            + " option as --key value, as run does.")
    static final class Reset extends OrderCommand {
        Reset(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<String> act(OrderDesk desk, OrderTarget meant) throws StoreException {
            return desk.reset(meant);
        }
    }

    /** Gives jobs another mode than their options do. */
    @Command(
            name = "mode",
            mixinStandardHelpOptions = true,
            versionProvider = Main.VersionText.class,
            description =
                    "Gives these jobs a mode whatever their options say, as far as the caps of the policies allow it; default"
                            + " takes that back. Of several orders the one for the job holds, then that for a tag, the cluster, all."
                            + " Takes every option as --key value, as run does.")
    static final class Mode extends OrderCommand {

        @Parameters(
                index = "1",
                paramLabel = "off|observe|scale|default",
                description = "off: the jobs are left alone; observe: recommendations only; scale: they are rescaled;"
                        + " default: what their options say.")
        private String mode = "";

        Mode(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<String> act(OrderDesk desk, OrderTarget meant) throws StoreException, Refusal {
            try {
                return desk.mode(meant, mode);
            } catch (IllegalArgumentException e) {
                throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
            }
        }
    }
}
