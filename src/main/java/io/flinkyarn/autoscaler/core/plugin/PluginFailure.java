package io.flinkyarn.autoscaler.core.plugin;

/** A plugin threw, or answered what is no answer. The job is held, and it is said which plugin it was. */
public final class PluginFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String plugin;

    PluginFailure(String plugin, String why) {
        super("plugin '" + plugin + "' " + why);
        this.plugin = plugin;
    }

    /** Its name in the configuration. */
    public String plugin() {
        return plugin;
    }
}
