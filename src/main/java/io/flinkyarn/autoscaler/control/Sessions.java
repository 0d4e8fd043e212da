package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The jobs of each application, and which of those of a session is being rescaled: one at a time, as they share the slots. Any thread may call it;
 * all fields are guarded by this object.
 */
final class Sessions {

    private final Map<Session, Integer> jobs = new HashMap<>();
    private final Map<Session, Turn> turns = new HashMap<>();

    private record Session(String cluster, String application) {

        static Session of(JobKey job) {
            return new Session(job.cluster(), job.applicationId());
        }
    }

    /** @param until it belongs to the job, unless the job gives it back earlier */
    private record Turn(JobAutoScalerContext job, Instant until) {}

    /** Takes over a complete listing of a cluster. */
    synchronized void listed(String cluster, List<JobAutoScalerContext> listed) {
        jobs.keySet().removeIf(session -> session.cluster().equals(cluster));
        jobs.putAll(listed.stream()
                .collect(Collectors.groupingBy(job -> Session.of(job.key()), Collectors.summingInt(job -> 1))));
        turns.keySet().removeIf(session -> session.cluster().equals(cluster) && !jobs.containsKey(session));
    }

    /** Jobs of the application to which this one belongs, as it was last listed. */
    synchronized int size(JobKey job) {
        return jobs.getOrDefault(Session.of(job), 1);
    }

    /**
     * Gives the session to a job that is to be rescaled, unless it is another's turn.
     *
     * @param until it may keep it
     * @return the job whose turn it is; empty where it is now this one's
     */
    synchronized Optional<JobAutoScalerContext> begin(JobAutoScalerContext job, Instant now, Instant until) {
        Session session = Session.of(job.key());
        Optional<JobAutoScalerContext> other = Optional.ofNullable(turns.get(session))
                .filter(turn -> now.isBefore(turn.until()))
                .map(Turn::job)
                .filter(holder -> !holder.key().equals(job.key()));
        if (other.isEmpty()) {
            turns.put(session, new Turn(job, until));
        }
        return other;
    }

    /** Takes the session back from a job, if it has it, from the given time on. */
    synchronized void end(JobKey job, Instant at) {
        turns.computeIfPresent(
                Session.of(job),
                (session, turn) ->
                        turn.job().key().equals(job) && turn.until().isAfter(at) ? new Turn(turn.job(), at) : turn);
    }
}
