package io.flinkyarn.autoscaler.yarn;

import java.util.Optional;

/** What lies under an exception of Hadoop, which wraps several times and repeats the inner messages and stack traces in the outer ones. */
final class Causes {

    private static final int LONGEST_SENTENCE = 200;

    private Causes() {}

    static Throwable deepest(Throwable thrown) {
        Throwable deepest = thrown;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }

    /** The first line of the deepest message, with the kind of exception; for people. */
    static String sentence(Throwable thrown) {
        Throwable deepest = deepest(thrown);
        String kind = deepest.getClass().getSimpleName();
        String message = deepest.getMessage();
        if (message == null || message.isBlank()) {
            return kind;
        }
        String line = message.strip().lines().findFirst().orElse("");
        return (line.length() > LONGEST_SENTENCE ? line.substring(0, LONGEST_SENTENCE) + "…" : line) + " (" + kind
                + ")";
    }
}
