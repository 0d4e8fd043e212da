package io.flinkyarn.autoscaler.core.policy;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A choice among YARN applications: those that satisfy all of its parts, of which an empty one asks for nothing. The filter of a cluster and the
 * named policies choose by it.
 *
 * @param anyTag tags of which an application must carry one; lower case
 * @param allTags tags of which it must carry each; lower case
 * @param noTag tags of which it must not carry any; lower case
 * @param queues in or below one of which it must run; without {@code root.} in front
 * @param users of whom it must belong to one
 * @param names of which its name must fit one
 */
public record ApplicationSelection(
        Set<String> anyTag,
        Set<String> allTags,
        Set<String> noTag,
        Set<String> queues,
        Set<String> users,
        List<NamePattern> names) {

    /** Every application. */
    public static final ApplicationSelection ALL =
            new ApplicationSelection(Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), List.of());

    private static final String ROOT = "root.";

    public ApplicationSelection {
        anyTag = lowerCase(anyTag);
        allTags = lowerCase(allTags);
        noTag = lowerCase(noTag);
        queues = queues.stream().map(ApplicationSelection::withoutRoot).collect(toUnmodifiableSet());
        users = Set.copyOf(users);
        names = List.copyOf(names);
    }

    /** Applications that carry any of these tags; all of them where there is none. */
    public static ApplicationSelection ofTags(Set<String> anyTag) {
        return new ApplicationSelection(anyTag, Set.of(), Set.of(), Set.of(), Set.of(), List.of());
    }

    /** @param carried tags of the application, in any case */
    public boolean matches(String name, String queue, String user, Set<String> carried) {
        return objection(name, queue, user, carried).isEmpty();
    }

    /** The first part that an application does not satisfy, for people; empty if it is chosen. */
    public Optional<String> objection(String name, String queue, String user, Set<String> carried) {
        Set<String> tags = lowerCase(carried);
        if (!anyTag.isEmpty() && Collections.disjoint(anyTag, tags)) {
            return objection("it carries none of the tags", anyTag);
        }
        if (!tags.containsAll(allTags)) {
            return objection("it does not carry all of the tags", allTags);
        }
        if (!Collections.disjoint(noTag, tags)) {
            return objection("it carries one of the tags", noTag);
        }
        if (!queues.isEmpty() && queues.stream().noneMatch(wanted -> isInOrBelow(queue, wanted))) {
            return objection("its queue " + queue + " is not in or below one of", queues);
        }
        if (!users.isEmpty() && !users.contains(user)) {
            return objection("its user " + user + " is none of", users);
        }
        if (!names.isEmpty() && names.stream().noneMatch(pattern -> pattern.matches(name))) {
            return objection(
                    "its name fits none of",
                    names.stream().map(NamePattern::text).toList());
        }
        return Optional.empty();
    }

    private static Optional<String> objection(String what, Collection<String> wanted) {
        return Optional.of(what + " " + wanted.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static boolean isInOrBelow(String queue, String wanted) {
        String path = withoutRoot(queue);
        return path.equals(wanted) || path.startsWith(wanted + ".") || wanted.equals("root");
    }

    private static String withoutRoot(String queue) {
        return queue.startsWith(ROOT) ? queue.substring(ROOT.length()) : queue;
    }

    private static Set<String> lowerCase(Set<String> words) {
        return words.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).collect(toUnmodifiableSet());
    }
}
