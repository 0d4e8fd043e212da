package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ConfigurationReading.EffectiveOption;
import io.flinkyarn.autoscaler.config.ConfigurationReading.Valid;
import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.config.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes secrets out of text that leaves this host: those that this process knows, wherever they stand, and what looks like one in an address.
 *
 * @param known each of them; short ones, which would also be parts of other words, are not replaced
 */
record Redaction(Set<String> known) {

    private static final int SHORTEST = 4;

    /** Names of variables and options with a secret, or with the file that it is in. */
    private static final Pattern NAME =
            Pattern.compile("(?i).*(password|passwd|pwd|secret|token|credential|api[-_]?key).*");

    /** Where a shell has been. */
    private static final Set<String> NO_SECRETS = Set.of("PWD", "OLDPWD");

    /** How variables begin that set an option: they say where a secret is, and hold none. */
    private static final String OPTIONS = "AUTOSCALER_STANDALONE_";

    Redaction {
        known = known.stream().filter(secret -> secret.length() >= SHORTEST).collect(Collectors.toUnmodifiableSet());
    }

    /** Knows all that the configuration points at. */
    static Redaction of(Optional<Valid> configuration, Map<String, String> environment) {
        Set<String> known = new HashSet<>();
        environment.forEach((name, value) -> {
            if (NAME.matcher(name).matches() && !NO_SECRETS.contains(name) && !name.startsWith(OPTIONS)) {
                known.add(value);
            }
        });
        configuration.ifPresent(valid -> {
            find(valid.process().jdbc().password(), environment).ifPresent(known::add);
            valid.process().clusters().forEach(cluster -> {
                cluster.access()
                        .truststore()
                        .flatMap(s -> find(s.password(), environment))
                        .ifPresent(known::add);
                cluster.access()
                        .keystore()
                        .flatMap(s -> find(s.password(), environment))
                        .ifPresent(known::add);
            });
            valid.process().receivers().forEach(receiver -> {
                find(receiver.url(), environment).ifPresent(known::add);
                find(receiver.secret(), environment).ifPresent(known::add);
                receiver.mail()
                        .flatMap(mail -> find(mail.password(), environment))
                        .ifPresent(known::add);
            });
            valid.effective().forEach(option -> {
                known.addAll(inFile(option));
                if (option.key().endsWith("env-variable")) {
                    Optional.ofNullable(environment.get(option.value())).ifPresent(known::add);
                }
            });
        });
        return new Redaction(known);
    }

    /** One that cannot be found cannot have been printed either. */
    private static Optional<String> find(Password password, Map<String, String> environment) {
        try {
            return Passwords.find(password, environment);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static List<String> inFile(EffectiveOption option) {
        if (!NAME.matcher(option.key()).matches()
                || !option.key().endsWith("file")
                || option.value().isEmpty()) {
            return List.of();
        }
        try {
            return Files.readString(Path.of(option.value()))
                    .lines()
                    .map(String::strip)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    String of(String text) {
        String redacted = text;
        for (String secret : known) {
            redacted = redacted.replace(secret, "***");
        }
        return redacted.lines().map(Secrets::mask).collect(Collectors.joining("\n", "", "\n"));
    }
}
