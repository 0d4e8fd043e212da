package io.flinkyarn.autoscaler.control;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What the ticks work with. Put together once by the daemon, shared by all jobs.
 *
 * @param stepEvents told what a step has to say; a handler that shares its database with the store is not among them, as {@link
 *     AutoScalerStateStore#save} has written those events already
 * @param events told everything else
 * @param policies reads the options of a job, as it was listed, from its configuration and all else that was written about it
 * @param interval of the cycles
 * @param commons what the jobs share
 * @param orders what people told us to do
 */
public record Ports(
        MetricsCollector collector,
        AutoScalerStateStore store,
        ScalingRealizer realizer,
        AutoScalerEventHandler stepEvents,
        AutoScalerEventHandler events,
        PolicySource policies,
        Board board,
        Clock clock,
        Duration interval,
        Commons commons,
        StandingOrders orders) {

    /** Where the jobs share nothing but, perhaps, a session, and nobody gives orders by hand. */
    public Ports(
            MetricsCollector collector,
            AutoScalerStateStore store,
            ScalingRealizer realizer,
            AutoScalerEventHandler stepEvents,
            AutoScalerEventHandler events,
            PolicySource policies,
            Board board,
            Clock clock,
            Duration interval) {
        this(
                collector,
                store,
                realizer,
                stepEvents,
                events,
                policies,
                board,
                clock,
                interval,
                new Commons(Map.of(), interval),
                StandingOrders.none());
    }
}
