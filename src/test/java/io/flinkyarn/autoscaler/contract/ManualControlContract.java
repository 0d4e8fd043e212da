package io.flinkyarn.autoscaler.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flinkyarn.autoscaler.control.JobAutoScalerContext;
import io.flinkyarn.autoscaler.control.KnownJobs;
import io.flinkyarn.autoscaler.control.ManualControl;
import io.flinkyarn.autoscaler.control.OrderTarget;
import io.flinkyarn.autoscaler.control.RestEndpoint;
import io.flinkyarn.autoscaler.control.StandingOrder;
import io.flinkyarn.autoscaler.control.StandingOrder.What;
import io.flinkyarn.autoscaler.core.job.JobKey;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ManualControl} does. */
public interface ManualControlContract {

    Instant NOW = Instant.parse("2026-05-04T12:00:00Z");

    /** One to which two jobs of cluster {@code a} are known, {@code orders} and {@code orders-late}, the first with the tag {@code night}. */
    ManualControl control() throws Exception;

    /** The jobs that are known. */
    static List<JobAutoScalerContext> known() {
        return List.of(job(1, "orders", Set.of("night")), job(2, "orders-late", Set.of()));
    }

    private static JobAutoScalerContext job(int number, String name, Set<String> tags) {
        return new JobAutoScalerContext(
                new JobKey("a", "application_1_" + number, "0000000000000000000000000000000" + number),
                name,
                "RUNNING",
                new RestEndpoint("a", URI.create("http://localhost/")),
                Optional.of(new JobAutoScalerContext.Application("app of " + name, "root", "ann", tags)),
                Optional.of(name));
    }

    private static StandingOrder pause(OrderTarget target, int minute) {
        return new StandingOrder(target, What.PAUSE, "ann", "because", NOW.plus(Duration.ofMinutes(minute)));
    }

    @Test
    default void what_is_ordered_stands_until_it_is_taken_back() throws Exception {
        ManualControl control = control();
        StandingOrder all = pause(OrderTarget.ALL, 0);
        StandingOrder night = pause(OrderTarget.tag("Night"), 1);
        assertThat(control.give(night)).isEqualTo(1);
        assertThat(control.give(all)).isEqualTo(2);
        assertThat(control.orders()).containsExactlyInAnyOrder(all, night);
        assertThat(control.takeBack(OrderTarget.ALL, What.PAUSE, "bob", "", NOW))
                .containsExactly(all);
        assertThat(control.orders()).containsExactly(night);
        assertThat(control.takeBack(OrderTarget.ALL, What.PAUSE, "bob", "", NOW))
                .isEmpty();
    }

    @Test
    default void an_order_takes_the_place_of_one_of_its_kind_for_the_same_target_only() throws Exception {
        ManualControl control = control();
        OrderTarget cluster = OrderTarget.cluster("a");
        control.give(pause(cluster, 0));
        control.give(new StandingOrder(cluster, What.MODE_OFF, "ann", "", NOW));
        StandingOrder later = new StandingOrder(cluster, What.MODE_SCALE, "bob", "", NOW.plusSeconds(5));
        control.give(later);
        assertThat(control.orders()).containsExactly(pause(cluster, 0), later);
    }

    @Test
    default void a_reset_is_an_order_for_each_run_until_it_is_done() throws Exception {
        ManualControl control = control();
        assertThat(control.give(new StandingOrder(OrderTarget.ALL, What.RESET, "ann", "new code", NOW)))
                .isEqualTo(2);
        List<StandingOrder> resets = control.orders();
        assertThat(resets)
                .hasSize(2)
                .allSatisfy(reset -> assertThat(reset.target().scope()).isEqualTo(OrderTarget.Scope.RUN));
        control.done(resets.get(0));
        assertThat(control.orders()).containsExactly(resets.get(1));
    }

    @Test
    default void a_job_is_found_by_each_of_its_names_and_by_a_prefix_of_one() throws Exception {
        KnownJobs jobs = control().jobs();
        OrderTarget late = jobs.target("orders-l");
        assertThat(late.job()).isEqualTo("orders-late");
        assertThat(jobs.target("orders").job()).as("the whole name wins").isEqualTo("orders");
        assertThat(jobs.target(jobs.jobs().get(0).key().applicationId()).scope())
                .isEqualTo(OrderTarget.Scope.JOB);
        assertThatThrownBy(() -> jobs.target("orde"))
                .hasMessageContaining("'orde' may be any of 2 jobs")
                .hasMessageContaining("(a/")
                .hasMessageContaining("orders-late");
        assertThatThrownBy(() -> jobs.target("nobody")).hasMessageStartingWith("'nobody': expected the logical name");
    }

    @Test
    default void what_holds_for_a_job_by_its_cluster_is_told() throws Exception {
        ManualControl control = control();
        StandingOrder cluster = pause(OrderTarget.cluster("a"), 0);
        control.give(cluster);
        KnownJobs jobs = control.jobs();
        assertThat(ManualControl.holding(jobs.target("orders"), jobs, control.orders()))
                .containsExactly(cluster);
    }
}
