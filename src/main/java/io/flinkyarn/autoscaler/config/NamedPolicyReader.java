package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads which named policies there are: the entries of {@code policies}. For one thread, for one reading. */
final class NamedPolicyReader {

    private final Settings settings;
    private final OptionReader problems;

    /** @param problems takes what is wrong; the values of job options are for the {@link PolicyReader} to check */
    NamedPolicyReader(Settings settings, OptionReader problems) {
        this.settings = settings;
        this.problems = problems;
    }

    NamedPolicies read() {
        List<NamedPolicy> policies = new ArrayList<>();
        for (int i = 0; i < settings.entries(NamedPolicyOptions.LIST); i++) {
            Entry entry = new Entry(i, settings.entry(NamedPolicyOptions.LIST, i));
            Optional<NamedPolicy> policy = entry.read();
            policy.map(NamedPolicy::name)
                    .filter(name -> policies.stream().anyMatch(other -> other.isCalled(name)))
                    .ifPresent(name -> entry.options.refuse(
                            NamedPolicyOptions.NAME, "expected a name that no other policy has, whatever its case"));
            policy.ifPresent(policies::add);
            entry.options.problems().forEach(problems::add);
        }
        return new NamedPolicies(policies);
    }

    /** Names of the clusters; empty where they cannot be known, as the only cluster may know its own name. */
    private List<String> knownClusters() {
        Stream<Optional<Setting>> listed = IntStream.range(0, settings.entries(ClusterOptions.LIST))
                .mapToObj(number -> settings.entry(ClusterOptions.LIST, number).find(ClusterOptions.NAME));
        return Stream.concat(listed, Stream.of(settings.find(ProcessOptions.CLUSTER_NAME)))
                .flatMap(Optional::stream)
                .map(setting -> setting.text().strip())
                .toList();
    }

    /** One entry of the list. */
    private final class Entry {

        private final int number;
        private final Settings written;
        private final OptionReader options;

        Entry(int number, Settings written) {
            this.number = number;
            this.written = written;
            this.options = new OptionReader(written);
        }

        /** Empty only where a problem says why. */
        Optional<NamedPolicy> read() {
            options.check(NamedPolicyOptions.CATALOGUE);
            Optional<String> name = options.find(NamedPolicyOptions.NAME);
            if (!options.isSet(NamedPolicyOptions.NAME)) {
                missing("name", "a name of its own, for tags, messages and the database");
            }
            refuseUnknownClusters();
            Layer layer = layer(name.orElse(""));
            List<Cap<?>> caps = caps(name.orElse(""));
            if (layer.byKey().isEmpty() && caps.isEmpty() && options.problems().isEmpty()) {
                missing("mode", "a mode, job.autoscaler options or caps: a policy without any has no effect");
            }
            return name.map(n -> new NamedPolicy(
                    n,
                    options.get(NamedPolicyOptions.ON_REQUEST),
                    set(NamedPolicyOptions.CLUSTERS),
                    new ApplicationSelection(
                            set(NamedPolicyOptions.ANY_TAG),
                            set(NamedPolicyOptions.ALL_TAGS),
                            set(NamedPolicyOptions.NO_TAG),
                            set(NamedPolicyOptions.QUEUES),
                            set(NamedPolicyOptions.USERS),
                            options.find(NamedPolicyOptions.NAMES).orElse(List.of())),
                    options.find(NamedPolicyOptions.JOBS).orElse(List.of()),
                    layer,
                    caps));
        }

        /** A cap for a cluster that does not exist would be no cap. */
        private void refuseUnknownClusters() {
            List<String> known = knownClusters();
            if (!known.isEmpty() && !known.containsAll(set(NamedPolicyOptions.CLUSTERS))) {
                options.refuse(NamedPolicyOptions.CLUSTERS, "expected names of clusters, which are " + known);
            }
        }

        private Layer layer(String name) {
            Map<String, Setting> byKey = new HashMap<>();
            written.under(Entries.prefix(NamedPolicyOptions.LIST)).forEach((key, setting) -> {
                if (JobOptions.CATALOGUE.claims(key)) {
                    byKey.put(key, new Setting(key, setting.text(), new Origin.Policy(name, setting.origin())));
                }
            });
            Layer ofOptions = new Layer(byKey);
            options.find(NamedPolicyOptions.MODE).ifPresent(mode -> {
                if (Mode.OPTIONS.stream()
                        .anyMatch(option -> ofOptions.find(option).isPresent())) {
                    options.refuse(
                            NamedPolicyOptions.MODE,
                            "expected either it, or job.autoscaler.enabled and job.autoscaler.scaling.enabled in its place");
                }
                Origin where =
                        written.find(NamedPolicyOptions.MODE).orElseThrow().origin();
                mode.settings(new Origin.Policy(name, where)).forEach(setting -> byKey.put(setting.key(), setting));
            });
            return new Layer(byKey);
        }

        private List<Cap<?>> caps(String policy) {
            List<Cap<?>> caps = new ArrayList<>();
            options.find(NamedPolicyOptions.CAP_MODE).ifPresent(mode -> {
                switch (mode) {
                    case OFF -> caps.add(cap(policy, NamedPolicyOptions.CAP_MODE, JobOptions.ENABLED, false));
                    case OBSERVE ->
                        caps.add(cap(policy, NamedPolicyOptions.CAP_MODE, JobOptions.SCALING_ENABLED, false));
                    case SCALE ->
                        options.refuse(
                                NamedPolicyOptions.CAP_MODE,
                                "expected OFF or OBSERVE: SCALE forbids nothing; remove it");
                }
            });
            options.find(NamedPolicyOptions.CAP_MAX_PARALLELISM).ifPresent(most -> {
                Option<Integer> written = NamedPolicyOptions.CAP_MAX_PARALLELISM;
                caps.add(cap(policy, written, JobOptions.MAX_PARALLELISM, most));
                // A lower bound above the upper one would be an error of the job's owner, who has made none.
                caps.add(cap(policy, written, JobOptions.MIN_PARALLELISM, most));
            });
            options.find(NamedPolicyOptions.CAP_QUOTA_CPU)
                    .ifPresent(most ->
                            caps.add(cap(policy, NamedPolicyOptions.CAP_QUOTA_CPU, JobOptions.QUOTA_CPU, most)));
            options.find(NamedPolicyOptions.CAP_QUOTA_MEMORY)
                    .ifPresent(most ->
                            caps.add(cap(policy, NamedPolicyOptions.CAP_QUOTA_MEMORY, JobOptions.QUOTA_MEMORY, most)));
            return caps;
        }

        private <T extends Comparable<T>> Cap<T> cap(String policy, Option<?> wherever, Option<T> option, T most) {
            Origin where = written.find(wherever).orElseThrow().origin();
            return new Cap<>(option, most, new Origin.Cap(policy, where));
        }

        private Set<String> set(Option<List<String>> option) {
            return Set.copyOf(options.find(option).orElse(List.of()));
        }

        private void missing(String key, String expected) {
            String written = Entries.prefix(NamedPolicyOptions.LIST, number) + key;
            options.add(new Problem(written, written + ": expected " + expected));
        }
    }
}
