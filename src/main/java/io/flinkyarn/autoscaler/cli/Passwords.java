package io.flinkyarn.autoscaler.cli;

import io.flinkyarn.autoscaler.config.ProcessConfiguration.Password;
import io.flinkyarn.autoscaler.yarn.HadoopConfDirException;
import io.flinkyarn.autoscaler.yarn.HadoopCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a password where the options say that it is. A place that is named and cannot be read is refused: another one is not
 * tried then.
 */
final class Passwords {

    private Passwords() {}

    static Optional<String> find(Password password, Map<String, String> environment) throws Refusal {
        Optional<String> inEnvironment = password.variable().map(environment::get);
        if (inEnvironment.isPresent()) {
            return inEnvironment;
        }
        if (password.file().isPresent()) {
            return Optional.of(inFile("the password file", password.file().get()));
        }
        return password.alias().isPresent()
                ? Optional.of(ofAlias(password, password.alias().get()))
                : Optional.empty();
    }

    /** @param what the file is called in a refusal */
    static String inFile(String what, Path file) throws Refusal {
        List<String> lines = linesInFile(what, file);
        if (lines.size() != 1 || lines.get(0).isBlank()) {
            throw refusal(what, file, "expected one line, and nothing else");
        }
        return lines.get(0).stripTrailing();
    }

    /** @param what the file is called in a refusal */
    static List<String> linesInFile(String what, Path file) throws Refusal {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
                throw refusal(
                        what,
                        file,
                        "every user of this host may read it: run 'chmod o-rwx " + file
                                + "', and change what it holds");
            }
            return Files.readString(file).stripTrailing().lines().toList();
        } catch (IOException e) {
            throw refusal(what, file, "it cannot be read (" + e + "): expected a file that this user may read");
        }
    }

    static Refusal refusal(String what, Path file, String cause) {
        return new Refusal(Refusal.MISUSED, what + " " + file + " is refused: " + cause);
    }

    private static String ofAlias(Password password, String alias) throws Refusal {
        try {
            return HadoopCredentials.password(alias, password.providers(), password.hadoopConfDir());
        } catch (HadoopConfDirException e) {
            throw new Refusal(Refusal.MISUSED, String.valueOf(e.getMessage()));
        }
    }
}
