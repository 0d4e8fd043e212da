package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.policy.PolicyReading.Problem;
import io.flinkyarn.autoscaler.core.policy.SetOption;
import java.util.List;
import java.util.Optional;

/**
 * All that was written about one job, and what of it holds. Made by the {@link PolicyReader}.
 *
 * @param written by all layers
 * @param effective the same below the caps that it exceeds
 */
record JobSettings(Settings written, Settings effective) {

    /** Of several caps on one option the lowest holds; among equals that of the first policy. */
    static JobSettings of(Settings written, List<NamedPolicy> holding) {
        Settings effective = written;
        for (NamedPolicy policy : holding) {
            for (Cap<?> cap : policy.caps()) {
                Optional<Setting> exceeded = cap.over(effective);
                if (exceeded.isPresent()) {
                    effective = effective.below(Layer.of(List.of(exceeded.get())));
                }
            }
        }
        return new JobSettings(written, effective);
    }

    /** What somebody has set, in the order of the reference. Only for values that can be read. */
    List<SetOption> set() {
        return JobOptions.CATALOGUE.options().stream()
                .flatMap(option -> effective.find(option).map(setting -> set(option, setting)).stream())
                .toList();
    }

    private static <T> SetOption set(Option<T> option, Setting setting) {
        String value = option.type().print(option.parse(setting.text()));
        return new SetOption(
                option.key(),
                Secrets.mask(value),
                setting.origin().by(),
                setting.origin().toString());
    }

    /** What the owner of the job has set, and a cap cuts. */
    List<Problem> overruled() {
        return JobOptions.CATALOGUE.options().stream()
                .flatMap(option -> overruled(option).stream())
                .toList();
    }

    private Optional<Problem> overruled(Option<?> option) {
        Optional<Setting> cap = effective.find(option).filter(setting -> setting.origin() instanceof Origin.Cap);
        return written.find(option)
                .filter(setting ->
                        setting.origin() instanceof Origin.FlinkJob || setting.origin() instanceof Origin.Tag)
                .flatMap(setting -> cap.map(
                        most -> Problems.of(setting, "it is overruled by " + most.text() + ", the " + most.origin())));
    }
}
