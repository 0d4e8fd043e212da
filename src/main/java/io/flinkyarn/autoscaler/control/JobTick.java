package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.Autoscaler;
import io.flinkyarn.autoscaler.core.Step;
import io.flinkyarn.autoscaler.core.decide.Decision;
import io.flinkyarn.autoscaler.core.decide.Decision.Hold;
import io.flinkyarn.autoscaler.core.decide.HoldReason;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.policy.JobDescription;
import io.flinkyarn.autoscaler.core.policy.OrderedMode;
import io.flinkyarn.autoscaler.core.policy.PolicyReading;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.ScalingPolicy;
import io.flinkyarn.autoscaler.core.sample.JobSample;
import io.flinkyarn.autoscaler.core.sample.Sampling;
import io.flinkyarn.autoscaler.core.sample.Sampling.NotReady;
import io.flinkyarn.autoscaler.core.sample.Sampling.Taken;
import io.flinkyarn.autoscaler.core.state.EarlierRun;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One job, and what is done with it in every cycle: facts, policy, sample, step, save, realise. The control loop makes one for each job that it
 * finds and runs it once per cycle. Not more than one thread at a time may run it; the {@link Schedule} sees to that, and hands its memory
 * from one thread to the next.
 *
 * <p>Whatever fails, fails here for this job only: a cycle never throws.
 */
final class JobTick {

    private static final Logger LOG = LoggerFactory.getLogger(JobTick.class);

    /** Within which the same event is merged for a job whose own interval is not known. */
    private static final Duration EVENT_INTERVAL = Duration.ofMinutes(30);

    private final Ports ports;
    private final Reconciler reconciler;
    private final JobFailures failures;
    private final DecisionLog decisions = new DecisionLog();
    private Optional<Known> known = Optional.empty();

    /** The state, as the store has it but for the window, which goes on while the store is away. Empty: to be loaded. */
    private Optional<Stored> stored = Optional.empty();

    /** The run of the same job before this one, as long as this one knows nothing; empty where there is none. */
    private Optional<EarlierRun> earlier = Optional.empty();

    /** What was said about options that are overruled. */
    private final Set<String> told = new HashSet<>();

    private JobView view;

    /** Set by the thread that lists. */
    private volatile boolean tryAtOnce;

    /**
     * What is read once, as it does not change while the job runs.
     *
     * @param description for which the options were read: YARN may move an application to another queue, where other policies hold
     * @param ordered the mode by an order for which they were read
     */
    private record Known(
            JobFacts facts,
            JobDescription description,
            Optional<OrderedMode> ordered,
            Optional<PolicyReading.Valid> options,
            List<Problem> problems) {

        /** The job by its own logical name, where its options give it one. */
        JobAutoScalerContext named(JobAutoScalerContext listed) {
            return options.map(
                            valid -> listed.named(valid.policy().resubmission().logicalName()))
                    .orElse(listed);
        }
    }

    JobTick(JobAutoScalerContext job, Ports ports) {
        this.ports = ports;
        this.reconciler = new Reconciler(ports);
        this.failures = new JobFailures(ports);
        this.view = JobView.unknown(job);
    }

    /** The next cycle goes to the job even if it has failed lately: it has moved, or its cluster is back. Any thread may call it. */
    void tryAtOnce() {
        tryAtOnce = true;
    }

    /**
     * One cycle, unless the job is left alone for a while after failures.
     *
     * @return whether nobody was there, for the first time in a row, who answers as Flink: it may be found at another address
     */
    boolean run(JobAutoScalerContext job) {
        boolean lost = false;
        Instant now = ports.clock().instant();
        if (tryAtOnce) {
            tryAtOnce = false;
            failures.tryAtOnce();
        }
        view = view.with(job);
        if (!failures.isWaiting(now)) {
            JobScope.enter(job.key());
            try {
                cycle(job);
                failures.none(job);
                view = view.servedAt(ports.clock().instant());
            } catch (UnreachableException e) {
                failures.unreachable(job, e, eventInterval());
                lost = failures.isFirst() && (e.category() == Category.NO_ANSWER || e.category() == Category.NOT_FLINK);
            } catch (ConflictException e) {
                stored = Optional.empty();
                failures.conflict(job, e, eventInterval());
            } catch (StoreException e) {
                failures.storeAway(job, e, eventInterval());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | LinkageError e) {
                failures.defect(job, e, eventInterval());
            } finally {
                JobScope.leave();
            }
        }
        ports.board().show(view.withTrouble(failures.trouble()));
        return lost;
    }

    private void cycle(JobAutoScalerContext listed)
            throws UnreachableException, StoreException, ConflictException, InterruptedException {
        Known known = known(listed);
        view = view.with(known.facts());
        if (known.options().isEmpty()) {
            refuse(listed, known.problems());
            return;
        }
        ScalingPolicy policy = known.options().get().policy();
        JobAutoScalerContext job = known.named(listed);
        view = view.with(job);
        view = view.with(JobMode.of(known.facts(), policy)).with(known.options().get());
        tellOverruled(known.options().get());
        if (!policy.enabled()) {
            standAside(
                    HoldReason.DISABLED,
                    policy.modeCap()
                            .orElse("set job.autoscaler.enabled: true in its Flink configuration to change that"));
            return;
        }
        if (!job.isRunning()) {
            standAside(HoldReason.NOT_RUNNING, "Flink shows it as " + job.jobStatus());
            return;
        }
        Stored before = reset(job, stored(job));
        Optional<StandingOrder> pause = ports.orders().pause(job);
        policy = pause.isPresent() ? policy.withoutScaling() : policy;
        Sampling sampling = ports.collector().collect(job, known.facts());
        Instant now = ports.clock().instant();
        Commons.Turn turn = new Commons.Turn(job, known.facts(), policy, now);
        Step step = step(turn, before.state(), sampling);
        if (pause.isPresent()) {
            step = step.paused(pause.get().inWords(), pause.get().since());
        }
        Stored after = save(turn, before, step);
        if (sampling instanceof Taken) {
            earlier = Optional.empty();
        }
        stand(step.decision(), step.state().standing().orElseThrow());
        step.events().forEach(event -> ports.stepEvents().handle(job, event, now));
        keep(after);
        ports.commons().follow(turn, after.state());
        if (pause.isEmpty() && mayReconcile(after.state(), policy, now)) {
            keep(reconciler.reconcile(view, after));
        }
    }

    /**
     * An open rescale may have been decided by an earlier process, long ago or under other options. What Flink is asked for has to be timely
     * and allowed now; how an old one went, the next sample tells.
     */
    private boolean mayReconcile(JobState state, ScalingPolicy policy, Instant now) {
        return view.mode() == JobMode.SCALING
                && policy.excludedPeriods().covering(now).isEmpty()
                && state.reconciliation()
                        .filter(rescale -> rescale.isRecent(policy.restart().patience(), now))
                        .filter(rescale -> view.allows(rescale.target(), policy.limits()))
                        .isPresent();
    }

    private Known known(JobAutoScalerContext job) throws UnreachableException, InterruptedException {
        Known present;
        if (known.isEmpty() || !known.get().description().equals(job.description())) {
            JobFacts facts =
                    known.isPresent() ? known.get().facts() : ports.collector().facts(job);
            present = read(job, facts, Optional.empty());
        } else {
            present = known.get();
        }
        // An order may be for the logical name, which only the options tell.
        Optional<OrderedMode> ordered = ports.orders().mode(present.named(job));
        if (!present.ordered().equals(ordered)) {
            present = read(job, present.facts(), ordered);
        }
        known = Optional.of(present);
        return present;
    }

    private Known read(JobAutoScalerContext job, JobFacts facts, Optional<OrderedMode> ordered) {
        return ports.policies()
                .read(job, facts.configuration(), ordered)
                .match(
                        valid -> new Known(facts, job.description(), ordered, Optional.of(valid), List.of()),
                        invalid -> new Known(facts, job.description(), ordered, Optional.empty(), invalid.problems()));
    }

    /** Says once to the owner of the job that an administrator allows less than was asked for. */
    private void tellOverruled(PolicyReading.Valid options) {
        for (Problem problem : options.overruled()) {
            if (told.add(problem.message())) {
                JobEvent event = new JobEvent(
                        EventType.NORMAL,
                        EventReason.OPTION_OVERRULED,
                        problem.key(),
                        problem.message(),
                        Optional.of(eventInterval()));
                ports.events().handle(view.job(), event, ports.clock().instant());
            }
        }
    }

    private void refuse(JobAutoScalerContext job, List<Problem> problems) {
        view = view.with(JobMode.INVALID);
        Instant now = ports.clock().instant();
        for (Problem problem : problems) {
            JobEvent event = new JobEvent(
                    EventType.WARNING,
                    EventReason.INVALID_OPTION,
                    problem.key(),
                    problem.message(),
                    Optional.of(EVENT_INTERVAL));
            ports.events().handle(job, event, now);
        }
        standAside(
                HoldReason.INVALID_OPTIONS,
                problems.stream().map(Problem::message).collect(Collectors.joining("; ")));
    }

    private Stored stored(JobAutoScalerContext job) throws StoreException {
        if (stored.isEmpty()) {
            Optional<Stored> found = ports.store().load(job.key());
            found.ifPresent(earlier -> decisions.continuing(job, earlier.state()));
            Stored present = found.orElse(new Stored(JobState.NEW, 0));
            earlier = present.state().isBlank() ? ports.store().earlier(job) : Optional.empty();
            keep(present);
        }
        return stored.orElseThrow();
    }

    private Step step(Commons.Turn turn, JobState state, Sampling sampling) throws InterruptedException {
        if (sampling instanceof Taken taken) {
            view = view.with(taken.sample());
            return ports.commons()
                    .decide(turn, taken.sample(), sample -> step(state, sample, turn.policy(), turn.now()));
        }
        return Autoscaler.hold(state, (NotReady) sampling, turn.policy(), turn.now());
    }

    /** Where a person has said so, the job begins anew; but a rescale that is under way is followed to its end. */
    private Stored reset(JobAutoScalerContext job, Stored present) throws StoreException, ConflictException {
        Optional<StandingOrder> order = ports.orders().reset(job.key());
        if (order.isEmpty()) {
            return present;
        }
        JobState fresh = present.state()
                .reconciliation()
                .filter(rescale -> rescale.phase().isOpen())
                .map(JobState.NEW::withReconciliation)
                .orElse(JobState.NEW);
        long version = ports.store()
                .saveOutcome(job, present.version(), fresh, ports.clock().instant());
        earlier = Optional.empty();
        keep(new Stored(fresh, version));
        LOG.info(
                "reset {}: what was learnt is forgotten, {}",
                job.jobName(),
                order.get().inWords());
        ports.orders().done(order.get());
        return stored.orElseThrow();
    }

    private Step step(JobState state, JobSample sample, ScalingPolicy policy, Instant now) {
        return earlier.map(run -> Autoscaler.firstStep(run, state, sample, policy, now))
                .orElseGet(() -> Autoscaler.step(state, sample, policy, now));
    }

    /** Nothing is carried out that could not be saved; the window alone goes on without, so that no sample is lost. */
    private Stored save(Commons.Turn turn, Stored before, Step step) throws ConflictException, StoreException {
        JobState observed = before.state().withWindow(step.state().window());
        stored = Optional.of(new Stored(observed, before.version()));
        boolean saved = false;
        try {
            long version = ports.store().save(turn.job(), before.version(), step, turn.now());
            saved = true;
            return new Stored(step.state(), version);
        } finally {
            if (!saved) {
                ports.commons().undo(turn.key(), turn.now());
            }
        }
    }

    private void keep(Stored next) {
        stored = Optional.of(next);
        view = view.withRescale(next.state().reconciliation());
    }

    private void stand(Decision decision, Standing standing) {
        decisions.decided(view.job(), decision, standing);
        view = view.with(decision, standing, ports.clock().instant());
    }

    /** A hold without a step: the stored state stays untouched. */
    private void standAside(HoldReason reason, String detail) {
        stand(Hold.because(reason, detail), view.standing(reason, ports.clock().instant()));
    }

    private Duration eventInterval() {
        return known.flatMap(Known::options)
                .map(options -> options.policy().eventInterval())
                .orElse(EVENT_INTERVAL);
    }
}
