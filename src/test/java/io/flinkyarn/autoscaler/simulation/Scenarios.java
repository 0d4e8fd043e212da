package io.flinkyarn.autoscaler.simulation;

import static io.flinkyarn.autoscaler.simulation.Jobs.aggregate;
import static io.flinkyarn.autoscaler.simulation.Jobs.join;
import static io.flinkyarn.autoscaler.simulation.Jobs.pipeline;
import static io.flinkyarn.autoscaler.simulation.Jobs.sink;

import io.flinkyarn.autoscaler.simulation.MetricFaults.Gap;
import io.flinkyarn.autoscaler.simulation.MetricFaults.Missing;
import io.flinkyarn.autoscaler.simulation.SimulatedFlink.Outage;
import java.util.List;

/** What the report tells of. Loads in records/s. */
final class Scenarios {

    private static final long HOUR = 3600;
    private static final double LOW = 10_000;
    private static final double HIGH = 40_000;

    private static final Curve DAY = Curve.daily(LOW, HIGH, 4 * HOUR);

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                stepUp(),
                Scenario.of(
                                "step down",
                                "40,000/s, from 3:00 on 10,000/s.",
                                12,
                                pipeline(Curve.constant(HIGH).from(3 * HOUR, Curve.constant(LOW))))
                        .withStepsAt(3 * HOUR),
                Scenario.of(
                        "ramp",
                        "From 10,000/s at 2:00 to 40,000/s at 8:00.",
                        12,
                        pipeline(Curve.ramp(LOW, HIGH, 2 * HOUR, 8 * HOUR))),
                Scenario.of(
                        "spike",
                        "10,000/s, but 60,000/s for five minutes at 4:00.",
                        12,
                        pipeline(Curve.constant(LOW).during(4 * HOUR, 4 * HOUR + 300, Curve.constant(60_000)))),
                noise(),
                Scenario.of(
                        "diurnal", "Between 10,000/s at 4:00 and 40,000/s at 16:00, three days.", 72, pipeline(DAY)),
                outage(),
                Scenario.of(
                        "slow sink",
                        "20,000/s; what the sink writes to is ten times slower from 3:00 to 3:30.",
                        12,
                        pipeline(
                                Curve.constant(20_000),
                                aggregate(),
                                sink().withSpeed(Curve.constant(1)
                                        .during(3 * HOUR, 3 * HOUR + 1800, Curve.constant(0.1))))),
                Scenario.of(
                        "join",
                        "Two sources, one busiest at 16:00 and one at 22:00, joined by key, two days.",
                        48,
                        join(Curve.daily(5_000, 30_000, 4 * HOUR), Curve.daily(4_000, 16_000, 10 * HOUR))),
                skew(),
                nonLinear(),
                slotLimit(),
                missingMetrics(),
                Scenario.of("ads", "Trace: an advertising stream.", 18, pipeline(Trace.read("ads-18h", 0))),
                Scenario.of(
                        "taxi",
                        "Trace: taxi rides in New York, four days around the marathon.",
                        96,
                        pipeline(Trace.read("nyc-taxi-215d", 122))),
                Scenario.of(
                        "elb",
                        "Trace: requests at a load balancer, times 20, the first four days.",
                        96,
                        pipeline(Trace.read("elb-14d", 0).times(20))),
                Scenario.of(
                        "tweets",
                        "Trace: tweets about a company, four days with its largest burst.",
                        96,
                        pipeline(Trace.read("tweets-55d", 30))));
    }

    static Scenario stepUp() {
        return Scenario.of(
                        "step up",
                        "10,000/s, from 3:00 on 40,000/s.",
                        12,
                        pipeline(Curve.constant(LOW).from(3 * HOUR, Curve.constant(HIGH))))
                .withStepsAt(3 * HOUR);
    }

    static Scenario noise() {
        return Scenario.of(
                        "noise",
                        "20,000/s that vary by 30 % every ten seconds, gauges that err by 10 %.",
                        24,
                        pipeline(Curve.constant(20_000).noisy(0.3, 7)))
                .with(MetricFaults.noise(0.1, 11));
    }

    static Scenario outage() {
        return Scenario.of(
                        "outage", "20,000/s; the job is down from 3:00 to 3:45.", 12, pipeline(Curve.constant(20_000)))
                .with(new Outage(3 * HOUR, 3 * HOUR + 2700));
    }

    private static Scenario skew() {
        return Scenario.of(
                        "skew",
                        "One of 128 key groups carries 3 % of the records, so that the aggregation needs 32 subtasks where an even one would do"
                                + " with 19. 10,000/s, from 3:00 on 30,000/s.",
                        12,
                        pipeline(
                                Curve.constant(LOW).from(3 * HOUR, Curve.constant(30_000)),
                                aggregate().with(Shares.withHottest(128, 0.03)),
                                sink()))
                .withStepsAt(3 * HOUR);
    }

    private static Scenario nonLinear() {
        Curve stairs = Curve.constant(LOW)
                .from(3 * HOUR, Curve.constant(15_000))
                .from(8 * HOUR, Curve.constant(20_000))
                .from(13 * HOUR, Curve.constant(25_000))
                .from(18 * HOUR, Curve.constant(LOW));
        return Scenario.of(
                        "non-linear",
                        "The aggregation loses 2 % with every further subtask, and a little more by coherence. Stairs: 10,000/s, from 3:00 on"
                                + " 15,000/s, from 8:00 on 20,000/s, from 13:00 on 25,000/s, from 18:00 on 10,000/s again.",
                        24,
                        pipeline(stairs, aggregate().with(new ServiceRate(2_500, 0.02, 0.0002)), sink()))
                .withStepsAt(3 * HOUR, 8 * HOUR, 13 * HOUR, 18 * HOUR);
    }

    static Scenario slotLimit() {
        return Scenario.of(
                        "slot limit",
                        "10,000/s, from 3:00 to 8:00 36,000/s, for which the aggregation should have 22 slots; the cluster has 16, enough to run at"
                                + " 90 % utilization.",
                        16,
                        pipeline(Curve.constant(LOW).during(3 * HOUR, 8 * HOUR, Curve.constant(36_000))))
                .withSlots(16)
                .withStepsAt(3 * HOUR, 8 * HOUR);
    }

    /** A parser without busy time at the time of the steepest rise, a source without lag before the peak. */
    static Scenario missingMetrics() {
        return Scenario.of(
                        "missing metrics",
                        "As diurnal, one day: a fifth of the answers repeats the one before, a twentieth is incomplete; no busy time of the"
                                + " parser from 8:00 to 10:00, no lag of the source from 12:00 to 13:00.",
                        24,
                        pipeline(DAY))
                .with(new MetricFaults(
                        0.05,
                        0.2,
                        0.05,
                        List.of(
                                new Gap(Missing.BUSY_TIME, 1, 8 * HOUR, 10 * HOUR),
                                new Gap(Missing.PENDING_RECORDS, 0, 12 * HOUR, 13 * HOUR)),
                        5));
    }
}
