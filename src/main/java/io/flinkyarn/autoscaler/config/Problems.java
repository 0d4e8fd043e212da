package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;

/** The sentences in which a problem is told: key, value, where it was written, what was expected. */
final class Problems {

    private Problems() {}

    static Problem of(Setting setting, String expected) {
        return new Problem(
                setting.key(),
                "%s = '%s' (%s): %s"
                        .formatted(setting.key(), Secrets.mask(oneLine(setting.text())), setting.origin(), expected));
    }

    /** @param nearest the known key that looks most like it */
    static Problem unknown(Setting setting, String nearest) {
        return new Problem(
                setting.key(),
                "%s (%s): there is no such option. The nearest is %s"
                        .formatted(setting.key(), setting.origin(), nearest));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
