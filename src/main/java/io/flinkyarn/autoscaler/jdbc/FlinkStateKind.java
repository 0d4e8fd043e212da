package io.flinkyarn.autoscaler.jdbc;

import java.util.Arrays;

/** What a state of Flink's own autoscaler holds. */
enum FlinkStateKind {
    SCALING_HISTORY("it is taken over"),
    COLLECTED_METRICS("they are the window for its next decision, and ours fills by itself"),
    PARALLELISM_OVERRIDES("they are what it wants now, and Flink itself tells what a job runs at"),
    SCALING_TRACKING("its form has changed and is documented nowhere; restart times are measured anew"),
    CONFIG_CHANGES("our options come from the configuration of Flink and of this program"),
    DELAYED_SCALE_DOWN("it is a wait for the next scale-down, and ours starts by itself"),
    UNKNOWN("this program does not know what it holds");

    private final String whyNotTaken;

    FlinkStateKind(String whyNotTaken) {
        this.whyNotTaken = whyNotTaken;
    }

    /** For people; lower case, without a full stop. */
    String whyNotTaken() {
        return whyNotTaken;
    }

    /** @param stateType in any notation: {@code scalingHistory}, {@code SCALING_HISTORY} */
    static FlinkStateKind of(String stateType) {
        String letters = letters(stateType);
        return Arrays.stream(values())
                .filter(kind -> letters(kind.name()).equalsIgnoreCase(letters))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static String letters(String text) {
        return text.replaceAll("[^A-Za-z]", "");
    }
}
