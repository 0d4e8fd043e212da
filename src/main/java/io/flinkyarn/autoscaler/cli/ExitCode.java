package io.flinkyarn.autoscaler.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the exit code of a command says. The one place where they stand; {@code bin/autoscaler.sh} has the same, and adds {@link #NOT_RUNNING}. */
enum ExitCode {
    DONE(0, "done; the daemon was stopped, or runs (status)"),
    FAILED(1, "something outside failed, for instance the database or a cluster; the same command may work later"),
    MISUSED(2, "the configuration or the command line is wrong: trying again does not mend it"),
    NOT_RUNNING(3, "there is no daemon (status)");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    String meaning() {
        return meaning;
    }

    /** As the help shows them. */
    static Map<String, String> list() {
        Map<String, String> list = new LinkedHashMap<>();
        Arrays.stream(values()).forEach(exit -> list.put(String.valueOf(exit.code), exit.meaning));
        return list;
    }
}
