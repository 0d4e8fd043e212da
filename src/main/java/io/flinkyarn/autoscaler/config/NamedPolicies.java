package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.JobDescription;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The named policies of the daemon, in the order in which they are written: of those that hold for a job, a later one wins. */
record NamedPolicies(List<NamedPolicy> inOrder) {

    static final NamedPolicies NONE = new NamedPolicies(List.of());

    NamedPolicies {
        inOrder = List.copyOf(inOrder);
    }

    Set<String> names() {
        return inOrder.stream().map(NamedPolicy::name).collect(Collectors.toUnmodifiableSet());
    }

    Optional<NamedPolicy> find(String name) {
        return inOrder.stream().filter(policy -> policy.isCalled(name)).findFirst();
    }

    /**
     * Those that hold for a job, the one that wins last.
     *
     * @param requested that the job asks for by its name: it wins over all that select the job, and sets none of them aside
     */
    List<NamedPolicy> holding(JobDescription job, Optional<NamedPolicy> requested) {
        Stream<NamedPolicy> selecting = inOrder.stream()
                .filter(policy -> policy.selects(job))
                .filter(policy -> !requested.equals(Optional.of(policy)));
        return Stream.concat(selecting, requested.stream()).toList();
    }
}
