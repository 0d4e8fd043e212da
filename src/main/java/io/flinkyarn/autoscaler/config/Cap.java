package io.flinkyarn.autoscaler.config;

import java.util.Optional;

/**
 * The highest value that an administrator allows for an option of a job. Part of a {@link NamedPolicy}.
 *
 * @param option of a job
 */
record Cap<T extends Comparable<T>>(Option<T> option, T most, Origin.Cap origin) {

    /** What is to be written above all other layers so that the option keeps to the cap; empty where it does already. */
    Optional<Setting> over(Settings settings) {
        Optional<Setting> written = settings.find(option);
        if (written.isEmpty()) {
            boolean kept = option.fallback().filter(this::keeps).isPresent();
            return kept ? Optional.empty() : Optional.of(setting());
        }
        try {
            return keeps(option.parse(written.get().text())) ? Optional.empty() : Optional.of(setting());
        } catch (IllegalArgumentException e) {
            // Left as it is, so that whoever reads it says what is wrong.
            return Optional.empty();
        }
    }

    private boolean keeps(T value) {
        return value.compareTo(most) <= 0;
    }

    private Setting setting() {
        return new Setting(option.key(), option.type().print(most), origin);
    }
}
