package io.flinkyarn.autoscaler.core.plugin;

import java.util.Map;
import java.util.function.Function;

/**
 * A plugin as the configuration of a job names it. Made by the policy reader; asked by the step.
 *
 * @param parameters for this job
 */
public record Plugged<T>(String name, T plugin, Map<String, String> parameters) {

    public Plugged {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Asks the plugin, and trusts it with nothing.
     *
     * @throws PluginFailure if it throws, or returns null
     */
    public <A> A ask(Function<T, A> question) {
        A answer;
        try {
            answer = question.apply(plugin);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new PluginFailure(name, "failed: " + e);
        }
        // what others have written may return null, whatever is declared
        if (answer == null) {
            throw failure("answered null");
        }
        return answer;
    }

    /** @param why goes on after the name of the plugin */
    public PluginFailure failure(String why) {
        return new PluginFailure(name, why);
    }
}
