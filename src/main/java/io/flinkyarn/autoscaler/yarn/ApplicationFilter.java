package io.flinkyarn.autoscaler.yarn;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * Which applications are of interest. Sent to the ResourceManager, so that it answers with few; and held against its answer, as an
 * old or odd one may ignore a part of the question.
 *
 * @param types of which the application must have one; lower case
 * @param tags of which the application must carry one, none: it needs no tag; lower case
 */
record ApplicationFilter(Set<String> types, Set<String> tags) {

    ApplicationFilter {
        types = lowerCase(types);
        tags = lowerCase(tags);
    }

    boolean matches(RunningApplication application) {
        return types.contains(lowerCase(application.type()))
                && (tags.isEmpty() || !Collections.disjoint(tags, lowerCase(application.tags())));
    }

    private static Set<String> lowerCase(Set<String> words) {
        return words.stream().map(ApplicationFilter::lowerCase).collect(toUnmodifiableSet());
    }

    private static String lowerCase(String word) {
        return word.strip().toLowerCase(Locale.ROOT);
    }
}
