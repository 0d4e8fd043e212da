package io.flinkyarn.autoscaler.yarn;

import static org.assertj.core.api.Assertions.assertThat;

import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        ApplicationFilter mapReduce = ApplicationFilter.of(Set.of("MAPREDUCE"), Set.of("autoscale"));
        assertThat(mapReduce.matches(TAGGED)).isFalse();
    }

    @Test
    void everyPartHasToBeSatisfied() {
        Everything all = new Everything();
        assertThat(all.filter().matches(all.application())).isTrue();
        assertThat(all.with("allTags", "autoscale", "team b").matches(all.application()))
                .isFalse();
        assertThat(all.with("noTag", "TEAM A").matches(all.application())).isFalse();
        assertThat(all.with("queues", "root.batch").matches(all.application())).isFalse();
        assertThat(all.with("users", "Alice").matches(all.application())).isFalse();
        assertThat(all.with("names", "order*s").matches(all.application())).isFalse();
        assertThat(all.with("included", "application_1_0002").matches(all.application()))
                .isFalse();
        assertThat(all.with("excluded", "application_1_0001").matches(all.application()))
                .isFalse();
    }

    @Test
    void aQueueCountsWithThoseBelowItAndWithOrWithoutItsRoot() {
        Everything all = new Everything();
        for (String queue :
                List.of("root.streaming.orders", "streaming.orders", "root.streaming", "streaming", "root")) {
            assertThat(all.with("queues", queue).matches(all.application()))
                    .as(queue)
                    .isTrue();
        }
        for (String queue : List.of("root.stream", "orders", "root.streaming.orders.eu")) {
            assertThat(all.with("queues", queue).matches(all.application()))
                    .as(queue)
                    .isFalse();
        }
    }

    @Test
    void theResourceManagerIsNeverAskedForLessThanWhatMatches() {
        assertThat(filter("a", "b").tagsToAskFor()).containsExactlyInAnyOrder("a", "b");
        assertThat(new Everything().with("allTags", "x", "y").tagsToAskFor())
                .as("YARN answers with those that carry one of them")
                .containsExactlyInAnyOrder("x", "y");
        assertThat(filter().tagsToAskFor()).isEmpty();
    }

    @Test
    void anObjectionNamesThePartAndWhatWasWanted() {
        Everything everything = new Everything();
        RunningApplication application = everything.application();
        assertThat(everything.filter().objection(application)).isEmpty();
        assertThat(everything.with("allTags", "team a", "b").objection(application))
                .contains("it does not carry all of the tags b, team a");
        assertThat(everything.with("noTag", "autoscale").objection(application))
                .contains("it carries one of the tags autoscale");
        assertThat(everything.with("queues", "batch").objection(application))
                .contains("its queue root.streaming.orders is not in or below one of batch");
        assertThat(everything.with("users", "bob").objection(application)).contains("its user alice is none of bob");
        assertThat(everything.with("names", "x*").objection(application)).contains("its name fits none of x*");
        assertThat(everything.with("included", "application_1_0002").objection(application))
                .contains("its id is not among those that are included");
        assertThat(everything.with("excluded", "application_1_0001").objection(application))
                .contains("its id is excluded");
        assertThat(filter("other").objection(TAGGED)).contains("it carries none of the tags other");
    }

    /** An application, and a filter that asks for all that it has. */
    private static final class Everything {

        private final Map<String, List<String>> parts = new HashMap<>(Map.of(
                "allTags", List.of("Team A", "autoscale"),
                "noTag", List.of("test"),
                "queues", List.of("streaming"),
                "users", List.of("alice"),
                "names", List.of("batch*", "order*"),
                "included", List.of("application_1_0001"),
                "excluded", List.of("application_1_0003")));

        RunningApplication application() {
            return new RunningApplication(
                    "application_1_0001",
                    "Apache Flink",
                    "orders of today",
                    "root.streaming.orders",
                    "alice",
                    Set.of("autoscale", "team a"),
                    "N/A",
                    "N/A");
        }

        ApplicationFilter with(String part, String... values) {
            List<String> before = Objects.requireNonNull(parts.put(part, List.of(values)));
            ApplicationFilter changed = filter();
            parts.put(part, before);
            return changed;
        }

        ApplicationFilter filter() {
            return new ApplicationFilter(
                    Set.of("apache flink"),
                    new ApplicationSelection(
                            Set.of(),
                            set("allTags"),
                            set("noTag"),
                            set("queues"),
                            set("users"),
                            Objects.requireNonNull(parts.get("names")).stream()
                                    .map(NamePattern::new)
                                    .toList()),
                    set("included"),
                    set("excluded"));
        }

        private Set<String> set(String part) {
            return Set.copyOf(Objects.requireNonNull(parts.get(part)));
        }
    }

    private static ApplicationFilter filter(String... tags) {
        return ApplicationFilter.of(Set.of("apache FLINK"), Set.of(tags));
    }
}
