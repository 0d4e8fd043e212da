package io.flinkyarn.autoscaler.config;

import java.util.List;

/** What may be done with a job, in one word: short for two options. Written in named policies and in YARN tags. */
enum Mode {
    OFF(false, false),
    OBSERVE(true, false),
    SCALE(true, true);

    private final boolean enabled;
    private final boolean scaling;

    Mode(boolean enabled, boolean scaling) {
        this.enabled = enabled;
        this.scaling = scaling;
    }

    /** The options that it is short for. */
    static final List<Option<Boolean>> OPTIONS = List.of(JobOptions.ENABLED, JobOptions.SCALING_ENABLED);

    /** What it says, as if it were written so. Off leaves open what would be done otherwise. */
    List<Setting> settings(Origin origin) {
        Setting enable = new Setting(JobOptions.ENABLED.key(), String.valueOf(enabled), origin);
        return enabled
                ? List.of(enable, new Setting(JobOptions.SCALING_ENABLED.key(), String.valueOf(scaling), origin))
                : List.of(enable);
    }
}
