package io.flinkyarn.autoscaler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.control.HeadroomSource;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.JobAutoScalerContext.Application;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.UnreachableException;
import io.flinkyarn.autoscaler.control.UnreachableException.Category;
import io.flinkyarn.autoscaler.core.job.JobKey;
import io.flinkyarn.autoscaler.core.resources.Amount;
import io.flinkyarn.autoscaler.core.resources.Headroom;
import io.flinkyarn.autoscaler.core.resources.Headroom.Bound;
import io.flinkyarn.autoscaler.core.resources.Headroom.Largest;
import io.flinkyarn.autoscaler.core.resources.Headroom.Rounding;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueExaminationTest {

    private static final Amount SOME = new Amount(1024, 1);

    private static JobAutoScalerContext job(String id, String queue) {
        return new JobAutoScalerContext(
                new JobKey("prod", "application_1_1", id),
                id,
                "RUNNING",
                new RestEndpoint("prod", URI.create("http://rm/proxy/application_1_1/")),
                Optional.of(new Application("name", queue, "ann", Set.of())));
    }

    private static List<String> examine(HeadroomSource source, JobAutoScalerContext... jobs) throws Exception {
        return new QueueExamination("prod", source)
                .examine(List.of(jobs)).stream().map(Finding::line).toList();
    }

    @Test
    void eachQueueIsToldOnceWithAllThatBoundsAJobInIt() throws Exception {
        HeadroomSource source = (job, others) -> new Headroom(
                List.of(
                        new Bound("queue", SOME, "queue root.a uses little"),
                        new Bound("user", SOME, "user ann uses little")),
                List.of(SOME, SOME),
                new Rounding(SOME, SOME),
                Map.of(),
                Optional.of(new Largest(SOME, "queue root.a gives no container larger than this")),
                Optional.empty());

        assertThat(examine(source, job("a", "a"), job("b", "a")))
                .containsExactly(
                        "ok     prod, queue a: queue root.a uses little; user ann uses little; queue root.a gives no"
                                + " container larger than this; 2 nodes");
    }

    @Test
    void whatIsMissingIsSaid() throws Exception {
        HeadroomSource source = (job, others) -> new Headroom(
                List.of(),
                List.of(),
                new Rounding(SOME, SOME),
                Map.of(),
                Optional.empty(),
                Optional.of("user limits are not known: the page is forbidden"));

        assertThat(examine(source, job("a", "a")))
                .containsExactly("ok     prod, queue a: user limits are not known: the page is forbidden; 0 nodes");
    }

    @Test
    void aQueueOfWhichNothingIsToldIsAFailure() throws Exception {
        HeadroomSource source = (job, others) -> {
            throw new UnreachableException(Category.REFUSED, "YARN tells nothing about queue a");
        };

        assertThat(examine(source, job("a", "a")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("FAILED prod, queue a: its room is not known: YARN tells nothing about queue a. "));
    }

    @Test
    void withoutAJobNoQueueIsAskedAbout() throws Exception {
        assertThat(examine((job, others) -> {
                    throw new AssertionError(job);
                }))
                .containsExactly("-      prod, queues: not tried, as there is no job in one");
    }
}
