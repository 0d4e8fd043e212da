package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.control.HeadroomSource;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the doctor finds out about the queues in which the jobs of a cluster run: what a rescale is held against there. */
record QueueExamination(String cluster, HeadroomSource source) {

    /** One finding per queue, by its first job. */
    List<Finding> examine(List<JobAutoScalerContext> jobs) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JobAutoScalerContext job : jobs) {
            if (job.application().isPresent()
                    && seen.add(job.application().get().queue())) {
                findings.add(
                        of(job, cluster + ", queue " + job.application().get().queue()));
            }
        }
        return findings.isEmpty()
                ? List.of(Finding.notTried(cluster + ", queues", "as there is no job in one"))
                : findings;
    }

    private Finding of(JobAutoScalerContext job, String subject) throws InterruptedException {
        try {
            return Finding.ok(subject, sentence(source.headroom(job, Set.of())));
        } catch (UnreachableException e) {
            return Finding.failed(
                    subject,
                    "its room is not known: " + e.getMessage()
                            + ". Jobs in it are rescaled without a look at it, or held, as job.autoscaler.room.unknown says");
        }
    }

    private static String sentence(Headroom headroom) {
        return Stream.of(
                        headroom.bounds().stream().map(Bound::sentence),
                        headroom.largest().map(Headroom.Largest::sentence).stream(),
                        headroom.caveat().stream(),
                        Stream.of(headroom.nodes().size() + " nodes"))
                .flatMap(part -> part)
                .collect(Collectors.joining("; "));
    }
}
