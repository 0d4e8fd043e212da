package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicationFilterTest {

    private static final RunningApplication TAGGED = Applications.running(1, "autoscale", "team a");
    private static final RunningApplication UNTAGGED = Applications.running(2);

    @Test
    void anyOneOfTheTagsIsEnoughAndCaseDoesNotMatter() {
        assertThat(filter("Team A", "Other").matches(TAGGED)).isTrue();
        assertThat(filter("AUTOSCALE").matches(TAGGED)).isTrue();
    }

    @Test
    void aTagMatchesAsAWholeOnly() {
        assertThat(filter("auto").matches(TAGGED)).isFalse();
        assertThat(filter("autoscale").matches(UNTAGGED)).isFalse();
    }

    @Test
    void withoutTagsEveryApplicationOfTheTypeMatches() {
        assertThat(filter().matches(UNTAGGED)).isTrue();
        assertThat(filter().matches(TAGGED)).isTrue();
    }

    @Test
    void anotherTypeNeverMatches() {
        ApplicationFilter mapReduce = new ApplicationFilter(Set.of("MAPREDUCE"), Set.of("autoscale"));
        assertThat(mapReduce.matches(TAGGED)).isFalse();
    }

    private static ApplicationFilter filter(String... tags) {
        return new ApplicationFilter(Set.of("apache FLINK"), Set.of(tags));
    }
}
