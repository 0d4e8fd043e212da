package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the tags of a YARN application say to the autoscaler: {@code autoscaler.<option>=<value>}, {@code autoscaler.mode=observe}, {@code
 * autoscaler.policy=<name>}. Other tags say nothing. Read anew for each job; one wrong tag is a problem of the job, as who has mistyped
 * {@code observe} must not be rescaled.
 *
 * @param requested the named policy that they ask for
 */
record TagOptions(Layer layer, Optional<NamedPolicy> requested, List<Problem> problems) {

    private static final String PREFIX = "autoscaler.";

    /** YARN keeps tags in lower case: the values of these would be others than those that were written. */
    private static final Set<Option<?>> CASE_MATTERS = Set.of(
            JobOptions.EXCLUDED_NAMES,
            JobOptions.EXCLUDED_TIME_ZONE,
            JobOptions.LOGICAL_NAME,
            JobOptions.CUSTOM_EVALUATORS,
            JobOptions.CUSTOM_EXECUTORS);

    TagOptions {
        problems = List.copyOf(problems);
    }

    static TagOptions of(Set<String> tags, NamedPolicies policies) {
        Reading reading = new Reading(policies);
        tags.stream()
                .map(String::strip)
                .filter(tag -> tag.toLowerCase(Locale.ROOT).startsWith(PREFIX))
                .sorted()
                .forEach(reading::read);
        return new TagOptions(Layer.of(List.copyOf(reading.settings.values())), reading.requested, reading.problems);
    }

    /** Collects what the tags say. For one thread. */
    private static final class Reading {

        private final NamedPolicies policies;
        private final Map<String, Setting> settings = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private Optional<NamedPolicy> requested = Optional.empty();

        Reading(NamedPolicies policies) {
            this.policies = policies;
        }

        void read(String tag) {
            int equals = tag.indexOf('=');
            String value = tag.substring(equals + 1).strip();
            if (equals < 0 || value.isEmpty()) {
                refuse(tag, "expected autoscaler.<option>=<value>, autoscaler.mode=<mode> or autoscaler.policy=<name>");
                return;
            }
            String name = tag.substring(PREFIX.length(), equals).strip().toLowerCase(Locale.ROOT);
            switch (name) {
                case "policy" -> request(tag, value);
                case "mode" -> mode(tag, value);
                default -> option(tag, name, value);
            }
        }

        private void request(String tag, String name) {
            Optional<NamedPolicy> found = policies.find(name);
            if (found.isEmpty()) {
                refuse(tag, "there is no policy of this name" + known());
            } else if (requested.isPresent()) {
                refuse(tag, "another tag asks for policy " + requested.get().name() + "; remove one");
            } else {
                requested = found;
            }
        }

        private String known() {
            return policies.inOrder().isEmpty()
                    ? ", nor any other"
                    : "; there are "
                            + policies.inOrder().stream().map(NamedPolicy::name).collect(Collectors.joining(", "));
        }

        private void mode(String tag, String value) {
            try {
                NamedPolicyOptions.MODE
                        .parse(value)
                        .settings(new Origin.Tag(tag))
                        .forEach(this::add);
            } catch (IllegalArgumentException e) {
                refuse(tag, String.valueOf(e.getMessage()));
            }
        }

        private void option(String tag, String name, String value) {
            String key = JobOptions.PREFIX + name;
            Optional<Option<?>> option = JobOptions.CATALOGUE.find(key);
            if (option.isEmpty()) {
                String nearest = JobOptions.CATALOGUE.nearest(key).substring(JobOptions.PREFIX.length());
                refuse(tag, "there is no such option. The nearest is " + PREFIX + nearest);
            } else if (CASE_MATTERS.contains(option.get())) {
                refuse(
                        tag,
                        "YARN keeps tags in lower case, and the case matters here: set " + key
                                + " in the Flink configuration of the job instead");
            } else {
                add(new Setting(option.get().key(), value, new Origin.Tag(tag)));
            }
        }

        private void add(Setting setting) {
            Setting before = settings.putIfAbsent(setting.key(), setting);
            if (before != null) {
                problems.add(Problems.of(setting, before.origin() + " sets it, too; remove one of the tags"));
            }
        }

        private void refuse(String tag, String why) {
            problems.add(new Problem(tag, new Origin.Tag(tag) + ": " + why));
        }
    }
}
