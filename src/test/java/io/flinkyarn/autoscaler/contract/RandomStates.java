package io.flinkyarn.autoscaler.contract;

import io.flinkyarn.autoscaler.core.job.VertexId;
import io.flinkyarn.autoscaler.core.state.GoodParallelism;
import io.flinkyarn.autoscaler.core.state.JobState;
import io.flinkyarn.autoscaler.core.state.PastScaling;
import io.flinkyarn.autoscaler.core.state.PendingScaleDown;
import io.flinkyarn.autoscaler.core.state.Reconciliation;
import io.flinkyarn.autoscaler.core.state.Standing;
import io.flinkyarn.autoscaler.core.state.TrackedRestart;
import io.flinkyarn.autoscaler.core.window.MetricsWindow;
import io.flinkyarn.autoscaler.core.window.MetricsWindow.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Job states of every shape, the same ones for the same seed; times to the nanosecond, numbers of every kind. */
public final class RandomStates {

    private static final Instant EPOCH = Instant.parse("2026-03-01T00:00:00Z");

    private final Random random;

    public RandomStates(long seed) {
        this.random = new Random(seed);
    }

    public JobState next() {
        List<VertexId> vertices = some(5, this::vertex);
        return new JobState(
                new MetricsWindow(vertices, rows(vertices.size())),
                byVertex(vertices, this::pendingScaleDown),
                byVertex(vertices, () -> some(4, this::pastScaling)),
                some(3, this::restart),
                perhaps(() -> reconciliation(vertices)),
                perhaps(() -> new Standing("WITHIN_BAND \"é↑", instant())),
                perhaps(() ->
                        new GoodParallelism(byVertex(vertices, () -> 1 + random.nextInt(100)), random.nextBoolean())));
    }

    /** Half of the states share their oldest samples, as the states of one job do. */
    private List<Row> rows(int vertices) {
        List<Row> rows = new ArrayList<>();
        int first = random.nextInt(5);
        for (int i = first; i < first + random.nextInt(6); i++) {
            double[] values = new double[vertices * 3];
            boolean shared = random.nextBoolean();
            for (int j = 0; j < values.length; j++) {
                values[j] = shared ? i + j / 7.0 : number();
            }
            rows.add(new Row(EPOCH.plusSeconds(10L * i).plusNanos(shared ? 0 : random.nextInt(999_999_999)), values));
        }
        return rows;
    }

    private double number() {
        return switch (random.nextInt(8)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> Double.NEGATIVE_INFINITY;
            case 3 -> -0.0;
            case 4 -> Double.MIN_VALUE;
            case 5 -> Double.MAX_VALUE;
            default -> random.nextGaussian() * 1e6;
        };
    }

    private VertexId vertex() {
        return new VertexId(String.format("%016x%016x", random.nextLong(), random.nextLong()));
    }

    private Instant instant() {
        return EPOCH.plusSeconds(random.nextInt(10_000_000)).plusNanos(random.nextInt(1_000_000_000));
    }

    private PendingScaleDown pendingScaleDown() {
        List<PendingScaleDown.Wish> wishes = new ArrayList<>(some(3, this::wish));
        wishes.add(wish());
        return new PendingScaleDown(instant(), wishes);
    }

    private PendingScaleDown.Wish wish() {
        return new PendingScaleDown.Wish(instant(), 1 + random.nextInt(100), random.nextBoolean());
    }

    private PastScaling pastScaling() {
        return new PastScaling(instant(), 1 + random.nextInt(100), 1 + random.nextInt(100), number(), number());
    }

    private TrackedRestart restart() {
        return new TrackedRestart(instant(), perhaps(() -> Duration.ofNanos(random.nextLong() >>> 10)));
    }

    private Reconciliation reconciliation(List<VertexId> vertices) {
        Reconciliation.Phase[] phases = Reconciliation.Phase.values();
        return new Reconciliation(
                instant(),
                byVertex(vertices, () -> 1 + random.nextInt(100)),
                phases[random.nextInt(phases.length)],
                instant(),
                perhaps(() -> "line one\nline \"two\""));
    }

    private <T> Map<VertexId, T> byVertex(List<VertexId> vertices, Supplier<T> value) {
        Map<VertexId, T> values = new HashMap<>();
        vertices.stream().filter(v -> random.nextBoolean()).forEach(v -> values.put(v, value.get()));
        return values;
    }

    private <T> List<T> some(int atMost, Supplier<T> element) {
        List<T> elements = new ArrayList<>();
        for (int i = random.nextInt(atMost + 1); i > 0; i--) {
            elements.add(element.get());
        }
        return elements;
    }

    private <T> Optional<T> perhaps(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }
}
