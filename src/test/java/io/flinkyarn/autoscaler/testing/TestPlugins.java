package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Plugins as others write them, declared in META-INF/services of the test resources. */
public final class TestPlugins {

    private TestPlugins() {}

    /** Whole multiples of the parameter {@code of}. */
    public static final class Multiples implements AlignmentMethod {

        @Override
        public int align(Wish wish, Map<String, String> parameters) {
            int of = Integer.parseInt(parameters.getOrDefault("of", "none"));
            return (wish.wanted() + of - 1) / of * of;
        }
    }

    /** Refuses what is above the parameter {@code limit}. */
    public static final class Refusing implements ScalingExecutor {

        @Override
        public int priority() {
            return 10;
        }

        @Override
        public Opinion judge(Request request, Map<String, String> parameters) {
            int limit = Integer.parseInt(parameters.getOrDefault("limit", "none"));
            return request.changes().stream().anyMatch(change -> change.to() > limit)
                    ? new Veto("at most " + limit + " after hours")
                    : new Agree();
        }
    }

    /** Sets everything to the parameter {@code to}, before {@link Refusing} is asked. */
    public static final class Setting implements ScalingExecutor {

        @Override
        public int priority() {
            return 5;
        }

        @Override
        public Opinion judge(Request request, Map<String, String> parameters) {
            int to = Integer.parseInt(parameters.getOrDefault("to", "none"));
            return new Instead(request.changes().stream().collect(Collectors.toMap(Change::vertex, change -> to)));
        }
    }

    /** Knows what the parameters {@code target}, {@code catch-up} and {@code true} say, of the vertex that the parameter {@code of} names. */
    public static final class Knowing implements VertexEvaluator {

        @Override
        public Replacement evaluate(Measured measured, Map<String, String> parameters) {
            return measured.name().equals(parameters.get("of"))
                    ? new Replacement(
                            rate(parameters, "target"), rate(parameters, "catch-up"), rate(parameters, "true"))
                    : Replacement.NONE;
        }

        private static OptionalDouble rate(Map<String, String> parameters, String name) {
            return parameters.containsKey(name)
                    ? OptionalDouble.of(Double.parseDouble(parameters.get(name)))
                    : OptionalDouble.empty();
        }
    }

    /** Doubles the target rate of every source. */
    public static final class Doubling implements VertexEvaluator {

        @Override
        public Replacement evaluate(Measured measured, Map<String, String> parameters) {
            return measured.source()
                    ? Replacement.NONE.withTargetRate(2 * measured.targetRate().orElseThrow())
                    : Replacement.NONE;
        }
    }
}
