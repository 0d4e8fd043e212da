package io.flinkyarn.autoscaler.rig;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * Gives consecutive records keys that spread evenly over the key groups, so that every subtask gets its share at any
 * parallelism and within any short time.
 *
 * <p>There is one key per key group. LoadRecord {@code n} goes to key group {@code n · stride mod groups}, where the
 * stride is coprime to the number of groups and near the golden section: each run of {@code groups} records visits
 * every group once, and neighbors in time are far apart in the range of groups, hence on different subtasks.
 */
final class EvenKeys implements KeySelector<LoadRecord, Integer> {

    private static final long serialVersionUID = 1;
    private static final double GOLDEN_SECTION = (Math.sqrt(5) - 1) / 2;

    private final int[] keyOfGroup;
    private final int stride;

    EvenKeys(int groups) {
        keyOfGroup = IntStream.range(0, groups)
                .map(group -> firstKey(key -> KeyGroupRangeAssignment.assignToKeyGroup(key, groups) == group))
                .toArray();
        stride = IntStream.iterate((int) Math.ceil(groups * GOLDEN_SECTION), candidate -> candidate + 1)
                .filter(candidate -> gcd(candidate, groups) == 1)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Integer getKey(LoadRecord record) {
        return keyOfGroup[(int) (record.number * stride % keyOfGroup.length)];
    }

    private static int firstKey(IntPredicate wanted) {
        return IntStream.iterate(0, key -> key + 1).filter(wanted).findFirst().orElseThrow();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
