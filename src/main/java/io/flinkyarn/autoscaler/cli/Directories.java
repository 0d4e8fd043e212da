package io.flinkyarn.autoscaler.cli;

import java.nio.file.Path;

/**
 * Where the files of this installation are. {@code bin/autoscaler.sh} passes the directories on as system properties; without it they lie in
 * the working directory.
 *
 * @param conf holds {@code autoscaler.yaml}
 * @param pid holds the status file, beside the pid file of the script
 */
record Directories(Path conf, Path pid) {

    static Directories ofThisProcess() {
        return new Directories(directory("conf", "conf"), directory("pid", "run"));
    }

    Path configurationFile() {
        return conf.resolve("autoscaler.yaml");
    }

    Path statusFile() {
        return pid.resolve("autoscaler.status");
    }

    /** Written by the script when it starts this process, which keeps its id. */
    Path pidFile() {
        return pid.resolve("autoscaler.pid");
    }

    private static Path directory(String name, String fallback) {
        return Path.of(System.getProperty("autoscaler." + name + ".dir", fallback));
    }
}
