package io.flinkyarn.autoscaler.control;

import io.flinkyarn.autoscaler.core.job.JobKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The jobs that there are, each with its tick. Any thread may call it; all fields are guarded by this object. */
final class Roster {

    private final Map<JobKey, Member> members = new HashMap<>();

    /** A job as the latest listing has it, and the tick that remembers it. */
    record Member(JobAutoScalerContext job, JobTick tick) {}

    /**
     * Takes over a complete listing of a cluster.
     *
     * @param back whether the cluster had not answered before
     * @return the jobs of that cluster which are gone
     */
    synchronized List<JobAutoScalerContext> listed(
            String cluster, List<JobAutoScalerContext> jobs, boolean back, Ports ports) {
        for (JobAutoScalerContext job : jobs) {
            Member earlier = members.get(job.key());
            JobTick tick = earlier == null ? new JobTick(job, ports) : earlier.tick();
            if (back || (earlier != null && !earlier.job().rest().equals(job.rest()))) {
                tick.tryAtOnce();
            }
            members.put(job.key(), new Member(job, tick));
        }
        Set<JobKey> present = jobs.stream().map(JobAutoScalerContext::key).collect(Collectors.toSet());
        List<JobAutoScalerContext> gone = new ArrayList<>();
        members.values().removeIf(member -> {
            JobKey key = member.job().key();
            boolean left = key.cluster().equals(cluster) && !present.contains(key);
            if (left) {
                gone.add(member.job());
            }
            return left;
        });
        return gone;
    }

    synchronized Optional<Member> find(JobKey job) {
        return Optional.ofNullable(members.get(job));
    }
}
