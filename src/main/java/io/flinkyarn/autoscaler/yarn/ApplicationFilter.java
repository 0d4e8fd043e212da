package io.flinkyarn.autoscaler.yarn;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.flinkyarn.autoscaler.core.policy.NamePattern;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
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
 * @param anyTag tags of which it must carry one; lower case
 * @param allTags tags of which it must carry each; lower case
 * @param noTag tags of which it must not carry any; lower case
 * @param queues in or below one of which it must run; without {@code root.} in front
 * @param users of whom it must belong to one
 * @param names of which its name must fit one
 * @param included ids of which it must have one
 * @param excluded ids of which it must not have any
 */
public record ApplicationFilter(
        Set<String> types,
        Set<String> anyTag,
        Set<String> allTags,
        Set<String> noTag,
        Set<String> queues,
        Set<String> users,
        List<NamePattern> names,
        Set<String> included,
        Set<String> excluded) {

    private static final String ROOT = "root.";

    public ApplicationFilter {
        types = lowerCase(types);
        anyTag = lowerCase(anyTag);
        allTags = lowerCase(allTags);
        noTag = lowerCase(noTag);
        queues = queues.stream().map(ApplicationFilter::withoutRoot).collect(toUnmodifiableSet());
        users = Set.copyOf(users);
        names = List.copyOf(names);
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
        if (types.isEmpty()) {
            throw new IllegalArgumentException(
                    "no YARN application type to list: expected one, for instance Apache Flink");
        }
    }

    /** Only types, and of those any application that carries one of the tags; no tag: any at all. */
    static ApplicationFilter of(Set<String> types, Set<String> anyTag) {
        Set<String> none = Set.of();
        return new ApplicationFilter(types, anyTag, none, none, none, none, List.of(), none, none);
    }

    /** Tags of which the ResourceManager may be asked for applications that carry at least one. Never narrower than the filter. */
    Set<String> tagsToAskFor() {
        return anyTag.isEmpty() ? allTags : anyTag;
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
        Set<String> tags = lowerCase(application.tags());
        if (!types.contains(lowerCase(application.type()))) {
            return objection("its type '" + application.type() + "' is none of", types);
        }
        if (!anyTag.isEmpty() && Collections.disjoint(anyTag, tags)) {
            return objection("it carries none of the tags", anyTag);
        }
        if (!tags.containsAll(allTags)) {
            return objection("it does not carry all of the tags", allTags);
        }
        if (!Collections.disjoint(noTag, tags)) {
            return objection("it carries one of the tags", noTag);
        }
        if (!queues.isEmpty() && queues.stream().noneMatch(queue -> isInOrBelow(application.queue(), queue))) {
            return objection("its queue " + application.queue() + " is not in or below one of", queues);
        }
        if (!users.isEmpty() && !users.contains(application.user())) {
            return objection("its user " + application.user() + " is none of", users);
        }
        if (!names.isEmpty() && names.stream().noneMatch(name -> name.matches(application.name()))) {
            return objection(
                    "its name fits none of",
                    names.stream().map(NamePattern::text).toList());
        }
        if (!included.isEmpty() && !included.contains(application.id())) {
            return Optional.of("its id is not among those that are included");
        }
        return excluded.contains(application.id()) ? Optional.of("its id is excluded") : Optional.empty();
    }

    private static Optional<String> objection(String what, Collection<String> wanted) {
        return Optional.of(what + " " + wanted.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static boolean isInOrBelow(String reported, String queue) {
        String path = withoutRoot(reported);
        return path.equals(queue) || path.startsWith(queue + ".") || queue.equals("root");
    }

    private static String withoutRoot(String queue) {
        return queue.startsWith(ROOT) ? queue.substring(ROOT.length()) : queue;
    }

    private static Set<String> lowerCase(Set<String> words) {
        return words.stream().map(ApplicationFilter::lowerCase).collect(toUnmodifiableSet());
    }

    private static String lowerCase(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
