package io.flinkyarn.autoscaler.config;

import io.flinkyarn.autoscaler.core.plugin.AlignmentMethod;
import io.flinkyarn.autoscaler.core.plugin.Plugged;
import io.flinkyarn.autoscaler.core.plugin.PluginFailure;
import io.flinkyarn.autoscaler.core.plugin.ScalingExecutor;
import io.flinkyarn.autoscaler.core.plugin.VertexEvaluator;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Finds the plugins that the options of a job name: {@code <prefix>NAME.class} is a class that a jar on the class path declares as a service,
 * what else is below {@code <prefix>NAME.} are its parameters. A configuration can name no other class. For one reading.
 */
final class PluginReader {

    private static final String CLASS = "class";

    private final OptionReader options;

    PluginReader(OptionReader options) {
        this.options = options;
    }

    /** As they are named. */
    List<Plugged<VertexEvaluator>> evaluators() {
        return named(VertexEvaluator.class, JobOptions.CUSTOM_EVALUATORS, JobOptions.CUSTOM_EVALUATOR_PREFIX);
    }

    /** @param name that is none of a built-in mode */
    Optional<Plugged<AlignmentMethod>> alignment(String name) {
        String prefix = JobOptions.ALIGNMENT_MODE.key() + "." + name + ".";
        if (!options.under(prefix).containsKey(CLASS)) {
            options.refuse(
                    JobOptions.ALIGNMENT_MODE,
                    "expected BALANCED, EVENLY_SPREAD, OFF, or the name of a plugin whose class is in " + prefix
                            + CLASS);
            return Optional.empty();
        }
        return find(AlignmentMethod.class, JobOptions.ALIGNMENT_MODE, name, prefix);
    }

    /** In ascending order of priority; among equals as they are named. */
    List<Plugged<ScalingExecutor>> executors() {
        try {
            return named(ScalingExecutor.class, JobOptions.CUSTOM_EXECUTORS, JobOptions.CUSTOM_EXECUTOR_PREFIX).stream()
                    .sorted(Comparator.comparingInt(executor -> executor.ask(ScalingExecutor::priority)))
                    .toList();
        } catch (PluginFailure e) {
            options.refuse(JobOptions.CUSTOM_EXECUTORS, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private <T> List<Plugged<T>> named(Class<T> service, Option<List<String>> option, String prefix) {
        return options.find(option).orElse(List.of()).stream()
                .flatMap(name -> find(service, option, name, prefix + name + ".").stream())
                .toList();
    }

    private <T> Optional<Plugged<T>> find(Class<T> service, Option<?> option, String name, String prefix) {
        Map<String, String> parameters = new TreeMap<>();
        options.under(prefix)
                .forEach((key, setting) -> parameters.put(key, setting.text().strip()));
        String wanted = parameters.remove(CLASS);
        if (wanted == null) {
            options.refuse(option, "expected the class of plugin '" + name + "' in " + prefix + CLASS);
            return Optional.empty();
        }
        try {
            Optional<T> plugin = ServiceLoader.load(service, PluginReader.class.getClassLoader()).stream()
                    .filter(provider -> provider.type().getName().equals(wanted))
                    .findFirst()
                    .map(ServiceLoader.Provider::get);
            if (plugin.isEmpty()) {
                options.refuse(
                        option,
                        "class " + wanted + " of plugin '" + name
                                + "' is in no jar of lib/ that declares it in META-INF/services/" + service.getName());
            }
            return plugin.map(found -> new Plugged<>(name, found, parameters));
        } catch (ServiceConfigurationError e) {
            options.refuse(option, "plugin '" + name + "' cannot be loaded: " + e.getMessage());
            return Optional.empty();
        }
    }
}
