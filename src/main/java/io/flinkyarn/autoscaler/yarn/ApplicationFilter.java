package io.flinkyarn.autoscaler.yarn;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flinkyarn.autoscaler.core.policy.ApplicationSelection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which applications are of interest: those that satisfy all of its parts, of which an empty one asks for nothing. Sent to the ResourceManager as
 * far as it understands, so that it answers with few; and held against its answer whole, as an old or odd one may ignore a part of the
 * question.
 *
 * @param types of which the application must have one; lower case
 * @param included ids of which it must have one
 * @param excluded ids of which it must not have any
 */
public record ApplicationFilter(
        Set<String> types, ApplicationSelection selection, Set<String> included, Set<String> excluded) {

    public ApplicationFilter {
        types = types.stream().map(ApplicationFilter::lowerCase).collect(toUnmodifiableSet());
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
        if (types.isEmpty()) {
            throw new IllegalArgumentException(
                    "no YARN application type to list: expected one, for instance Apache Flink");
        }
    }

    /** Only types, and of those any application that carries one of the tags; no tag: any at all. */
    static ApplicationFilter of(Set<String> types, Set<String> anyTag) {
        return new ApplicationFilter(types, ApplicationSelection.ofTags(anyTag), Set.of(), Set.of());
    }

    /** Tags of which the ResourceManager may be asked for applications that carry at least one. Never narrower than the filter. */
    Set<String> tagsToAskFor() {
        return selection.anyTag().isEmpty() ? selection.allTags() : selection.anyTag();
    }

    /** Users whose applications the ResourceManager may be asked for; empty: of all. */
    Set<String> usersToAskFor() {
        return selection.users();
    }

    /** The same without all that only some applications of these types satisfy. */
    ApplicationFilter ofTypesAlone() {
        return of(types, Set.of());
    }

    boolean matches(RunningApplication application) {
        return objection(application).isEmpty();
    }

    /** The first part of the filter that the application does not satisfy, for people; empty if it is of interest. */
    Optional<String> objection(RunningApplication application) {
        if (!types.contains(lowerCase(application.type()))) {
            return Optional.of("its type '" + application.type() + "' is none of "
                    + types.stream().sorted().collect(Collectors.joining(", ")));
        }
        return selection
                .objection(application.name(), application.queue(), application.user(), application.tags())
                .or(() -> objectionToId(application.id()));
    }

    private Optional<String> objectionToId(String id) {
        if (!included.isEmpty() && !included.contains(id)) {
            return Optional.of("its id is not among those that are included");
        }
        return excluded.contains(id) ? Optional.of("its id is excluded") : Optional.empty();
    }

    private static String lowerCase(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
