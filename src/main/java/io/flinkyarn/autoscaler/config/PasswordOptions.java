package io.flinkyarn.autoscaler.config;

import static io.flinkyarn.autoscaler.config.OptionType.TEXT;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The places where a password of a cluster may be: an environment variable, a file, an alias in a credential provider. Never the options themselves. */
record PasswordOptions(Option<String> variable, Option<String> file, Option<String> alias) {

    /** @param of what, for the reference */
    static PasswordOptions of(String prefix, String of) {
        return new PasswordOptions(
                Option.of(prefix + "password-env-variable", TEXT)
                        .means("The name of the environment variable that holds the password of " + of
                                + ". It wins over a file and an alias."),
                Option.of(prefix + "password-file", TEXT)
                        .means("A file that holds the password of " + of
                                + " and nothing else; refused where every user may read it."),
                Option.of(prefix + "password-credential-alias", TEXT)
                        .means("The alias of the password of " + of + " in a credential provider of Hadoop."));
    }

    List<Option<?>> all() {
        return List.of(variable, file, alias);
    }

    Password read(OptionReader options, Option<String> provider, Optional<Path> hadoopConfDir) {
        return new Password(
                options.find(variable),
                options.find(file).map(Path::of),
                options.find(alias),
                options.find(provider),
                hadoopConfDir);
    }
}
