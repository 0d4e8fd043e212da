package io.flinkyarn.autoscaler.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the commands of a page about administration on this machine without changing it: paths below {@code /etc}, {@code /opt}, {@code /run} and {@code /var} lead
 * into a folder of the test, the account gets a name that nobody has, and {@code systemctl} only notes how it was called. Run as root, the account is
 * really made and used; run by another user, that user takes its place. For one thread.
 */
final class FreshAccount implements AutoCloseable {

    /** Does what is asked for as the user that is there. */
    private static final Map<String, String> STAND_INS = Map.of(
            "useradd", "exit 0",
            "userdel", "exit 0",
            "chown", "exit 0",
            "runuser", "shift 3; exec \"$@\"");

    private static final Pattern SYSTEM_PATH = Pattern.compile("(?<![\\w./-])/(etc|opt|run|var)\\b");
    private static final long DEADLINE_SECONDS = 120;

    private final Path folder;
    private final Path root;
    private final Path bin;
    private final Path calls;
    private final String account;
    private final String name;

    /**
     * @param account as the page calls it
     * @param folder every user must be able to enter it
     */
    FreshAccount(String account, Path folder) throws IOException {
        this.folder = folder;
        this.account = account;
        this.name = "fa" + ProcessHandle.current().pid();
        this.root = Files.createDirectories(folder.resolve("root"));
        this.bin = Files.createDirectories(folder.resolve("bin"));
        this.calls = folder.resolve("systemctl.calls");
        for (String directory : List.of("etc/systemd/system", "opt", "run", "var/lib", "var/log")) {
            Files.createDirectories(root.resolve(directory));
        }
        program("systemctl", "echo \"$*\" >> " + calls);
        if (!isRoot()) {
            for (Map.Entry<String, String> standIn : STAND_INS.entrySet()) {
                program(standIn.getKey(), standIn.getValue());
            }
        }
    }

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Where a path of the page leads. */
    Path path(String ofThePage) {
        return Path.of(here(ofThePage));
    }

    /** How {@code systemctl} was called so far. */
    List<String> systemctl() throws IOException {
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /**
     * Runs some lines, and stops at the first that fails.
     *
     * @return what they printed
     * @throws IOException with it, if one failed
     */
    String run(String lines) throws IOException {
        Path output = Files.createTempFile(folder, "out", null);
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", here(lines))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = bash.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("AUTOSCALER_") || variable.startsWith("HADOOP_"));
        environment.put("PATH", bin + ":" + environment.get("PATH") + ":/usr/sbin:/sbin");
        Process process = bash.start();
        String how = end(process);
        String printed = Files.readString(output, UTF_8);
        if (!how.isEmpty()) {
            throw new IOException(how + " of\n" + here(lines) + "\nwhich printed:\n" + printed);
        }
        return printed;
    }

    /** How it ended, if not well. */
    private static String end(Process process) throws IOException {
        try {
            if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "no end within " + DEADLINE_SECONDS + " s";
            }
            return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String here(String text) {
        return SYSTEM_PATH
                .matcher(text)
                .replaceAll(root + "/$1")
                .replaceAll("(?<![\\w-])" + Pattern.quote(account) + "(?![\\w-]|\\.)", name);
    }

    private void program(String command, String what) throws IOException {
        Path file = Files.writeString(bin.resolve(command), "#!/bin/bash\n" + what + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Removes the account, if the page has not come to that. */
    @Override
    public void close() throws IOException {
        if (isRoot()) {
            run("! id " + account + " > /dev/null 2>&1 || userdel " + account);
        }
    }
}
