package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.RoomLedger.Grant;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.RescalePlan;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.resources.ClusterRoom;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.sample.Clearance;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What jobs share: the room of their clusters, and the slots of a session. A step that wants to rescale is taken again with what is found
 * there, so that the decision says what came of it. Made by the daemon, asked by every tick; any thread may call it.
 */
public final class Commons {

    private static final String NODE_LABEL = "yarn.taskmanager.node-label";

    private final Map<String, HeadroomSource> sources;
    private final Map<String, RoomLedger> ledgers = new ConcurrentHashMap<>();
    private final Sessions sessions = new Sessions();
    private final Duration interval;

    /** One job in one cycle. */
    record Turn(JobAutoScalerContext job, JobFacts facts, ScalingPolicy policy, Instant now) {

        JobKey key() {
            return job.key();
        }
    }

    /**
     * @param sources by name of the cluster; a cluster without one has room for everything
     * @param interval of the cycles
     */
    public Commons(Map<String, HeadroomSource> sources, Duration interval) {
        this.sources = Map.copyOf(sources);
        this.interval = interval;
    }

    /** Takes over a complete listing of a cluster. */
    void listed(String cluster, List<JobAutoScalerContext> jobs) {
        sessions.listed(cluster, jobs);
    }

    /** A job that has gone. */
    void forget(JobKey job) {
        ledger(job).withdraw(job);
    }

    /**
     * Takes the step as far as it may go. What is granted is reserved when this returns.
     *
     * @param step has no effects
     */
    Step decide(Turn turn, JobSample sample, Function<JobSample, Step> step) throws InterruptedException {
        Optional<String> session = session(turn);
        if (session.isPresent() && !turn.policy().sharing().inSession()) {
            return step.apply(sample.cleared(new Clearance.SessionNotEnabled(session.get())));
        }
        Step free = step.apply(sample);
        Optional<RescalePlan> plan = plan(free);
        if (plan.isEmpty()) {
            if (!free.isPassing()) {
                ledger(turn.key()).content(turn.key());
            }
            return free;
        }
        if (session.isPresent()) {
            Optional<JobAutoScalerContext> other = sessions.begin(
                    turn.job(),
                    turn.now(),
                    turn.now().plus(turn.policy().restart().patience()));
            if (other.isPresent()) {
                String why = "job " + other.get().jobName() + " of " + session.get() + " goes first";
                return step.apply(sample.cleared(new Clearance.SessionBusy(why)));
            }
        }
        Step cleared = inRoom(turn, sample, free, plan.get(), step);
        if (plan(cleared).isEmpty()) {
            sessions.end(turn.key(), turn.now());
        }
        return cleared;
    }

    /** Takes notice of how far the latest rescale of a job has come. Its session is free a cycle after it has ended: Flink shows slots late. */
    void follow(Turn turn, JobState state) {
        Optional<Reconciliation> open =
                state.reconciliation().filter(rescale -> rescale.phase().isOpen());
        if (open.isEmpty()) {
            sessions.end(turn.key(), turn.now().plus(interval));
        } else if (session(turn).isPresent()) {
            Instant until = open.get().since().plus(turn.policy().restart().patience());
            var unused = sessions.begin(turn.job(), turn.now(), until);
        }
    }

    /** What was granted in this cycle was not carried out. */
    void undo(JobKey job, Instant now) {
        ledger(job).withdraw(job);
        sessions.end(job, now);
    }

    private Step inRoom(Turn turn, JobSample sample, Step free, RescalePlan plan, Function<JobSample, Step> step)
            throws InterruptedException {
        RoomLedger ledger = ledger(turn.key());
        Optional<HeadroomSource> source =
                Optional.ofNullable(sources.get(turn.key().cluster()));
        int containers = containers(turn, sample, plan);
        if (source.isEmpty() || containers == 0 || !turn.policy().sharing().checked()) {
            ledger.content(turn.key());
            return free;
        }
        Headroom headroom;
        try {
            headroom = headroom(turn, source.get(), ledger);
        } catch (UnreachableException e) {
            ledger.content(turn.key());
            String why = String.valueOf(e.getMessage());
            return step.apply(sample.cleared(
                    turn.policy().sharing().heldUnknown()
                            ? new Clearance.Room(freeSlots(sample), "it is not known whether there is any: " + why)
                            : new Clearance.RoomUnknown(why)));
        }
        Grant grant = ledger.ask(Claim.of(turn.key(), containers, turn.policy()), headroom, turn.now());
        if (grant.containers() == containers) {
            return free;
        }
        int slots = turn.policy().quota().taskManager().slots();
        int room = freeSlots(sample) + grant.containers() * slots;
        Step cut = step.apply(sample.cleared(new Clearance.Room(room, grant.limit())));
        ledger.settle(
                turn.key(),
                plan(cut).map(left -> containers(turn, sample, left)).orElse(0));
        return cut;
    }

    private static Headroom headroom(Turn turn, HeadroomSource source, RoomLedger ledger)
            throws UnreachableException, InterruptedException {
        String label = turn.facts().configuration().getOrDefault(NODE_LABEL, "");
        if (!label.isBlank()) {
            throw unknown("its TaskManagers run on nodes with the label " + label
                    + ", and only the room of nodes without a label is known");
        }
        if (turn.policy().quota().taskManager().memoryBytes().isEmpty()) {
            throw unknown("taskmanager.memory.process.size is not set in its Flink configuration");
        }
        return source.headroom(turn.job(), ledger.applications());
    }

    private static UnreachableException unknown(String why) {
        return new UnreachableException(UnreachableException.Category.REFUSED, why);
    }

    /** TaskManagers that a plan needs beside those that have slots free. None where Flink does not tell the slots of the job. */
    private static int containers(Turn turn, JobSample sample, RescalePlan plan) {
        OptionalInt more = ClusterRoom.more(sample.graph(), plan.targets());
        int lacking = Math.max(0, more.orElse(0) - freeSlots(sample));
        return turn.policy().quota().taskManager().needed(lacking);
    }

    private static int freeSlots(JobSample sample) {
        return Math.max(0, sample.cluster().taskSlotsAvailable().orElse(0));
    }

    /** The session cluster on YARN in which the job runs, for people. An address that was given by hand was given for all of its jobs. */
    private Optional<String> session(Turn turn) {
        int jobs = sessions.size(turn.key());
        boolean shared = jobs > 1 || turn.facts().inYarnSession();
        return shared && turn.job().application().isPresent()
                ? Optional.of("session cluster " + turn.key().applicationId() + " with its "
                        + (jobs == 1 ? "only job" : jobs + " jobs"))
                : Optional.empty();
    }

    private static Optional<RescalePlan> plan(Step step) {
        return step.decision().match(hold -> Optional.empty(), rescale -> Optional.of(rescale.plan()));
    }

    private RoomLedger ledger(JobKey job) {
        return ledgers.computeIfAbsent(job.cluster(), cluster -> new RoomLedger(interval));
    }
}
