package io.flinkyarn.autoscaler.simulation;

import io.flinkyarn.autoscaler.core.job.ShipStrategy;
import java.util.List;

/** The jobs that are simulated. */
final class Jobs {

    private static final int PARTITIONS = 48;

    private Jobs() {}

    static VertexModel aggregate() {
        return VertexModel.keyed("Aggregate", 2_500);
    }

    static VertexModel sink() {
        return VertexModel.rebalanced("Sink", 2_000);
    }

    static JobModel pipeline(Curve load) {
        return pipeline(load, aggregate(), sink());
    }

    /** A source, a parser, an aggregation by key, which is what limits the job, and a sink that gets a fifth of the records. */
    static JobModel pipeline(Curve load, VertexModel aggregate, VertexModel sink) {
        return new JobModel(
                List.of(
                        VertexModel.source("Source", 10_000, PARTITIONS, load),
                        VertexModel.rebalanced("Parse", 5_000),
                        aggregate,
                        sink),
                List.of(
                        new Flow(0, 1, 1, ShipStrategy.OTHER),
                        new Flow(1, 2, 1, ShipStrategy.HASH),
                        new Flow(2, 3, 0.2, ShipStrategy.OTHER)));
    }

    /** Two sources, joined by key. */
    static JobModel join(Curve orders, Curve payments) {
        return new JobModel(
                List.of(
                        VertexModel.source("Orders", 10_000, PARTITIONS, orders),
                        VertexModel.source("Payments", 8_000, PARTITIONS / 2, payments),
                        VertexModel.keyed("Join", 3_000),
                        sink()),
                List.of(
                        new Flow(0, 2, 1, ShipStrategy.HASH),
                        new Flow(1, 2, 1, ShipStrategy.HASH),
                        new Flow(2, 3, 0.3, ShipStrategy.OTHER)));
    }
}
