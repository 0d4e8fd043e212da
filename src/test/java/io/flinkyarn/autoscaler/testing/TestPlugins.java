package io.flinkyarn.autoscaler.testing;

import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor;
import java.util.Map;
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
}
