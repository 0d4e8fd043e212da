package io.flinkyarn.autoscaler.simulation;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** All scenarios under all policies, as a page of Markdown. The same code gives the same page, to the byte. */
final class SimulationReport {

    private static final String HEAD = """
            # What the autoscaler does, simulated

            Every scenario is a job on virtual time (package `simulation` of the tests); every policy decides with the product's own
            `Autoscaler.step`, every 10 s. The page is written by a test (`mvn test -Dtest=SimulationReportTest -Dgenerate=true`), and that test fails when it
            is stale: a change of the code that changes this page changes what the autoscaler does.

            Policies: *defaults*; *fast* is `metrics.window: 3 min`, `stabilization.interval: 1 min`; *scalability* is
            `observed-scalability.enabled: true`; *static* is a job without autoscaler that runs at what its peak needs. Those that scale begin at what the first
            second needs. A rescale takes 10 s for containers and 45 s of standstill, and replays what came since the last checkpoint, which is up to 60 s old.

            - **slot-h**: slots held, times hours. All vertices share slots, so it is the largest parallelism that counts.
            - **× least**: the same over the least feasible, which gives every vertex the smallest parallelism that sustains the momentary rate at the target
              utilization, at every moment and for nothing.
            - **decided/d**: rescales decided per day. **rescales/d**: those that changed the parallelism of the job. They differ where slots are lacking.
            - **reversals**: rescales that took a vertex back the way it came less than an hour before.
            - **lag > 60 s**, **> 120 s**: share of the time in which the oldest record that was not read was older. **p99**: lag in s, not exceeded in 99 % of the
              time. A standstill counts.
            - **steps**: rescales that followed a step of the load, where there is one.

            """;

    private static final String COLUMNS = """
            | scenario | policy | slot-h | × least | decided/d | rescales/d | reversals | lag > 60 s | > 120 s | p99 lag | steps |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            """;

    private SimulationReport() {}

    static String markdown(List<Scenario> scenarios, List<Contender> contenders) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append(COLUMNS);
        for (Scenario scenario : scenarios) {
            for (Contender contender : contenders) {
                page.append(row(scenario, contender, Simulation.run(scenario, contender)));
            }
        }
        page.append("\n## The scenarios\n\n");
        scenarios.forEach(s -> page.append("- **" + s.name() + "** (" + s.hours() + " h): " + s.story() + "\n"));
        return page.toString();
    }

    private static String row(Scenario scenario, Contender contender, Outcome outcome) {
        OptionalInt steps = outcome.stepsToConverge();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.2f | %.1f | %.1f | %d | %.2f %% | %.2f %% | %d | %s |\n",
                scenario.name(),
                contender.name(),
                outcome.slotHours(),
                outcome.overLeast(),
                outcome.decisionsPerDay(),
                outcome.rescalesPerDay(),
                outcome.reversals(),
                100 * outcome.timeWithLagAbove(60),
                100 * outcome.timeWithLagAbove(120),
                outcome.lag(0.99),
                steps.isPresent() ? String.valueOf(steps.getAsInt()) : "–");
    }
}
