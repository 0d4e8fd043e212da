package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.control.AutoScalerStateStore.ConflictException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.StoreException;
import io.flinkyarn.autoscaler.control.AutoScalerStateStore.Stored;
import io.flinkyarn.autoscaler.control.ScalingRealizer.Realization;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.event.EventReason;
import io.flinkyarn.autoscaler.core.event.EventType;
import io.flinkyarn.autoscaler.core.event.JobEvent;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Reconciliation.Phase;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings Flink to the target that is on record, in every cycle in which it is open. What it asks for was saved before, and the realizer sends only
 * what differs: a request that was lost, or whose answer was, is made up for in the next cycle, by this process or the next.
 */
final class Reconciler {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Ports ports;

    Reconciler(Ports ports) {
        this.ports = ports;
    }

    /**
     * @param stored as it is in the store
     * @return the same, or one phase further
     * @throws UnreachableException if Flink did not answer: the target stays open
     */
    Stored reconcile(JobView job, Stored stored)
            throws UnreachableException, StoreException, ConflictException, InterruptedException {
        Optional<Reconciliation> open =
                stored.state().reconciliation().filter(r -> r.phase().isOpen());
        if (open.isEmpty()) {
            return stored;
        }
        Reconciliation rescale = open.get();
        Realization realization;
        try {
            realization = ports.realizer().realize(job.job(), rescale.target());
        } catch (UnreachableException e) {
            if (e.category() != Category.REFUSED) {
                throw e;
            }
            return refused(job, stored, rescale, e.getMessage());
        }
        if (rescale.phase() == Phase.REQUESTED) {
            return accepted(job, stored, rescale, realization);
        }
        if (realization == Realization.SENT) {
            LOG.info("declared again {} {}: Flink had lost it", job.job().jobName(), job.print(rescale.target()));
        }
        return stored;
    }

    private Stored accepted(JobView job, Stored stored, Reconciliation rescale, Realization realization)
            throws StoreException, ConflictException {
        String how = realization == Realization.SENT ? "Flink has accepted " : "Flink had accepted before ";
        Instant now = ports.clock().instant();
        return advance(
                job,
                stored,
                stored.state().withReconciliation(rescale.with(Phase.ACCEPTED, now, Optional.empty())),
                now,
                new JobEvent(
                        EventType.NORMAL,
                        EventReason.SCALING,
                        "",
                        how + job.print(rescale.target()),
                        Optional.empty()));
    }

    private Stored refused(JobView job, Stored stored, Reconciliation rescale, String why)
            throws StoreException, ConflictException {
        Instant now = ports.clock().instant();
        return advance(
                job,
                stored,
                stored.state().withoutRescale(rescale.with(Phase.FAILED, now, Optional.of(why))),
                now,
                new JobEvent(
                        EventType.WARNING,
                        EventReason.RESCALE_FAILED,
                        "",
                        "Flink refuses " + job.print(rescale.target()) + ": " + why,
                        Optional.empty()));
    }

    /** The event follows the outcome: where the outcome cannot be saved, the next cycle finds the target open and tells it then. */
    private Stored advance(JobView job, Stored stored, JobState state, Instant now, JobEvent event)
            throws StoreException, ConflictException {
        long version = ports.store().saveOutcome(job.job(), stored.version(), state, now);
        ports.events().handle(job.job(), event, now);
        return new Stored(state, version);
    }
}
